package output

import (
	"slices"

	"ingest/output/frontmatter"
)

// former is what a merge knows of the list of former addresses.
type former struct {
	path   string // "" where it is a value like any other
	leaves string // the element that enters in any case
	url    string // the document's address from now on, which is no former one
	stays  string // the element that is the address still
}

// stay turns what is about a document that leaves its address to one that keeps it.
func (f *former) stay() { f.stays, f.leaves, f.url = f.leaves, "", "" }

// wanted is a list of ours without the document's own address.
func (f *former) wanted(path string, ours slot) slot {
	if path != f.path || f.stays == "" {
		return ours
	}
	list := slices.DeleteFunc(slices.Clone(elements(ours)), func(e any) bool { return frontmatter.Equal(e, f.stays) })
	return slot{list, len(list) > 0}
}

// trial is what a mapping would become, without a trace in the merge.
func (m *merge) trial(base, ours, disk frontmatter.Map) frontmatter.Map {
	once := *m
	out := once.mapping("", base, ours, disk)
	return disk.With(out.set, out.remove...)
}

// stays tells whether a document has one address with either front matter.
func (o Options) stays(path string, before, after frontmatter.Map) bool {
	if o.URLOf == nil {
		return false
	}
	was, is := o.URLOf(before, path), o.URLOf(after, path)
	return len(was) > 0 && len(is) > 0 && was[0] == is[0]
}

// formerly merges the list of former addresses where a hand has changed it. An
// edit made by hand must not keep out the address that a document leaves: nobody
// else remembers it.
func (m *merge) formerly(path string, base, ours, disk slot) (now, remember slot, done bool) {
	if path != m.former.path || m.known && disk.equal(base) || ours.equal(disk) || m.owned(path) {
		return now, remember, false
	}
	was, want, there := elements(base), elements(ours), elements(disk)
	if len(want)+len(there) == 0 {
		return now, remember, false
	}
	if !m.known && m.unchanged {
		was = want // what is not there, a hand took out
	}
	whole := slices.DeleteFunc(slices.Clone(there), func(e any) bool {
		return !has(want, e) && (has(was, e) || frontmatter.Equal(e, m.former.url))
	})
	for _, e := range want {
		if !has(there, e) && (!has(was, e) || frontmatter.Equal(e, m.former.leaves)) {
			whole = append(whole, e)
		}
	}
	now = disk
	if !frontmatter.Equal(whole, there) {
		now = slot{whole, len(whole) > 0 || ours.there}
	}
	if !now.equal(ours) {
		m.edit(path, now, ours, false)
	}
	return now, ours, true
}

// elements are those of a list; a single value is one of one, a gap has none.
func elements(s slot) frontmatter.List {
	if !s.says() {
		return nil
	}
	if list, ok := s.value.(frontmatter.List); ok {
		return list
	}
	return frontmatter.List{s.value}
}

func has(list frontmatter.List, e any) bool {
	return slices.ContainsFunc(list, func(other any) bool { return frontmatter.Equal(e, other) })
}
