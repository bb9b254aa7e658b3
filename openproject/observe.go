package openproject

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// observed is a transport that tells of each request.
type observed struct {
	next http.RoundTripper
	tell func(method string, status int, took time.Duration)
}

func (o *observed) RoundTrip(r *http.Request) (*http.Response, error) {
	started := time.Now()
	resp, err := o.next.RoundTrip(r)
	took := time.Since(started)
	switch {
	case err == nil:
		o.tell(r.Method, resp.StatusCode, took)
	case !errors.Is(r.Context().Err(), context.Canceled):
		o.tell(r.Method, 0, took)
	}
	return resp, err
}

// CloseIdleConnections passes on what http.Client asks of its transport.
func (o *observed) CloseIdleConnections() {
	if next, ok := o.next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}
