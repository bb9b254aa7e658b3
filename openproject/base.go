package openproject

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// apiRoot is the path of the API below the installation's prefix.
const apiRoot = "/api/v3"

// base is the address of one installation: origin and path prefix.
type base struct {
	origin url.URL // scheme and host only
	prefix string  // "" or "/tracker", never with a trailing slash
}

// HrefError says that a reply pointed somewhere the client does not go.
type HrefError struct {
	Href   string
	Reason string
}

func (e *HrefError) Error() string {
	return fmt.Sprintf("link %q of the tracker: %s", e.Href, e.Reason)
}

// Hint tells what to look at.
func (e *HrefError) Hint() string {
	return "the tracker's own host name (Administration, System settings) and tracker.url should name the same host"
}

func parseBase(raw string) (base, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case err != nil:
		return base{}, fmt.Errorf("address of the tracker: %w", errors.Unwrap(err))
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "":
		return base{}, fmt.Errorf("address of the tracker %q: want http://host or https://host", u.Redacted())
	case u.User != nil:
		return base{}, errors.New("address of the tracker holds a user name or password: give the API key apart")
	case u.RawQuery != "" || u.Fragment != "":
		return base{}, fmt.Errorf("address of the tracker %q: a query or fragment has no place in it", u)
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	path = strings.TrimRight(strings.TrimSuffix(path, apiRoot), "/")
	return base{origin: url.URL{Scheme: u.Scheme, Host: u.Host}, prefix: path}, nil
}

// api is the address of a path below the API root; segments are escaped.
func (b base) api(query url.Values, segments ...string) *url.URL {
	path := b.prefix + apiRoot
	for _, s := range segments {
		path += "/" + url.PathEscape(s)
	}
	return b.at(path, query.Encode())
}

// page is the address of a page for people.
func (b base) page(kind string, id int64) string {
	return b.at(b.prefix+"/"+kind+"/"+strconv.FormatInt(id, 10), "").String()
}

func (b base) at(escapedPath, query string) *url.URL {
	u := b.origin
	u.Path, _ = url.PathUnescape(escapedPath) // made of escaped segments: cannot fail
	u.RawPath = escapedPath
	u.RawQuery = query
	return &u
}

// resolve turns an href of a reply into an address inside the installation.
// Hrefs carry the prefix on some installations and not on others. An absolute
// href must name our host; it is then asked for under our own scheme, so that a
// proxy that forgets https cannot downgrade us.
func (b base) resolve(href string) (*url.URL, error) {
	u, err := url.Parse(href)
	switch {
	case err != nil || href == "" || u.Opaque != "":
		return nil, &HrefError{Href: href, Reason: "not an address"}
	case u.Host != "" && !sameHost(u, &b.origin):
		return nil, &HrefError{Href: href, Reason: "names another host than " + b.origin.Host}
	case u.Host == "" && u.Scheme != "", u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https":
		return nil, &HrefError{Href: href, Reason: "not an address of the web"}
	case !strings.HasPrefix(u.Path, "/"):
		return nil, &HrefError{Href: href, Reason: "not an absolute path"}
	}
	path := u.EscapedPath()
	if b.prefix != "" && !strings.HasPrefix(path, b.prefix+"/") {
		path = b.prefix + path
	}
	return b.at(path, u.RawQuery), nil
}

func (b base) sameOrigin(u *url.URL) bool {
	return u.Scheme == b.origin.Scheme && sameHost(u, &b.origin)
}

// sameHost compares host and port; a missing port is the scheme's own.
func sameHost(a, b *url.URL) bool {
	if strings.EqualFold(a.Host, b.Host) {
		return true
	}
	return strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}
