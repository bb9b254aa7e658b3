package receiver

// keptKeys is how many events are known again. The tracker sends one per work
// package and some minutes (API.md, section 10).
const keptKeys = 10_000

// recent is a set of the latest keys. The zero value is ready.
type recent struct {
	known map[string]bool
	order []string
	next  int
}

func (s *recent) has(key string) bool { return s.known[key] }

func (s *recent) add(key string) {
	if s.known == nil {
		s.known = map[string]bool{}
	}
	if s.known[key] {
		return
	}
	s.known[key] = true
	if len(s.order) < keptKeys {
		s.order = append(s.order, key)
		return
	}
	delete(s.known, s.order[s.next])
	s.order[s.next] = key
	s.next = (s.next + 1) % keptKeys
}
