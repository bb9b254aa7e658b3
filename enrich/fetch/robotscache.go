package fetch

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"
)

const (
	robotsLife  = 24 * time.Hour  // the longest a robots.txt should be kept (RFC 9309, 2.4)
	troubleLife = 5 * time.Minute // how long a failure to get one is believed
	robotsHosts = 1024            // how many hosts' files are kept
)

// said is what a host says to robots.
type said struct {
	none  bool // it has no robots.txt
	rules rules
}

// robotsCache keeps what each host says, by scheme, host and port, and lets
// requests that want the same file at once share one fetch of it.
type robotsCache struct {
	ask func(context.Context, *url.URL) (said, error)
	now func() time.Time

	mu     sync.Mutex
	byHost map[string]*robotsEntry
}

type robotsEntry struct {
	done    chan struct{} // closed when what follows is set
	said    said
	err     error
	expires time.Time
}

// of gives what the host of u says. The error is a failure that may pass.
func (c *robotsCache) of(ctx context.Context, u *url.URL) (said, error) {
	key := u.Scheme + "://" + hostPort(u)
	for {
		entry, first := c.entry(key)
		if first {
			c.fill(ctx, key, u, entry)
		}
		select {
		case <-entry.done:
		case <-ctx.Done():
			return said{}, &kindError{Canceled, context.Cause(ctx)}
		}
		if !isCanceled(entry.err) || ctx.Err() != nil {
			return entry.said, entry.err
		} // the one who asked was called off, which is no answer for us
	}
}

// entry gives the present entry, or a new one that the caller has to fill.
func (c *robotsCache) entry(key string) (entry *robotsEntry, first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if entry = c.byHost[key]; entry != nil && (entry.expires.IsZero() || c.now().Before(entry.expires)) {
		return entry, false
	}
	c.sweep()
	entry = &robotsEntry{done: make(chan struct{})}
	c.byHost[key] = entry
	return entry, true
}

func (c *robotsCache) fill(ctx context.Context, key string, u *url.URL, entry *robotsEntry) {
	entry.err = &kindError{Canceled, errors.New("robots.txt was not asked for to the end")} // what a panic leaves
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		switch {
		case isCanceled(entry.err):
			delete(c.byHost, key)
		case entry.err != nil:
			entry.expires = c.now().Add(troubleLife)
		default:
			entry.expires = c.now().Add(robotsLife)
		}
		close(entry.done)
	}()
	entry.said, entry.err = c.ask(ctx, u)
}

func isCanceled(err error) bool { return err != nil && kindOf(err) == Canceled }

// sweep makes room: of many entries half go, whichever. What goes is asked for
// again; who waits for an entry that is not filled yet keeps it.
func (c *robotsCache) sweep() {
	if len(c.byHost) < robotsHosts {
		return
	}
	for key, entry := range c.byHost {
		if len(c.byHost) <= robotsHosts/2 {
			return
		}
		if !entry.expires.IsZero() {
			delete(c.byHost, key)
		}
	}
}
