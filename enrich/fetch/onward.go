package fetch

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// onward gives the address that the answer of u leads to, or nil when the
// answer is what was asked for.
func (ch *chain) onward(ctx context.Context, u *url.URL, x *exchange) (*url.URL, error) {
	if x.isRedirect() {
		return ch.redirect(ctx, u, x.res)
	}
	if !ch.request.Refresh {
		return nil, nil
	}
	return ch.refresh(ctx, u, x)
}

// redirect follows Location. A target without a fragment inherits the one of
// the address that was visited (RFC 9110, 10.2.2).
func (ch *chain) redirect(ctx context.Context, u *url.URL, res *http.Response) (*url.URL, error) {
	location := res.Header.Get("Location")
	target, err := resolve(u, location)
	if err != nil {
		return nil, faultf(kindOf(err), "redirect to %q: %w", redact(location), err)
	}
	if !strings.Contains(location, "#") {
		target.Fragment, target.RawFragment = u.Fragment, u.RawFragment
	}
	return ch.enter(ctx, target, Reason(strconv.Itoa(res.StatusCode)))
}

// refresh follows the first refresh that the answer declares, when it leads
// within the delay cap to another http address that was not visited: a page
// that renews itself, or one of a circle of pages, is taken as it is.
func (ch *chain) refresh(ctx context.Context, u *url.URL, x *exchange) (*url.URL, error) {
	r, ok, err := x.refresh()
	if err != nil {
		return nil, err
	}
	if !ok || r.target == "" || r.delay > ch.client.options.RefreshDelayCap {
		return nil, nil
	}
	target, err := resolve(baseOf(u, r.base), r.target)
	if err != nil || place(target) == place(u) {
		return nil, nil //nolint:nilerr // a refresh to javascript: or to garbage leads nowhere; the page stands
	}
	next, err := ch.enter(ctx, target, r.reason)
	if err != nil && kindOf(err) == Loop {
		return nil, nil
	}
	return next, err
}

// baseOf gives the address against which links of the page at u are resolved,
// when its base element says href (HTML, 4.2.3). A base that cannot be one is
// ignored.
func baseOf(u *url.URL, href string) *url.URL {
	if href == "" {
		return u
	}
	base, err := resolve(u, href)
	if err != nil {
		return u
	}
	return base
}
