package openprojecttest

import (
	"fmt"
	"slices"
)

// AddProject adds projects. Here and below, ids must be given and be new.
func (t *Tracker) AddProject(p ...Project) { addTo(t, &t.projects, p, projectID) }

// AddType adds types.
func (t *Tracker) AddType(n ...Type) { addTo(t, &t.types, n, typeID) }

// AddStatus adds statuses.
func (t *Tracker) AddStatus(s ...Status) { addTo(t, &t.statuses, s, statusID) }

// AddPriority adds priorities.
func (t *Tracker) AddPriority(p ...Priority) { addTo(t, &t.priorities, p, priorityID) }

// AddUser adds users, groups or placeholders.
func (t *Tracker) AddUser(u ...User) { addTo(t, &t.users, u, userID) }

// AddField adds custom fields.
func (t *Tracker) AddField(fields ...Field) {
	for _, f := range fields {
		internal := &field{Field: f}
		t.mu.Lock()
		for _, label := range f.Options {
			t.optionID(internal, label)
		}
		t.mu.Unlock()
		addTo(t, &t.fields, []*field{internal}, fieldID)
	}
}

func projectID(p Project) int64   { return p.ID }
func typeID(n Type) int64         { return n.ID }
func statusID(s Status) int64     { return s.ID }
func priorityID(p Priority) int64 { return p.ID }
func userID(u User) int64         { return u.ID }
func fieldID(f *field) int64      { return f.ID }

func addTo[T any](t *Tracker, to *[]T, more []T, id func(T) int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range more {
		if _, exists := byID(*to, id(one), id); exists || id(one) <= 0 {
			panic(fmt.Sprintf("openprojecttest: %T needs an id of its own, not %d", one, id(one)))
		}
		*to = append(*to, one)
	}
	t.era++
}

func byID[T any](all []T, id int64, of func(T) int64) (T, bool) {
	i := slices.IndexFunc(all, func(one T) bool { return of(one) == id })
	if i < 0 {
		var none T
		return none, false
	}
	return all[i], true
}
