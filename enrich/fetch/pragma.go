package fetch

import (
	"strings"
	"time"
)

// refresh is what a page declares in the manner of
// <meta http-equiv="refresh" content="5; url=/next">.
type refresh struct {
	delay  time.Duration
	target string // as written; empty means the page itself
	base   string // the base element's href, if one came before
	reason Reason
}

// blanks is the ASCII whitespace of the HTML standard.
const blanks = " \t\n\f\r"

// parseRefresh reads "5; url='/next'" by the shared declarative refresh steps
// of the HTML standard (4.2.5.3). ok is false where the steps give up: then
// nothing is declared at all.
func parseRefresh(content string) (r refresh, ok bool) {
	s := strings.TrimLeft(content, blanks)
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits == 0 && !strings.HasPrefix(s, ".") {
		return refresh{}, false
	}
	r.delay = seconds(s[:digits])
	s = strings.TrimLeft(s[digits:], "0123456789.")
	if s == "" {
		return r, true
	}
	if !strings.ContainsAny(s[:1], ";,"+blanks) {
		return refresh{}, false
	}
	s = strings.TrimLeft(s, blanks)
	if s != "" && (s[0] == ';' || s[0] == ',') {
		s = s[1:]
	}
	r.target = unquote(afterURL(strings.TrimLeft(s, blanks)))
	return r, true
}

// seconds reads digits; more than a browser would wait for is simply long.
func seconds(digits string) time.Duration {
	const long = 365 * 24 * time.Hour
	var d time.Duration
	for _, c := range digits {
		d = min(10*d+time.Duration(c-'0')*time.Second, long)
	}
	return d
}

// afterURL takes "url =" off, if it is there.
func afterURL(s string) string {
	const prefix = "url"
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(s[len(prefix):], blanks), "=")
	if !ok {
		return s
	}
	return strings.TrimLeft(rest, blanks)
}

// unquote gives what stands up to the matching quote, if s begins with one.
func unquote(s string) string {
	if s == "" || s[0] != '"' && s[0] != '\'' {
		return s
	}
	inner, _, _ := strings.Cut(s[1:], s[:1])
	return inner
}
