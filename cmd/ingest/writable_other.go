//go:build !unix

package main

// mayWrite has no cheap answer here; the run itself will tell.
func mayWrite(string) bool { return true }
