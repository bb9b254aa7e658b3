package fetch

import (
	"fmt"
	"strings"
)

// ruling gives the rule that decides about a request target: the longest one
// that matches, Allow where two are equal (RFC 9309, 2.2.2). nil is no rule,
// which allows.
func (r rules) ruling(target string) *robotsRule {
	target = pathForm(target, false)
	var best *robotsRule
	for i := range r.lines {
		one := &r.lines[i]
		if best != nil && (len(one.pattern) < len(best.pattern) || len(one.pattern) == len(best.pattern) && !one.allow) {
			continue
		}
		if matchPath(one.pattern, target) {
			best = one
		}
	}
	return best
}

// refusal shows a Disallow rule as a person finds it in the file.
func (r *robotsRule) refusal() string {
	return fmt.Sprintf("line %d, %.100q for %.60q", r.line, "Disallow: "+r.written, r.agent)
}

// matchPath matches a pattern from the beginning of path: an asterisk stands
// for anything, a final dollar sign for the end (RFC 9309, 2.2.3). Each part
// between asterisks is taken where it first fits, so the time is linear.
func matchPath(pattern, path string) bool {
	pattern, toEnd := strings.CutSuffix(pattern, "$")
	first, rest, wild := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok || !wild {
		return ok && (!toEnd || path == "")
	}
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return !toEnd && strings.Contains(path, part) || toEnd && strings.HasSuffix(path, part)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path, rest = path[i+len(part):], after
	}
}

// pathForm writes a path so that two spellings of it are equal: escapes of
// unreserved characters opened, other escapes in upper case, bytes outside
// ASCII escaped (RFC 9309, 2.2.2). The asterisk and the dollar sign are
// escaped except where they mean something: in a pattern, the latter at its end.
func pathForm(s string, pattern bool) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		special := c == '*' && !pattern || c == '$' && (!pattern || i < len(s)-1)
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if isUnreserved(c) {
				b.WriteByte(c)
				continue
			}
		case c > ' ' && c < 0x7f && !special:
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// isUnreserved knows the characters whose escape means the same as they (RFC 3986, 2.3).
func isUnreserved(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
