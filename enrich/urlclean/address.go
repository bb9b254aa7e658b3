package urlclean

import "strings"

// address is an http or https address cut into parts. Every part is a slice of
// raw, which is head + path + ["?" + query] + ["#" + fragment] + tail.
type address struct {
	raw      string
	head     string // blanks before, scheme, "//", user, host, port
	host     string // as written, without user, port and final dot
	path     string
	query    string
	fragment string
	tail     string // blanks behind: browsers do not count them
	secure   bool   // https
	hasQuery bool   // there is a "?", even when query is empty
	hasFrag  bool
}

// parse cuts raw; ok is false when it is no http or https address with a host.
func parse(raw string) (a address, ok bool) {
	start := 0
	for start < len(raw) && raw[start] <= ' ' {
		start++
	}
	end := len(raw)
	for end > start && raw[end-1] <= ' ' {
		end--
	}
	n := schemeLen(raw[start:end])
	if n == 0 {
		return a, false
	}
	a.raw, a.tail, a.secure = raw, raw[end:], n == len("https://")
	host := start + n
	path := host
	for path < end && raw[path] != '/' && raw[path] != '?' && raw[path] != '#' {
		path++
	}
	a.head = raw[:path]
	if a.host, ok = hostOf(raw[host:path]); !ok {
		return a, false
	}
	a.cut(raw[path:end])
	return a, true
}

// cut fills in path, query and fragment from what follows the authority.
func (a *address) cut(rest string) {
	a.path = rest
	if i := strings.IndexByte(a.path, '#'); i >= 0 {
		a.path, a.fragment, a.hasFrag = a.path[:i], a.path[i+1:], true
	}
	if i := strings.IndexByte(a.path, '?'); i >= 0 {
		a.path, a.query, a.hasQuery = a.path[:i], a.path[i+1:], true
	}
}

// queryAt is the offset in raw of the first byte of the query.
func (a *address) queryAt() int { return len(a.head) + len(a.path) + 1 }

// fragmentAt is the offset in raw of the first byte of the fragment.
func (a *address) fragmentAt() int { return len(a.raw) - len(a.tail) - len(a.fragment) }

// schemeLen is the length of a leading "http://" or "https://" in any letter
// case, or 0.
func schemeLen(s string) int {
	switch {
	case len(s) > 8 && foldEqual(s[:8], "https://"):
		return 8
	case len(s) > 7 && foldEqual(s[:7], "http://"):
		return 7
	}
	return 0
}

// hostOf takes user and port off an authority and refuses what cannot be a host.
func hostOf(authority string) (string, bool) {
	h := authority[strings.LastIndexByte(authority, '@')+1:]
	if strings.HasPrefix(h, "[") {
		i := strings.IndexByte(h, ']')
		return h, i > 1 && (i+1 == len(h) || h[i+1] == ':')
	}
	if i := strings.IndexByte(h, ':'); i >= 0 {
		h = h[:i]
	}
	h = strings.TrimSuffix(h, ".")
	if h == "" || h[0] == '.' {
		return "", false
	}
	for i := range len(h) {
		switch c := h[i]; c {
		case '"', '<', '>', '\\', '^', '`', '{', '|', '}', 0x7f:
			return "", false
		default:
			if c <= ' ' {
				return "", false
			}
		}
	}
	return h, true
}
