package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// maxURL is the longest address that is visited, in bytes. Servers are to take
// 8,000 (RFC 9110, 4.1); the longest of real links, those that wrap others,
// stay under that.
const maxURL = 16 << 10

// resolve reads an address as a person, a Location header or a page wrote it,
// relative to base (nil: it must be absolute), and gives an http or https
// address with a host, without user info. It is as lenient as browsers are
// (WHATWG URL Standard): blanks around it, line breaks within, backslashes for
// slashes, a percent sign that escapes nothing.
func resolve(base *url.URL, ref string) (*url.URL, error) {
	ref = tidy(ref)
	if s := schemeOf(ref); s != "" && s != "http" && s != "https" {
		return nil, faultf(Scheme, "%.40q is not http or https", s)
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil, faultf(BadURL, "%w", bare(err))
	}
	if base == nil {
		base = &url.URL{}
	}
	u = base.ResolveReference(u)
	u.User = nil
	if err := finish(u); err != nil {
		return nil, err
	}
	if len(u.String()) > maxURL {
		return nil, faultf(BadURL, "longer than %d bytes", maxURL)
	}
	return u, nil
}

// finish checks that u can be visited and writes its host as it is sent.
func finish(u *url.URL) error {
	if u.Scheme == "" {
		return faultf(BadURL, "no http:// or https:// before it")
	}
	if u.Opaque != "" {
		return faultf(BadURL, "no host in it")
	}
	host, err := sentHost(u)
	if err != nil {
		return faultf(BadURL, "%w", err)
	}
	port := u.Port()
	if port == "" {
		u.Host = host
		return nil
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return faultf(BadURL, "%.40q is not a port", port)
	}
	u.Host = host + ":" + port
	return nil
}

// sentHost gives the host without its port, as it is sent: a name in lower
// case and ASCII, or an IPv6 address in its brackets.
func sentHost(u *url.URL) (string, error) {
	name := u.Hostname()
	if strings.HasPrefix(u.Host, "[") {
		if a, err := netip.ParseAddr(name); err != nil || a.Zone() != "" {
			return "", fmt.Errorf("%.100q is not an IPv6 address without zone", name)
		}
		return "[" + strings.ToLower(name) + "]", nil
	}
	host, err := asciiHost(name)
	if err == nil && (host == "" || strings.ContainsFunc(host, notInHost)) {
		err = fmt.Errorf("%.100q is not a host name", name)
	}
	return host, err
}

// bare takes the address out of a url.Error: it may hold a password.
func bare(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}

// schemeOf gives what stands before the colon, in lower case, if it has the
// form of a scheme (RFC 3986, 3.1).
func schemeOf(ref string) string {
	for i := range len(ref) {
		c := ref[i] | 0x20
		switch {
		case c >= 'a' && c <= 'z':
		case i > 0 && (ref[i] >= '0' && ref[i] <= '9' || strings.IndexByte("+-.", ref[i]) >= 0):
		case i > 0 && ref[i] == ':':
			return strings.ToLower(ref[:i])
		default:
			return ""
		}
	}
	return ""
}

// hostPort gives "host:port" with the scheme's own port filled in.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = ownPort(u.Scheme)
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// hostKey names the host towards which we are polite: http and https alike.
func hostKey(u *url.URL) string {
	if u.Port() == ownPort(u.Scheme) {
		return u.Hostname()
	}
	return u.Host
}

func ownPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// place is the address without its fragment, which no server sees.
func place(u *url.URL) string {
	v := *u
	v.Fragment, v.RawFragment = "", ""
	if v.Path == "" {
		v.Path = "/"
	}
	return v.String()
}

// redact prepares an address that was refused for being shown: without user
// info, and not endless. One that does not even parse loses all up to its last
// "@": better an address cut short in a message than a password in it.
func redact(raw string) string {
	const enough = 500
	raw = withoutUser(raw)
	if len(raw) > enough {
		return raw[:enough] + "…"
	}
	return raw
}

func withoutUser(raw string) string {
	if u, err := url.Parse(raw); err == nil {
		u.User = nil
		return u.String()
	}
	start, at := strings.Index(raw, "//"), strings.LastIndexByte(raw, '@')
	if start < 0 || at < start {
		return raw
	}
	return raw[:start+len("//")] + raw[at+1:]
}
