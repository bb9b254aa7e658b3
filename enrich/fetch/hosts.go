package fetch

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// sweepSize is how many hosts are remembered before idle ones are dropped.
const sweepSize = 1024

// hosts keeps the politeness towards each host: how many exchanges are open,
// when the next may start, and until when the host wants to be left alone. A
// host nobody uses and whose times have passed carries no knowledge and is
// dropped, so memory follows the traffic, not the number of hosts ever seen.
type hosts struct {
	per PerHost

	mu      sync.Mutex
	byName  map[string]*host
	sweepAt int
}

type host struct {
	slots  chan struct{} // one element for each open exchange
	pace   *rate.Limiter
	apart  time.Duration // least time between two starts: the options' or the host's own wish
	users  int           // open and waiting exchanges
	left   time.Time     // when the last one left
	closed closure
}

// visit is how one exchange wants to enter a host.
type visit struct {
	delay   time.Duration // what the host's robots.txt wants between two starts
	longest time.Duration // the longest pause that is waited for
	unpaced bool          // it takes no turn; see askRobots
}

func newHosts(per PerHost) *hosts {
	return &hosts{per: per, byName: map[string]*host{}, sweepAt: sweepSize}
}

// enter waits until an exchange with the host may start. leave must be called
// once when it is over. The error is that ctx ended, or that the host is
// closed for longer than the visit would wait.
func (h *hosts) enter(ctx context.Context, name string, v visit) (leave func(), err error) {
	one := h.join(name, v.delay)
	select {
	case one.slots <- struct{}{}:
	case <-ctx.Done():
		h.part(one)
		return nil, &kindError{Canceled, context.Cause(ctx)}
	}
	leave = func() {
		<-one.slots
		h.part(one)
	}
	if err := h.wait(ctx, one, v); err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

// wait takes a turn, and sits out what pauses come meanwhile.
func (h *hosts) wait(ctx context.Context, one *host, v visit) error {
	if !v.unpaced {
		turn := one.pace.Reserve()
		if err := sleep(ctx, turn.Delay()); err != nil {
			turn.Cancel()
			return &kindError{Canceled, err}
		}
	}
	for {
		left, status := h.pauseOf(one)
		switch {
		case left <= 0:
			return nil
		case left > v.longest:
			return &statusError{status: status, retryAfter: left}
		}
		if err := sleep(ctx, left); err != nil {
			return &kindError{Canceled, err}
		}
	}
}

func (h *hosts) join(name string, delay time.Duration) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.named(name)
	if delay > one.apart {
		one.apart = delay
		one.pace.SetLimit(rate.Every(delay))
	}
	one.users++
	return one
}

// named gives the host of that name, a new one if need be. h.mu is held.
func (h *hosts) named(name string) *host {
	one := h.byName[name]
	if one == nil {
		h.sweep()
		one = &host{
			slots: make(chan struct{}, max(1, h.per.Concurrency)),
			pace:  rate.NewLimiter(rate.Every(h.per.Interval), 1),
			apart: h.per.Interval,
		}
		h.byName[name] = one
	}
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
		if one.users == 0 && time.Since(one.left) >= one.apart && time.Until(one.closed.until) <= 0 {
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
