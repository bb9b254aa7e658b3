//go:build race

package body_test

// underRace says that the race detector slows everything down.
const underRace = true
