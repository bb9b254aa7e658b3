package urlclean

import "strings"

// opener says where a redirect carries its target and how it is written there.
type opener struct {
	class  class
	where  where
	params []string // byParam: names in order
	prefix string   // afterPrefix, bySegment: the path up to the target
	nth    int      // bySegment: which segment behind the prefix, 0 for the last
	steps  []step
	rest   bool // an unescaped target takes all that follows
}

// where is the place of the target.
type where uint8

const (
	byParam     where = iota // "?url,u": the first of these that holds an address
	wholeQuery               // "?"
	queryTail                // "&&&": what follows the last of these in the query
	inPath                   // "path": the first "http:" or "https:" behind a path separator
	afterPrefix              // "/": all that follows the row's path
	bySegment                // "/1", "/2", "/last": a segment behind the row's path
)

// openerFor reads "?url", "?", "path", "/", "/1" and the steps behind.
func openerFor(r *row) (opener, error) {
	o := opener{class: r.class}
	switch place := r.items[0]; {
	case place == "?":
		o.where = wholeQuery
	case place == "&&&":
		o.where = queryTail
	case place == "path":
		o.where = inPath
	case place[0] == '/':
		if err := o.behind(place[1:], r); err != nil {
			return o, err
		}
	case place[0] == '?':
		o.params = strings.Split(strings.ToLower(place[1:]), ",")
	default:
		return o, r.errorf(rowHelp, "%q is no place for a target", place)
	}
	for _, word := range r.items[1:] {
		if word == "rest" {
			o.rest = true
			continue
		}
		s, ok := stepFor(word)
		if !ok {
			return o, r.errorf(rowHelp, "no such step: %q", word)
		}
		o.steps = append(o.steps, s)
	}
	return o, nil
}

// behind reads a place behind the row's path: "" for all of it, "2" for its
// second segment, "last" for the last.
func (o *opener) behind(place string, r *row) error {
	if len(r.cond.paths) != 1 || r.cond.paths[0].kind != '/' {
		return r.errorf(rowHelp, "%q needs one path to follow", "/"+place)
	}
	o.prefix, o.where = r.cond.paths[0].text, bySegment
	switch {
	case place == "":
		o.where = afterPrefix
	case len(place) == 1 && '1' <= place[0] && place[0] <= '9':
		o.nth = int(place[0] - '0')
	case place != "last":
		return r.errorf(rowHelp, "%q is no place for a target", "/"+place)
	}
	return nil
}

// unwrap opens the redirect at hand, if it is one and its target is an http or
// https address.
func (w *work) unwrap() (Unwrap, bool) {
	a := &w.scope.addr
	for i, j := 0, 0; ; {
		one := w.scope.next(open, &i, &j)
		if one == nil {
			return Unwrap{}, false
		}
		if one.opener.class == affiliate && w.options.Affiliate == Keep || w.scope.has(shut) {
			continue
		}
		if to, ok := one.opener.target(a); ok {
			return Unwrap{From: w.result.Output, To: to, Rule: one.key, Why: one.why}, true
		}
	}
}

// target finds the target and takes its writing off.
func (o *opener) target(a *address) (string, bool) {
	switch o.where {
	case byParam:
		for _, name := range o.params {
			if value, at, ok := param(a.query, name); ok && value != "" {
				if to, ok := o.read(value, a.restAt(a.queryAt()+at), a); ok {
					return to, true
				}
			}
		}
		return "", false
	case wholeQuery:
		if a.query == "" {
			return "", false
		}
		return o.read(a.query, a.restAt(a.queryAt()), a)
	case queryTail:
		i := strings.LastIndex(a.query, "&&&")
		if i < 0 {
			return "", false
		}
		rest := a.restAt(a.queryAt() + i + len("&&&"))
		return o.read(rest, rest, a)
	case inPath:
		i := addressIn(a.path)
		if i < 0 {
			return "", false
		}
		segment, _, _ := strings.Cut(a.path[i:], "/")
		return o.read(segment, a.restAt(len(a.head)+i), a)
	case bySegment:
		part := segment(a.path[len(o.prefix):], o.nth)
		return o.read(part, part, a)
	default:
		rest := a.restAt(len(a.head) + len(o.prefix))
		return o.read(rest, rest, a)
	}
}

// segment is the nth segment of a path, counted from 1, or the last one; "" when
// there are not so many.
func segment(path string, nth int) string {
	if nth == 0 {
		return path[strings.LastIndexByte(path, '/')+1:]
	}
	for range nth - 1 {
		_, path, _ = strings.Cut(path, "/")
	}
	part, _, _ := strings.Cut(path, "/")
	return part
}

// restAt is the address from an offset to its end, fragment included.
func (a *address) restAt(at int) string { return a.raw[at : len(a.raw)-len(a.tail)] }

// addressIn is the offset of an address inside a path: "http:" or "https:",
// escaped or not, behind one of the signs that part the path.
func addressIn(path string) int {
	for i := 1; i < len(path); i++ {
		switch path[i-1] {
		case '/', ':', '=', '_', '-':
			if startsAddress(path[i:]) {
				return i
			}
		}
	}
	return -1
}

// startsAddress reports whether s begins with "http://" or "https://", whose
// signs may be escaped, or with "https:/", as servers that join slashes leave it.
func startsAddress(s string) bool {
	if !foldPrefix(s, "http") {
		return false
	}
	s = s[len("http"):]
	if s != "" && lower(s[0]) == 's' {
		s = s[1:]
	}
	for _, colon := range [...]string{":", "%3a"} {
		if foldPrefix(s, colon) {
			s = s[len(colon):]
			return strings.HasPrefix(s, "/") || foldPrefix(s, "%2f")
		}
	}
	return false
}
