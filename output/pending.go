package output

import "ingest/output/frontmatter"

// arrived is the memory once it is known what of a write that began, and of
// whose end nobody remembers, the file holds: those values are ours as well.
// A memory that is nil stays nil.
func (w *Written) arrived(disk frontmatter.Map, body string) *Written {
	if w == nil || w.Pending == nil {
		return w
	}
	settled := Written{FrontMatter: arrivedIn(w.FrontMatter, w.Pending.FrontMatter, disk), Body: w.Body, Offered: w.Offered, Covered: w.covers()}
	if body == plainBody(w.Pending.Body) {
		settled.Body = w.Pending.Body
	}
	return &settled
}

// arrivedIn is the base with those values of pending that disk holds, down to
// the values in mappings.
func arrivedIn(base, pending, disk frontmatter.Map) frontmatter.Map {
	was, next, there := table(base), table(pending), table(disk)
	var made frontmatter.Map
	settle := func(key string) {
		s := was[key]
		if next[key].equal(there[key]) {
			s = next[key]
		} else if here, ok := there[key].asMap(); ok && next[key].there {
			sBase, _ := s.asMap()
			if sNext, ok := next[key].asMap(); ok {
				s = slot{arrivedIn(sBase, sNext, here), true}
			}
		}
		if s.there {
			made = append(made, frontmatter.Entry{Key: key, Value: s.value})
		}
	}
	for _, e := range base {
		settle(e.Key)
	}
	for _, e := range pending {
		if !was[e.Key].there {
			settle(e.Key)
		}
	}
	return made
}
