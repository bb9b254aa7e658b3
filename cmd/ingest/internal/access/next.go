package access

import (
	"net/url"
	"strings"
)

// home is where a login leads that does not say where to.
const home = "/"

// maxNext bounds the way back, in bytes, so that it fits into a cookie.
const maxNext = 1024

// LocalPath returns a path with its query if it leads nowhere but to a page of this
// service, and "/" else: other hosts, whatever a browser would read as one (two
// slashes, backslashes, control characters that browsers drop), and the login
// itself.
func LocalPath(next string) string {
	if len(next) > maxNext || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") {
		return home
	}
	if strings.ContainsFunc(next, func(c rune) bool { return c <= ' ' || c == 0x7f || c == '\\' }) {
		return home
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		return home
	}
	if u.Path == "/login" || u.Path == "/logout" || strings.HasPrefix(u.Path, "/login/") {
		return home
	}
	return next
}
