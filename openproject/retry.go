package openproject

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"github.com/go-resty/resty/v2"
)

// Retry says how often and how patiently a read is tried. The zero value means
// four attempts, waiting from half a second, doubled and with jitter, up to
// thirty seconds. Only reads are tried again, and only after 429, 502, 503, 504,
// a timeout or a connection that broke; a Retry-After in the answer sets the wait.
type Retry struct {
	Attempts int           // attempts in all; 1 never retries; 0 means 4
	Base     time.Duration // first wait; 0 means 500 ms
	Max      time.Duration // longest wait, Retry-After included; 0 means 30 s
}

func (c *Client) setRetry(r *resty.Client, o Retry) *resty.Client {
	return r.
		SetRetryCount(orDefault(o.Attempts, 4) - 1).
		SetRetryWaitTime(orDefault(o.Base, 500*time.Millisecond)).
		SetRetryMaxWaitTime(orDefault(o.Max, 30*time.Second)).
		SetRetryAfter(func(_ *resty.Client, resp *resty.Response) (time.Duration, error) {
			return retryAfter(resp.Header(), time.Now()), nil
		}).
		AddRetryCondition(worthRetrying).
		AddRetryHook(c.beforeRetry)
}

// worthRetrying decides by type and status, never by text.
func worthRetrying(resp *resty.Response, err error) bool {
	if resp == nil || resp.Request.Method != http.MethodGet {
		return false
	}
	if err != nil {
		return isPassing(err)
	}
	switch resp.StatusCode() {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// isPassing tells network faults that may be gone in a moment: timeouts and
// connections that broke. A refused connection, an unknown host or a bad
// certificate is a matter of configuration.
func isPassing(err error) bool {
	var redirect *RedirectError
	var timeout net.Error
	switch {
	case errors.As(err, &redirect), errors.Is(err, context.Canceled):
		return false
	case errors.As(err, &timeout) && timeout.Timeout():
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// beforeRetry logs the attempt and frees its connection: downloads are not read
// by resty. It also runs after the last attempt, whose body is still wanted.
func (c *Client) beforeRetry(resp *resty.Response, err error) {
	if resp.Request.Attempt > c.api.RetryCount {
		return
	}
	if resp.RawResponse != nil {
		_ = resp.RawResponse.Body.Close() // nothing of it is used
	}
	attrs := []slog.Attr{
		slog.String("url", c.base.stripped(resp.Request.RawRequest.URL)),
		slog.Int("status", resp.StatusCode()),
		slog.Int("attempt", resp.Request.Attempt),
	}
	if err != nil {
		attrs = append(attrs, slog.Any("error", withoutURL(err)))
	}
	c.log.LogAttrs(resp.Request.Context(), slog.LevelWarn, "tracker did not answer, trying again", attrs...)
}

// retryAfter reads the header in both of its forms, seconds and date (RFC 9110,
// 10.2.3). Anything else is 0: no wish.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := h.Get("Retry-After")
	if seconds, err := strconv.ParseInt(v, 10, 32); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
