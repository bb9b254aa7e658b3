package openproject

import (
	"fmt"
	"net/http"
	"net/url"
)

// RedirectError says that the tracker sent a request elsewhere and the client
// did not follow.
type RedirectError struct {
	To     string // where to, without query and user info
	Reason string
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("redirect to %s: %s", e.To, e.Reason)
}

// Hint tells how to mend a wrong base address.
func (e *RedirectError) Hint() string {
	return "set tracker.url to the address under which OpenProject is served now (https, host, port, prefix)"
}

// stayInside is the redirect policy of API calls: credentials never leave, and a
// change is not sent a second time nor turned into a read.
func (b base) stayInside(req *http.Request, via []*http.Request) error {
	switch {
	case !b.sameOrigin(req.URL):
		return &RedirectError{To: bare(req.URL), Reason: "another origin than " + b.origin.String()}
	case via[0].Method != http.MethodGet:
		return &RedirectError{To: bare(req.URL), Reason: "a change is not sent on"}
	}
	return b.countHops(req, via)
}

// leaveBare is the redirect policy of downloads: they may go to the storage
// host, but from the first step outside on without credentials, also if they
// come back. Go itself keeps the header for subdomains and other ports.
func (b base) leaveBare(req *http.Request, via []*http.Request) error {
	outside := !b.sameOrigin(req.URL)
	for _, earlier := range via {
		outside = outside || !b.sameOrigin(earlier.URL)
	}
	if outside {
		req.Header.Del("Authorization")
		req.Header.Del("Cookie")
		req.Header.Del("Referer")
	}
	return b.countHops(req, via)
}

func (b base) countHops(req *http.Request, via []*http.Request) error {
	if len(via) > maxHops {
		return &RedirectError{To: bare(req.URL), Reason: fmt.Sprintf("more than %d redirects", maxHops)}
	}
	return nil
}

func bare(u *url.URL) string {
	clean := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return clean.String()
}
