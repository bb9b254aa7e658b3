package health

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Check is one thing without which the service cannot do its work.
type Check struct {
	// Name is shown to everybody: lower case, with underscores.
	Name string
	// Ask finds out; nil is well. Its error is for the log and for who is signed in.
	Ask func(ctx context.Context) error
	// Limit is how long Ask may take; 0 is DefaultLimit. Keep is how long its answer
	// is good for; 0 is DefaultKeep.
	Limit, Keep time.Duration
}

// Defaults of Check. Probes come every 10 s or so: an answer of 30 s costs the
// tracker two requests a minute, and a fault is known within 40 s.
const (
	DefaultLimit = 5 * time.Second
	DefaultKeep  = 30 * time.Second
)

// checker runs a check for any number of askers.
type checker struct {
	check Check
	tell  func(name string, before, now error) // when it begins or ceases to fail

	mu      sync.Mutex
	asked   time.Time     // when err was found out, zero for never
	err     error         // the last answer
	running chan struct{} // closed when the check that runs has its answer; nil when none runs
}

// answer is that of the last check if it is young enough, else of a new one, or of
// the one that runs. It comes within the limit.
func (c *checker) answer(ctx context.Context) error {
	c.mu.Lock()
	if !c.asked.IsZero() && time.Since(c.asked) < orDefault(c.check.Keep, DefaultKeep) {
		defer c.mu.Unlock()
		return c.err
	}
	if c.running == nil {
		c.running = make(chan struct{})
		go c.run(context.WithoutCancel(ctx), c.running) // for all who ask, whoever goes away
	}
	running := c.running
	c.mu.Unlock()
	timer := time.NewTimer(c.limit())
	defer timer.Stop()
	select {
	case <-running:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.err
	case <-timer.C:
		return c.overdue(running)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// overdue is the answer for a check that does not keep to its limit.
func (c *checker) overdue(running chan struct{}) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running != running { // it ended this very moment
		return c.err
	}
	late := fmt.Errorf("no answer within %s", c.limit())
	if c.err == nil {
		c.tell(c.check.Name, nil, late)
		c.err = late
	}
	return late
}

func (c *checker) run(ctx context.Context, done chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, c.limit())
	defer cancel()
	err := guarded(ctx, c.check.Ask)
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.err
	c.asked, c.err, c.running = time.Now(), err, nil
	close(done)
	if (before == nil) != (err == nil) {
		c.tell(c.check.Name, before, err)
	}
}

func (c *checker) limit() time.Duration { return orDefault(c.check.Limit, DefaultLimit) }

// guarded turns a panic into an error: a probe must not end the service.
func guarded(ctx context.Context, ask func(context.Context) error) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = fmt.Errorf("internal error: %v", thrown)
		}
	}()
	return ask(ctx)
}

func orDefault(d, other time.Duration) time.Duration {
	if d <= 0 {
		return other
	}
	return d
}
