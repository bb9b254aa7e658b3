package fetch

import (
	"context"
	"net/http"
	"net/url"
)

type proxyKey struct{}

// viaProxy gives the proxy chosen for the request of this context, or nil.
// The transport dials under the same context, so the guard knows that what it
// is asked for is the proxy.
func viaProxy(ctx context.Context) *url.URL {
	p, _ := ctx.Value(proxyKey{}).(*url.URL)
	return p
}

// chooseProxy asks Options.Proxy and, when there is one for this request,
// checks the target, which the dialer will not see.
func (c *Client) chooseProxy(req *http.Request) (*http.Request, error) {
	if c.options.Proxy == nil {
		return req, nil
	}
	p, err := c.options.Proxy(req)
	if err != nil {
		return nil, faultf(Network, "choose a proxy: %w", err)
	}
	if p == nil {
		return req, nil
	}
	if err := c.guard.checkTarget(req.Context(), req.URL); err != nil {
		return nil, err
	}
	return req.WithContext(context.WithValue(req.Context(), proxyKey{}, p)), nil
}
