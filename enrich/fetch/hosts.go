package fetch

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// sweepSize is how many hosts are remembered before idle ones are dropped.
const sweepSize = 1024

// hosts keeps the politeness towards each host: how many exchanges are open
// and when the next may start. A host nobody uses and whose interval has
// passed carries no knowledge and is dropped, so memory follows the traffic,
// not the number of hosts ever seen.
type hosts struct {
	per PerHost

	mu      sync.Mutex
	byName  map[string]*host
	sweepAt int
}

type host struct {
	slots chan struct{} // one element for each open exchange
	pace  *rate.Limiter
	users int       // open and waiting exchanges
	left  time.Time // when the last one left
}

func newHosts(per PerHost) *hosts {
	return &hosts{per: per, byName: map[string]*host{}, sweepAt: sweepSize}
}

// enter waits until an exchange with the host may start. leave must be called
// once when it is over. The error is ctx's.
func (h *hosts) enter(ctx context.Context, name string) (leave func(), err error) {
	one := h.join(name)
	select {
	case one.slots <- struct{}{}:
	case <-ctx.Done():
		h.part(one)
		return nil, context.Cause(ctx)
	}
	leave = func() {
		<-one.slots
		h.part(one)
	}
	turn := one.pace.Reserve()
	if err := sleep(ctx, turn.Delay()); err != nil {
		turn.Cancel()
		leave()
		return nil, err
	}
	return leave, nil
}

func (h *hosts) join(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.byName[name]
	if one == nil {
		h.sweep()
		one = &host{
			slots: make(chan struct{}, max(1, h.per.Concurrency)),
			pace:  rate.NewLimiter(rate.Every(h.per.Interval), 1),
		}
		h.byName[name] = one
	}
	one.users++
	return one
}

func (h *hosts) part(one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.users--
	one.left = time.Now()
}

// sweep drops idle hosts when there are many. The threshold moves with what
// stays, so that the work is spread over as many arrivals.
func (h *hosts) sweep() {
	if len(h.byName) < h.sweepAt {
		return
	}
	for name, one := range h.byName {
		if one.users == 0 && time.Since(one.left) >= h.per.Interval {
			delete(h.byName, name)
		}
	}
	h.sweepAt = max(sweepSize, 2*len(h.byName))
}

// sleep waits for d, or until ctx ends and then gives its cause.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
