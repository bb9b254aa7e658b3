package access

import (
	"context"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// TestBodiesAreShared: an address that holds its share waits in vain, others are let
// in until there is no room for anybody, and room that is given back is given on.
func TestBodiesAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBodies(3, 2, time.Second)
		enter := func(from string) func() { return b.Enter(t.Context(), netip.MustParseAddr(from)) }
		greedy, second, other := enter("10.0.0.1"), enter("10.0.0.1"), enter("2001:db8::1")
		if greedy == nil || second == nil || other == nil {
			t.Fatal("there was room, and somebody was kept out")
		}
		began := time.Now()
		if enter("10.0.0.1") != nil || enter("10.0.0.2") != nil {
			t.Error("more are read than there is room for")
		}
		if waited := time.Since(began); waited != 2*time.Second {
			t.Errorf("two waited %v, want a second each", waited)
		}
		time.AfterFunc(time.Second/2, other)
		same := enter("2001:db8::2") // of the same /64
		if same == nil {
			t.Error("room that was given back is not given on")
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if b.Enter(gone, netip.MustParseAddr("10.0.0.2")) != nil {
			t.Error("somebody who has gone was let in")
		}
		for _, leave := range []func(){greedy, second, same} {
			leave()
		}
		if len(b.of) != 0 || len(b.seats) != 0 {
			t.Errorf("%d addresses and %d bodies are remembered after all have gone", len(b.of), len(b.seats))
		}
	})
}
