package urlclean

import "strings"

// read takes the writing off a target. value is what its place holds, rest the
// same and all that follows it in the address.
func (o *opener) read(value, rest string, a *address) (string, bool) {
	bare := schemeLen(value) > 0
	switch {
	case o.where == inPath && strings.HasPrefix(rest[len(value):], "/") && endsInColon(value):
		value = rest // the slashes of "https://" are the path's own
		bare = schemeLen(value) > 0
	case bare && (o.rest || len(rest) == len(value) || rest[len(value)] == '#'):
		value = rest // nothing tells where an unescaped target ends
	}
	for _, s := range o.steps {
		if s.decode == nil {
			continue
		}
		plain, ok := s.decode(value)
		if !ok {
			return "", false
		}
		if to, ok := o.accept(plain, a); ok {
			return to, true
		}
		return o.accept(unescape(plain), a)
	}
	if bare && (o.rest || !escapedWhole(value)) || o.where == afterPrefix {
		return o.accept(value, a)
	}
	value = unescape(value)
	if to, ok := o.accept(value, a); ok {
		return to, true
	}
	return o.accept(unescape(value), a)
}

// accept makes an address of a target read, or refuses it.
func (o *opener) accept(s string, a *address) (string, bool) {
	for _, step := range o.steps {
		if step.trim != nil {
			s = step.trim(s)
		}
	}
	if strings.HasPrefix(s, "//") {
		s = a.scheme() + s[len("//"):]
	}
	if strings.HasPrefix(s, "/") && o.has("self") {
		s = strings.TrimRight(a.head, "/") + s
	}
	if opens(s) {
		return s, s[0] > ' ' && s[len(s)-1] > ' '
	}
	for _, scheme := range [...]string{"https", "http"} {
		if fixed, ok := strings.CutPrefix(s, scheme+":/"); ok && o.where != byParam {
			s = fixed // a server that joins slashes made one of two
			return confirm(scheme + "://" + s)
		}
		if o.has(scheme) && dotted(s) {
			return confirm(scheme + "://" + s)
		}
	}
	return "", false
}

func confirm(s string) (string, bool) { return s, opens(s) }

// opens reports whether s is an address on the web: one word without a dot is
// a host of the sender's own network, or no host at all.
func opens(s string) bool {
	a, ok := parse(s)
	return ok && (strings.IndexByte(a.host, '.') > 0 || a.host[0] == '[')
}

// dotted reports whether s begins with a host name of two labels or more.
func dotted(s string) bool {
	host, ok := hostOf(s[:strings.IndexAny(s+"/", "/?#")])
	return ok && strings.IndexByte(host, '.') > 0 && !strings.Contains(s, "://")
}

func (o *opener) has(name string) bool {
	for _, s := range o.steps {
		if s.name == name {
			return true
		}
	}
	return false
}

// scheme is "https://" or "http://".
func (a *address) scheme() string {
	if a.secure {
		return "https://"
	}
	return "http://"
}

// endsInColon reports whether a path segment is "https:" or "https%3A", that
// is whether the slashes behind it are not escaped.
func endsInColon(segment string) bool {
	return strings.HasSuffix(segment, ":") || strings.HasSuffix(strings.ToLower(segment), "%3a")
}

// escapedWhole tells an address with the signs of its query escaped, as Google
// and others write it, from one that stands as it is: there an escape is its own.
func escapedWhole(s string) bool {
	for _, sign := range [...]string{"%23", "%25", "%26", "%3d", "%3f"} {
		if foldIndex(s, sign) >= 0 {
			return true
		}
	}
	return false
}
