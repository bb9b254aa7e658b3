package output

import (
	"slices"
	"strings"

	"ingest/output/frontmatter"
)

// slot is a value at some place of front matter, or that there is none.
type slot struct {
	value any
	there bool
}

func (s slot) equal(other slot) bool {
	return s.there == other.there && (!s.there || frontmatter.Equal(s.value, other.value))
}

// asMap returns the mapping in a slot, empty where there is none.
func (s slot) asMap() (frontmatter.Map, bool) {
	m, ok := s.value.(frontmatter.Map)
	return m, ok && s.there
}

// says tells whether there is a value that is no gap.
func (s slot) says() bool { return s.there && !isGap(s.value) }

// merge brings together what a file holds (disk), what we want it to hold
// (ours) and what it held from us before (base), value by value:
//
//	disk is base               ours is taken
//	ours is base               the edit made by hand stays
//	both changed, to the same  nothing to do
//	both changed otherwise     the edit made by hand stays, with a warning
//
// where "there is no such key" is a value like any other. A key that neither is
// ours nor was is not looked at. Mappings are merged key by key, the list of
// former addresses element by element, everything else as one value.
type merge struct {
	former    former
	known     bool // there is a base
	unchanged bool // without a base: ours is what the file was written from
	missing   map[string]bool
	locked    []string
	constant  []string
	forgetful bool
	owns      func(path string) bool
	offers    map[string]slot // of the base
	offered   []Offer         // to be remembered
	kept      []string
	edits     []HandEdit
	replaced  []Replaced
}

// newMerge prepares the merge of a document.
func newMerge(d Document, idKey string, unchanged bool, missing map[string]bool) *merge {
	locked := append(slices.Clone(d.Locked), idKey) // the file's says the same, or it would not be the document
	m := &merge{known: d.Last != nil, unchanged: unchanged, missing: missing, locked: locked, constant: d.Constant, forgetful: d.Forgetful, owns: d.TrackerOwns, offers: map[string]slot{}}
	m.former = former{path: d.Former, leaves: d.Leaves, url: d.URL}
	if d.Last != nil {
		for _, o := range d.Last.Offered {
			m.offers[o.Path] = slot{o.Value, !o.Gone}
		}
	}
	return m
}

// merged is what a mapping is to become and what to remember of it. The keys
// of set are in our order, those of other keys behind them.
type merged struct {
	set      frontmatter.Map
	remove   []string
	remember frontmatter.Map
}

func (m *merge) mapping(prefix string, base, ours, disk frontmatter.Map) merged {
	var out merged
	was, now, there := table(base), table(ours), table(disk)
	visit := func(key string) {
		old := there[key]
		result, remember := m.key(prefix+key, was[key], now[key], old)
		switch {
		case result.there:
			out.set = append(out.set, frontmatter.Entry{Key: key, Value: result.value})
		case old.there:
			out.remove = append(out.remove, key)
		}
		if remember.there {
			out.remember = append(out.remember, frontmatter.Entry{Key: key, Value: remember.value})
		}
	}
	for _, e := range ours {
		visit(e.Key)
	}
	for _, e := range disk {
		if !now[e.Key].there {
			visit(e.Key)
		}
	}
	return out
}

func table(m frontmatter.Map) map[string]slot {
	t := make(map[string]slot, len(m))
	for _, e := range m {
		t[e.Key] = slot{e.Value, true}
	}
	return t
}

// key decides about one value: what the file is to hold and what to remember.
func (m *merge) key(path string, base, ours, disk slot) (now, remember slot) {
	if now, remember, done := m.inside(path, base, ours, disk); done {
		return now, remember
	}
	ours = m.former.wanted(path, ours)
	if now, remember, done := m.formerly(path, base, ours, disk); done {
		return now, remember
	}
	standIn := m.missing[path] && ours.says() // for what could not be had today
	if m.missing[path] && !ours.says() {
		if disk.says() {
			m.kept = append(m.kept, path)
		}
		switch {
		case base.there:
			ours = base // as good as not changed
		case disk.says() && m.known:
			return disk, base
		case disk.says():
			return disk, disk
		}
	}
	offer, offered := m.offers[path]
	switch {
	case disk.says() && slices.Contains(m.locked, path):
		return disk, disk
	case ours.equal(disk):
		return disk, ours
	case !ours.there && !base.there: // never ours
		return disk, base
	case standIn && !m.known && disk.says() && !m.owned(path):
		m.kept = append(m.kept, path)
		return disk, ours
	case m.owned(path):
		if !disk.equal(base) {
			m.replace(path, disk, ours)
		}
		return ours, ours
	case !m.known && !m.unchanged && !m.forgetful && path == BodyKey && disk.says():
		m.forgotten(disk, ours)
		return disk, ours
	case !m.known && !m.unchanged && (!disk.there || !slices.Contains(m.constant, path)):
		m.replace(path, disk, ours)
		return ours, ours
	case !m.known:
		m.edit(path, disk, ours, false)
		return disk, ours
	case disk.equal(base), offered && disk.equal(offer):
		return ours, ours
	case ours.equal(base):
		m.edit(path, disk, ours, false)
		return disk, base
	}
	m.edit(path, disk, ours, !offered || !offer.equal(ours))
	m.offered = append(m.offered, Offer{Path: path, Value: ours.value, Gone: !ours.there})
	return disk, base
}

// inside merges two mappings key by key. One that we do not write any more is
// emptied of what was ours, and gone when nothing is left.
func (m *merge) inside(path string, base, ours, disk slot) (now, remember slot, done bool) {
	diskMap, ok := disk.asMap()
	if !ok {
		return now, remember, false
	}
	baseMap, wasOurs := base.asMap()
	oursMap, isOurs := ours.asMap()
	if !isOurs && (ours.there || !wasOurs || m.missing[path]) || len(oursMap) == 0 && !wasOurs {
		return now, remember, false
	}
	out := m.mapping(path+".", baseMap, oursMap, diskMap)
	whole := diskMap.With(out.set, out.remove...)
	now = slot{whole, isOurs || len(whole) > 0}
	return now, slot{out.remember, isOurs || len(out.remember) > 0}, true
}

// owned tells whether a path or one above it is the tracker's.
func (m *merge) owned(path string) bool {
	for m.owns != nil && path != "" {
		if m.owns(path) {
			return true
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
	return false
}

// edit notes an edit made by hand, unless neither side says anything.
func (m *merge) edit(path string, disk, ours slot, conflict bool) {
	if !disk.says() && !ours.says() {
		return
	}
	m.edits = append(m.edits, HandEdit{Path: path, Hand: disk.value, Ours: ours.value, Deleted: !disk.there, Dropped: !ours.there, Conflict: conflict})
}

// forgotten notes a body that stays because nobody remembers whose it is: an
// older one of the tracker's is to be had there, a person's nowhere else.
func (m *merge) forgotten(disk, ours slot) {
	m.edits = append(m.edits, HandEdit{Path: BodyKey, Hand: disk.value, Ours: ours.value, Conflict: true, Forgotten: true})
}

// replace notes a value that gives way, unless it says nothing.
func (m *merge) replace(path string, disk, ours slot) {
	if disk.says() {
		m.replaced = append(m.replaced, Replaced{Path: path, Old: disk.value, New: ours.value})
	}
}
