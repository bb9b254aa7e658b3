package openproject

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

// quietly is the query of every write: without it the tracker mails the
// watchers (API.md 8).
func quietly() url.Values { return url.Values{"notify": {"false"}} }

// write sends a body once. Whether it may be sent again is for the caller to
// say, so resty, whose retries know only reads, gets a reader that cannot be
// read twice: its own buffer goes back to a pool while a broken connection may
// still be reading it.
func (c *Client) write(ctx context.Context, in call, body any) ([]byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.op, err)
	}
	req := c.api.R().SetHeader("Content-Type", "application/json").SetBody(bytes.NewReader(text))
	return c.exchange(ctx, in, req)
}

// rewrite is write for a body that may arrive twice without harm. It is sent
// again where a read would be.
func (c *Client) rewrite(ctx context.Context, in call, body any) ([]byte, error) {
	for attempt := 1; ; attempt++ {
		reply, err := c.write(ctx, in, body)
		if attempt > c.api.RetryCount || !isRefusedForNow(err) && !isLost(err) {
			return reply, err
		}
		if err := c.pause(ctx, in, attempt, err); err != nil {
			return nil, err
		}
	}
}

// isRefusedForNow tells that the tracker surely did nothing, and may do it later.
func isRefusedForNow(err error) bool {
	api, ok := errors.AsType[*APIError](err)
	return ok && api.Status == http.StatusTooManyRequests
}

// isLost tells that the request may or may not have arrived: nothing, or half of
// an answer, came back, or a proxy speaks for a tracker it did not hear.
func isLost(err error) bool {
	if transport, ok := errors.AsType[*TransportError](err); ok {
		return isPassing(transport.Err)
	}
	if api, ok := errors.AsType[*APIError](err); ok {
		switch api.Status {
		case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		}
	}
	return false
}

// pause waits before the next attempt as reads do: from Retry.Base on, doubled,
// up to half of it jitter, or as long as the answer asked for; never longer than
// Retry.Max.
func (c *Client) pause(ctx context.Context, in call, attempt int, cause error) error {
	wait := c.api.RetryWaitTime
	for range attempt - 1 {
		wait = min(2*wait, c.api.RetryMaxWaitTime)
	}
	wait -= rand.N(wait/2 + 1)
	if api, ok := errors.AsType[*APIError](cause); ok && api.RetryAfter > 0 {
		wait = max(api.RetryAfter, c.api.RetryWaitTime)
	}
	c.log.LogAttrs(ctx, slog.LevelWarn, "tracker did not answer a change, trying again",
		slog.String("url", c.base.stripped(in.url)), slog.Int64("wp_id", in.wp), slog.Int("attempt", attempt), slog.Any("error", cause))
	select {
	case <-time.After(min(wait, c.api.RetryMaxWaitTime)):
		return nil
	case <-ctx.Done():
		return cancelled(ctx, in.op)
	}
}
