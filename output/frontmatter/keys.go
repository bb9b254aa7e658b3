package frontmatter

import (
	"strings"
	"unicode/utf8"
)

// keySet finds keys that stand twice. It lives as long as one Append, so that the table is made once.
type keySet struct {
	seen map[string]struct{}
}

// few is the size up to which comparing every key with every other is faster than a table.
const few = 16

// duplicate returns a key that stands twice in m. Keys are compared as they will be written, see [validText].
func (s *keySet) duplicate(m Map) (string, bool) {
	if len(m) > few {
		return s.inTable(m)
	}
	for i, e := range m {
		if !utf8.ValidString(e.Key) {
			return s.inTable(m)
		}
		for _, other := range m[:i] {
			if e.Key == other.Key {
				return e.Key, true
			}
		}
	}
	return "", false
}

func (s *keySet) inTable(m Map) (string, bool) {
	if s.seen == nil {
		s.seen = make(map[string]struct{}, len(m))
	}
	clear(s.seen)
	for _, e := range m {
		key := validText(e.Key)
		if _, found := s.seen[key]; found {
			return key, true
		}
		s.seen[key] = struct{}{}
	}
	return "", false
}

// within puts the key or index at which an error happened before the path that leads on from there.
func within(step string, err error) error {
	e, ok := err.(*ValueError) //nolint:errorlint // the writer's own, never wrapped
	if !ok {
		return err
	}
	switch {
	case e.Path == "":
		e.Path = step
	case strings.HasPrefix(e.Path, "["):
		e.Path = step + e.Path
	default:
		e.Path = step + "." + e.Path
	}
	return e
}
