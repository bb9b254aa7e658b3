package openproject

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
)

// call is one request: what it is for, where it goes, and for which work package
// (0: none).
type call struct {
	op     string
	method string // "": GET
	url    *url.URL
	wp     int64
}

func (in call) verb() string {
	if in.method == "" {
		return http.MethodGet
	}
	return in.method
}

// get returns the body of a JSON reply, which is whole and valid. Everything
// else is an error.
func (c *Client) get(ctx context.Context, in call) ([]byte, error) {
	return c.exchange(ctx, in, c.api.R())
}

// exchange sends a prepared request to the API and returns what [Client.get]
// promises.
func (c *Client) exchange(ctx context.Context, in call, req *resty.Request) ([]byte, error) {
	req.SetContext(ctx).SetHeader("Accept", "application/hal+json, application/json")
	resp, err := c.send(ctx, in, req)
	if err != nil {
		return nil, err
	}
	if !resp.IsSuccess() || !isJSON(resp.Header()) {
		return nil, c.apiError(in, resp, resp.Body())
	}
	if err := checkJSON(resp.Body()); err != nil {
		return nil, c.payload(in, err)
	}
	return resp.Body(), nil
}

// send runs the request with its retries and types what went wrong. Any answer,
// whatever its status, is returned.
func (c *Client) send(ctx context.Context, in call, req *resty.Request) (*resty.Response, error) {
	started := time.Now()
	resp, err := req.Execute(in.verb(), in.url.String())
	c.record(ctx, in, resp, time.Since(started))
	if ctx.Err() != nil {
		return nil, cancelled(ctx, in.op)
	}
	switch {
	case errors.Is(err, resty.ErrResponseBodyTooLarge):
		return nil, &PayloadError{Op: in.op, URL: c.base.stripped(in.url), Err: fmt.Errorf("reply is larger than %d bytes", bodyLimit)}
	case err != nil:
		return nil, &TransportError{Op: in.op, Method: in.verb(), URL: c.base.stripped(in.url), Err: withoutURL(err)}
	}
	return resp, nil
}

func (c *Client) record(ctx context.Context, in call, resp *resty.Response, took time.Duration) {
	attrs := []slog.Attr{
		slog.String("op", in.op),
		slog.String("url", c.base.stripped(in.url)),
		slog.Duration("duration", took),
	}
	if resp != nil {
		attrs = append(attrs, slog.Int("status", resp.StatusCode()), slog.Int("attempt", resp.Request.Attempt))
	}
	if in.wp != 0 {
		attrs = append(attrs, slog.Int64("wp_id", in.wp))
	}
	c.log.LogAttrs(ctx, slog.LevelDebug, "tracker asked", attrs...)
}

// cancelled keeps both the context's error and the reason given for it.
func cancelled(ctx context.Context, op string) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, ctx.Err()) {
		return fmt.Errorf("%s: %w", op, cause)
	}
	return fmt.Errorf("%s: %w: %w", op, ctx.Err(), cause)
}

// withoutURL takes off the wrapping that names the address: after a redirect
// that may be a signed one.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// isJSON accepts application/json and every +json type; a reply that does not
// say what it is gets the benefit of the doubt.
func isJSON(h http.Header) bool {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return h.Get("Content-Type") == ""
	}
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}
