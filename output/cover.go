package output

import "ingest/output/frontmatter"

// What Written.Covered holds under the key of a mark: the mark's own value, the
// person's that it stands in the place of, and what Written.FrontMatter has
// there without the mark. The last two are left out where there was no such key.
const (
	coverMark = "mark"
	coverHand = "hand"
	coverOurs = "ours"
)

// marked is the memory of a document into which a mark is written. Keys that this
// changes are ours, so that they go when the work package comes back; one that a
// person had set to the same stays theirs, and what they had set otherwise is
// covered.
func (w *Written) marked(mark, disk frontmatter.Map) *Written {
	was, there, covered := table(w.FrontMatter), table(disk), table(w.Covered)
	after := *w
	var claimed frontmatter.Map
	for _, e := range mark {
		now, hand, ours := slot{e.Value, true}, there[e.Key], was[e.Key]
		if hand.equal(now) {
			continue
		}
		claimed = append(claimed, e)
		if before, ok := covered[e.Key].asMap(); ok { // a person wrote over an earlier mark
			ours = table(before)[coverOurs]
		}
		var cover slot
		if removed := !hand.there && ours.equal(now); !removed && !hand.equal(ours) {
			cover = slot{ours.in(hand.in(now.in(nil, coverMark), coverHand), coverOurs), true}
		}
		after.Covered = cover.in(after.Covered, e.Key)
	}
	after.FrontMatter = w.FrontMatter.With(claimed)
	return &after
}

// uncovered is the memory, and the front matter of the file, as they are without
// the marks that stand in the place of a person's values. A mark that is not
// there any more covers nothing.
func (w *Written) uncovered(disk frontmatter.Map) (*Written, frontmatter.Map) {
	if w == nil {
		return nil, disk
	}
	bare, there := *w, table(disk)
	for _, e := range w.Covered {
		value, _ := e.Value.(frontmatter.Map)
		cover := table(value)
		if now := there[e.Key]; now.there && now.equal(cover[coverMark]) {
			disk = cover[coverHand].in(disk, e.Key)
			bare.FrontMatter = cover[coverOurs].in(bare.FrontMatter, e.Key)
		}
	}
	return &bare, disk
}

// covers is Covered, that of a write of whose end nobody remembers included: its
// marks tell by themselves whether they arrived.
func (w *Written) covers() frontmatter.Map {
	switch {
	case w == nil:
		return nil
	case w.Pending != nil && len(w.Pending.Covered) > 0:
		return w.Pending.Covered
	}
	return w.Covered
}

// in is a mapping with a slot under a key, without the key for an empty slot.
func (s slot) in(m frontmatter.Map, key string) frontmatter.Map {
	if !s.there {
		return m.With(nil, key)
	}
	return m.With(frontmatter.Map{{Key: key, Value: s.value}})
}

// uncover takes the keys away that a mark alone had brought: those of the file
// that are not among bare.
func (m *merged) uncover(old, bare frontmatter.Map) {
	kept, set := table(bare), table(m.set)
	for _, e := range old {
		if !kept[e.Key].there && !set[e.Key].there {
			m.remove = append(m.remove, e.Key)
		}
	}
}
