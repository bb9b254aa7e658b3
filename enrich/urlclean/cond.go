package urlclean

import "strings"

// cond says on which addresses of its hosts a row holds. Several path tests
// are alternatives, and so are several query tests; one of each must hold.
type cond struct {
	paths   []pathTest
	queries []queryTest
}

type pathTest struct {
	kind byte // '/' beginning, '$' whole path, '~' one segment, '*' anywhere in host, path or a query name
	text string
}

type queryTest struct{ name, value string } // an empty value: any

func (c *cond) holds(a *address) bool {
	return c.pathHolds(a) && c.queryHolds(a)
}

func (c *cond) pathHolds(a *address) bool {
	for _, t := range c.paths {
		if t.holds(a) {
			return true
		}
	}
	return len(c.paths) == 0
}

func (c *cond) queryHolds(a *address) bool {
	for _, q := range c.queries {
		if value, _, ok := param(a.query, q.name); ok && (q.value == "" || q.value == value) {
			return true
		}
	}
	return len(c.queries) == 0
}

func (t pathTest) holds(a *address) bool {
	switch t.kind {
	case '/':
		return foldPrefix(a.path, t.text)
	case '$':
		return foldEqual(strings.TrimSuffix(a.path, "/"), strings.TrimSuffix(t.text, "/"))
	case '~':
		return hasSegment(a.path, t.text)
	default:
		return foldIndex(a.host, t.text) >= 0 || foldIndex(a.path, t.text) >= 0 || namedIn(a.query, t.text)
	}
}

// hasSegment reports whether one segment of path is word, an ending such as
// ".php" aside.
func hasSegment(path, word string) bool {
	for seg := range strings.SplitSeq(path, "/") {
		if foldPrefix(seg, word) && (len(seg) == len(word) || seg[len(word)] == '.') {
			return true
		}
	}
	return false
}

// param returns the raw value, up to the next "&", of the first parameter of
// that name, and the offset of the value.
func param(query, want string) (value string, at int, ok bool) {
	var n name
	for at < len(query) {
		seg, _, more := strings.Cut(query[at:], "&")
		raw, value, _ := strings.Cut(seg, "=")
		if n.set(raw); string(n.bytes()) == want {
			return value, at + len(seg) - len(value), true
		}
		if at += len(seg) + 1; !more {
			break
		}
	}
	return "", 0, false
}

// namedIn reports whether a parameter's name holds text.
func namedIn(query, text string) bool {
	var n name
	for seg := range strings.SplitSeq(query, "&") {
		raw, _, _ := strings.Cut(seg, "=")
		if n.set(raw); contains(n.bytes(), text) {
			return true
		}
	}
	return false
}
