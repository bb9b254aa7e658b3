package fetch

import (
	"net/http"
	"time"
)

// longestPause bounds what a server can ask for. One that says 68 years is
// asked again by the run of the next day.
const longestPause = 24 * time.Hour

// closure is a host's wish to be left alone.
type closure struct {
	until  time.Time
	status int // of the answer that said so
}

// pause keeps everybody from the host for d, its links and assets alike. A
// longer pause that holds already is not shortened.
func (h *hosts) pause(name string, d time.Duration, status int) {
	if d <= 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.named(name)
	if until := time.Now().Add(min(d, longestPause)); until.After(one.closed.until) {
		one.closed = closure{until, status}
	}
}

// pauseOf tells how long the host is still paused, and by which status.
func (h *hosts) pauseOf(one *host) (left time.Duration, status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Until(one.closed.until), one.closed.status
}

// pause gives how long the whole host is to be left alone after this failure:
// what its Retry-After says; for a bare 429 (RFC 6585, 4), which is about our
// requests and not about one page, the wait before the next attempt.
func (e *Error) pause(wait time.Duration) time.Duration {
	switch e.Status {
	case http.StatusTooManyRequests:
		return max(wait, e.RetryAfter)
	case http.StatusServiceUnavailable:
		return e.RetryAfter
	}
	return 0
}
