package output

import (
	"fmt"
	"slices"
)

// DuplicateError says that two work packages are about the same link or would
// have the same name. The younger got a name made with its id.
type DuplicateError struct {
	// ID is the younger, Owner the one that came first.
	ID, Owner int64
	// URL is the link they share; "" when only the name is shared. Canonical
	// says that it is what their pages call themselves, not what the editor gave;
	// Crossed that it is the one to one of them and the other to the other.
	URL                string
	Canonical, Crossed bool
	// Name is what the younger is called.
	Name string
}

func (e *DuplicateError) Error() string {
	switch {
	case e.URL == "":
		return fmt.Sprintf("work packages %d and %d would have the same name; %d is called %s", e.Owner, e.ID, e.ID, e.Name)
	case e.Crossed:
		return fmt.Sprintf("work packages %d and %d are about one page: the source URL of one is the canonical URL of the other, %s", e.Owner, e.ID, e.URL)
	case e.Canonical:
		return fmt.Sprintf("work packages %d and %d have the same canonical URL %s", e.Owner, e.ID, e.URL)
	}
	return fmt.Sprintf("work packages %d and %d have the same source URL %s", e.Owner, e.ID, e.URL)
}

// Hint says how to mend it.
func (e *DuplicateError) Hint() string {
	return "close one of them in the tracker, or correct its source URL"
}

// Same notes that the page of a work package calls itself by this canonical
// URL. The error is a warning: a *DuplicateError naming the oldest other work
// package, by its id, that has this link. It may be called by many goroutines;
// which of two learns of the other depends on who comes first, so that Duplicates
// should be asked at the end.
func (t *Tree) Same(id int64, canonical string) error {
	if canonical == "" {
		return nil
	}
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	r.links.share(canonical, holder{id: id, canonical: true})
	if pair := r.links.pair(canonical, id); pair != nil {
		return pair
	}
	return nil
}

// Known notes the links of a work package that has a document and that nobody may
// ask to name this time. What it says of itself, by Name and Same, counts instead.
// It may be called by many goroutines.
func (t *Tree) Known(id int64, cleanURL, canonical string) {
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known[id] = [2]string{cleanURL, canonical}
	if owner, taken := r.owners[cleanURL]; !taken || id < owner {
		r.owners[cleanURL] = id
	}
}

// Knows tells whether the links of a work package are noted: told by itself, or
// known.
func (t *Tree) Knows(id int64) bool {
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	_, told := r.given[id]
	_, known := r.known[id]
	return told || known
}

// Duplicates returns the work packages that were found by Name, Same and Known to
// be about one page: each with the oldest of them, by id, and each two once. Both
// should be told of it.
func (t *Tree) Duplicates() []*DuplicateError {
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.sharedLinks().pairs()
	for _, d := range all {
		d.Name = r.given[d.ID].name
	}
	return all
}

// sharedLinks are those that several work packages have, as they told or, of those
// that have told nothing, as is known. The caller holds the lock.
func (r *register) sharedLinks() sharing {
	all := sharing{}
	for url, holders := range r.links {
		if len(holders) > 1 {
			all[url] = slices.Clone(holders)
		}
	}
	add := func(url string, h holder) {
		if all[url] == nil {
			all[url] = slices.Clone(r.links[url])
		}
		all.share(url, h)
	}
	for id, known := range r.known {
		if _, told := r.given[id]; !told {
			add(known[0], holder{id: id, source: true})
			add(known[1], holder{id: id, canonical: true})
		}
	}
	delete(all, "")
	return all
}
