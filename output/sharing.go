package output

import (
	"cmp"
	"slices"
)

// sharing knows who has which link, the oldest first.
type sharing map[string][]holder

// holder is a work package that has a link: as the editor gave it, as its page
// calls itself, or both.
type holder struct {
	id                int64
	source, canonical bool
}

// share notes who has a link. Nobody has the link "".
func (s sharing) share(url string, h holder) {
	if url == "" {
		return
	}
	holders := s[url]
	at, found := slices.BinarySearchFunc(holders, h.id, func(a holder, id int64) int { return cmp.Compare(a.id, id) })
	if !found {
		holders = slices.Insert(holders, at, holder{id: h.id})
	}
	holders[at].source = holders[at].source || h.source
	holders[at].canonical = holders[at].canonical || h.canonical
	s[url] = holders
}

// pair is a work package with the oldest other one that has a link; nil without.
func (s sharing) pair(url string, id int64) *DuplicateError {
	holders := s[url]
	at := slices.IndexFunc(holders, func(h holder) bool { return h.id == id })
	other := slices.IndexFunc(holders, func(h holder) bool { return h.id != id })
	if other < 0 {
		return nil
	}
	return duplicate(url, holders[min(at, other)], holders[max(at, other)])
}

// pairs are all work packages that share a link with the oldest that has it, each
// two once.
func (s sharing) pairs() (all []*DuplicateError) {
	for url, holders := range s {
		for _, h := range holders[1:] {
			all = append(all, duplicate(url, holders[0], h))
		}
	}
	slices.SortFunc(all, compareDuplicates)
	return slices.CompactFunc(all, func(a, b *DuplicateError) bool { return a.ID == b.ID && a.Owner == b.Owner })
}

func duplicate(url string, older, younger holder) *DuplicateError {
	d := &DuplicateError{ID: younger.id, Owner: older.id, URL: url}
	d.Canonical = !older.source || !younger.source
	d.Crossed = d.Canonical && (!older.canonical || !younger.canonical)
	return d
}

// compareDuplicates puts what is about the same two together, source URLs first.
func compareDuplicates(a, b *DuplicateError) int {
	rank := func(d *DuplicateError) int {
		switch {
		case d.Crossed:
			return 2
		case d.Canonical:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.ID, b.ID), rank(a)-rank(b), cmp.Compare(a.URL, b.URL))
}
