package output

import (
	"cmp"
	"fmt"
	"slices"
)

// DuplicateError says that two work packages are about the same link or would
// have the same name. The younger got a name made with its id.
type DuplicateError struct {
	// ID is the younger, Owner the one that came first.
	ID, Owner int64
	// URL is the link they share; "" when only the name is shared. Canonical
	// says that it is what their pages call themselves, not what the editor gave.
	URL       string
	Canonical bool
	// Name is what the younger is called.
	Name string
}

func (e *DuplicateError) Error() string {
	if e.URL == "" {
		return fmt.Sprintf("work packages %d and %d would have the same name; %d is called %s", e.Owner, e.ID, e.ID, e.Name)
	}
	kind := "source"
	if e.Canonical {
		kind = "canonical"
	}
	return fmt.Sprintf("work packages %d and %d have the same %s URL %s", e.Owner, e.ID, kind, e.URL)
}

// Hint says how to mend it.
func (e *DuplicateError) Hint() string {
	return "close one of them in the tracker, or correct its source URL"
}

// link is what two work packages may have in common.
type link struct {
	url       string
	canonical bool
}

// Same notes that the page of a work package calls itself by this canonical
// URL. The error is a warning: a *DuplicateError naming the oldest other work
// package, by its id, whose page does the same. It may be called by many
// goroutines; which of two learns of the other depends on who comes first, so
// that Duplicates should be asked at the end.
func (t *Tree) Same(id int64, canonical string) error {
	if canonical == "" {
		return nil
	}
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, other := range r.share(id, link{canonical, true}) {
		if other != id {
			return &DuplicateError{ID: max(id, other), Owner: min(id, other), URL: canonical, Canonical: true}
		}
	}
	return nil
}

// share notes who has a link and returns all that have, the oldest first. The
// caller holds the lock.
func (r *register) share(id int64, l link) []int64 {
	ids := r.links[l]
	if at, found := slices.BinarySearch(ids, id); !found {
		ids = slices.Insert(ids, at, id)
		r.links[l] = ids
	}
	return ids
}

// Duplicates returns the work packages that were found by Name and Same to be
// about one link: each with the oldest of them, by id, and each two once. Both
// should be told of it.
func (t *Tree) Duplicates() []*DuplicateError {
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []*DuplicateError
	for l, ids := range r.links {
		for _, id := range ids[1:] {
			all = append(all, &DuplicateError{ID: id, Owner: ids[0], URL: l.url, Canonical: l.canonical, Name: r.given[id].name})
		}
	}
	slices.SortFunc(all, compareDuplicates)
	return slices.CompactFunc(all, func(a, b *DuplicateError) bool { return a.ID == b.ID && a.Owner == b.Owner })
}

// compareDuplicates puts what is about the same two together, source URLs first.
func compareDuplicates(a, b *DuplicateError) int {
	canonical := func(d *DuplicateError) int {
		if d.Canonical {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.ID, b.ID), canonical(a)-canonical(b), cmp.Compare(a.URL, b.URL))
}
