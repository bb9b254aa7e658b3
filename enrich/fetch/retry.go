package fetch

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// Retry says when to ask an address again after a failure that may pass
// ([Error.Temporary]). The wait begins at Base, at twice that after a 503 and
// at four times after a 429; it doubles with each attempt, and is never shorter
// than the server's Retry-After, which keeps all other requests from that host,
// too. A server that does not answer in time is asked twice at most. The zero
// value is sensible.
type Retry struct {
	// Attempts is how often one address is asked at most, the first time
	// included. 0 is 3; 1 never asks again.
	Attempts int
	// Base is the wait after the first attempt. 0 is 500 ms.
	Base time.Duration
	// Max caps one wait. A server that asks for a longer one is not asked
	// again at all: the error carries its RetryAfter, for the caller to come
	// back then. 0 is 30 s.
	Max time.Duration
}

func (r Retry) filled() Retry {
	r.Attempts = orDefault(r.Attempts, 3)
	r.Base = orDefault(r.Base, 500*time.Millisecond)
	r.Max = orDefault(r.Max, 30*time.Second)
	return r
}

// wait says how long to wait after the given attempt (1 is the first) failed
// with err, and whether to ask again at all. It needs no random part: the
// limits per host already keep requests apart.
func (r Retry) wait(attempt int, err *Error) (time.Duration, bool) {
	attempts, factor := r.forClass(err)
	if attempt >= attempts || !err.Temporary() || err.RetryAfter > r.Max {
		return 0, false
	}
	backoff := min(factor*r.Base, r.Max)
	for range attempt - 1 {
		backoff = min(2*backoff, r.Max)
	}
	return max(backoff, err.RetryAfter), true
}

// forClass sets the patience by the class of the failure. A server that does
// not answer costs a whole time limit each time: twice is enough. One that has
// too many requests gets more time than one that dropped a connection.
func (r Retry) forClass(err *Error) (attempts int, factor time.Duration) {
	switch {
	case err.Kind == Timeout:
		return min(r.Attempts, 2), 1
	case err.Status == http.StatusTooManyRequests:
		return r.Attempts, 4
	case err.Status == http.StatusServiceUnavailable:
		return r.Attempts, 2
	}
	return r.Attempts, 1
}

// retryAfter reads the header of that name (RFC 9110, 10.2.3): seconds or a
// date. What cannot be read, or lies in the past, is 0; a number too large is
// 68 years.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if s, err := strconv.ParseUint(value, 10, 31); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(s) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
