package urlclean

import "strings"

// anywhere holds the leave rows for every host: segments of the path, such as
// "login", and beginnings of segments, such as "https:".
type anywhere struct {
	segments lexicon[string] // why, by segment
	starts   []start
}

type start struct{ text, why string }

// add takes "~segment" and "*/beginning" tests.
func (w *anywhere) add(r *row) error {
	if len(r.cond.queries) > 0 || len(r.cond.paths) == 0 {
		return r.errorf(pathHelp, "a row that leaves addresses on every host alone tests the path")
	}
	for _, t := range r.cond.paths {
		switch {
		case t.kind == '~':
			w.segments.put(t.text, r.why)
		case t.kind == '*' && t.text[0] == '/' && len(t.text) > 1:
			w.starts = append(w.starts, start{t.text[1:], r.why})
		default:
			return r.errorf(pathHelp, "such a test of the path needs a host")
		}
	}
	return nil
}

// match returns why an address with such a path must be left alone, or "".
func (w *anywhere) match(path string) string {
	var n name
	for i := 0; i < len(path); {
		segment := path[i:]
		for _, s := range w.starts {
			if foldPrefix(segment, s.text) {
				return s.why
			}
		}
		if end := strings.IndexByte(segment, '/'); end >= 0 {
			segment = segment[:end]
		}
		i += len(segment) + 1
		word, _, _ := strings.Cut(segment, ".")
		if n.set(word); n.len < maxName {
			if why := w.segments.get(n.bytes()); why != "" {
				return why
			}
		}
	}
	return ""
}
