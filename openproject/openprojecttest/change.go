package openprojecttest

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// Add adds a work package and returns its id.
func (t *Tracker) Add(w WorkPackage) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w.ID == 0 {
		w.ID = t.nextID()
	}
	t.lastID = max(t.lastID, w.ID)
	if w.CreatedAt.IsZero() {
		w.CreatedAt = t.opts.Now()
	}
	if w.UpdatedAt.IsZero() {
		w.UpdatedAt = w.CreatedAt
	}
	w.Project = orFirst(w.Project, t.projects, projectID)
	w.Type = orFirst(w.Type, t.types, typeID)
	w.Status = orFirst(w.Status, t.statuses, statusID)
	w.Priority = orFirst(w.Priority, t.priorities, priorityID)
	w.Author = orFirst(w.Author, t.users, userID)
	w.Fields = maps.Clone(w.Fields)
	r := &row{WorkPackage: w}
	t.mustFit(r)
	i, exists := t.find(w.ID)
	if exists {
		panic(fmt.Sprintf("openprojecttest: work package %d exists", w.ID))
	}
	t.rows = slices.Insert(t.rows, i, r)
	t.emitWorkPackage("created", r, r.Author)
	return w.ID
}

// Update changes a work package the way an editor does: its lock version grows
// and its updatedAt becomes now. It tells whether the work package exists.
func (t *Tracker) Update(id int64, change func(*WorkPackage)) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i, ok := t.find(id)
	if !ok {
		return false
	}
	r := t.rows[i]
	r.Fields = maps.Clone(r.Fields)
	change(&r.WorkPackage)
	r.ID = id
	t.touch(r)
	t.mustFit(r)
	t.emitWorkPackage("updated", r, t.editor())
	return true
}

// Delete removes a work package with its files and history. It tells whether it
// existed.
func (t *Tracker) Delete(id int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i, ok := t.find(id)
	if ok {
		t.rows = slices.Delete(t.rows, i, i+1)
		t.files = slices.DeleteFunc(t.files, func(f *file) bool { return f.workPackage == id })
		t.activities = slices.DeleteFunc(t.activities, func(a *activity) bool { return a.workPackage == id })
	}
	return ok
}

// AddAttachment adds a file to a work package and returns the file's id.
func (t *Tracker) AddAttachment(workPackage int64, a Attachment) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mustHave(workPackage)
	if a.ID == 0 {
		a.ID = t.nextID()
	}
	t.lastID = max(t.lastID, a.ID)
	if a.CreatedAt.IsZero() {
		a.CreatedAt = t.opts.Now()
	}
	a.Author = orFirst(a.Author, t.users, userID)
	f := &file{Attachment: a, workPackage: workPackage}
	t.files = append(t.files, f)
	t.emit("attachment:created", "attachment", func() object { return t.attachmentEvent(f) }, a.Author)
	return a.ID
}

// AddComment adds a comment the way an editor does and returns its id. A comment
// without user is by the first there is beside the user of the key.
func (t *Tracker) AddComment(workPackage int64, a Activity) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.mustHave(workPackage)
	if a.ID == 0 {
		a.ID = t.nextID()
	}
	t.lastID = max(t.lastID, a.ID)
	if a.User == 0 {
		a.User = t.editor()
	}
	if a.CreatedAt.IsZero() {
		a.CreatedAt = t.opts.Now()
	}
	t.comment(r, &activity{Activity: a, workPackage: workPackage})
	return a.ID
}

// mustHave finds the work package that a fixture adds something to.
func (t *Tracker) mustHave(workPackage int64) *row {
	i, ok := t.find(workPackage)
	if !ok {
		panic(fmt.Sprintf("openprojecttest: no work package %d to add this to", workPackage))
	}
	return t.rows[i]
}

// editor is the first user beside that of the key; 0 if there is none.
func (t *Tracker) editor() int64 {
	for _, u := range t.users {
		if u.ID != t.opts.User.ID && u.kind() == "users" {
			return u.ID
		}
	}
	return 0
}

// Get returns a copy of a work package in its present state.
func (t *Tracker) Get(id int64) (WorkPackage, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i, ok := t.find(id)
	if !ok {
		return WorkPackage{}, false
	}
	w := t.rows[i].WorkPackage
	w.Fields = maps.Clone(w.Fields)
	return w, true
}

// Comments returns the comments of a work package, oldest first.
func (t *Tracker) Comments(workPackage int64) []Activity {
	t.mu.Lock()
	defer t.mu.Unlock()
	var comments []Activity
	for _, a := range t.activities {
		if a.workPackage == workPackage && a.Comment != "" {
			comments = append(comments, a.Activity)
		}
	}
	return comments
}

func (t *Tracker) nextID() int64 {
	t.lastID++
	return t.lastID
}

func (t *Tracker) touch(r *row) {
	r.LockVersion++
	r.UpdatedAt = t.opts.Now()
	r.wire = nil
}

// find returns the place of a work package in rows, which are sorted by id.
func (t *Tracker) find(id int64) (int, bool) {
	return slices.BinarySearchFunc(t.rows, id, func(r *row, id int64) int { return int(r.ID - id) })
}

func orFirst[T any](id int64, all []T, of func(T) int64) int64 {
	if id == 0 && len(all) > 0 {
		return of(all[0])
	}
	return id
}

// mustFit panics on references that lead nowhere, and makes list entries that
// are used for the first time.
func (t *Tracker) mustFit(r *row) {
	known := func(kind string, id int64, ok bool) {
		if !ok {
			panic(fmt.Sprintf("openprojecttest: work package %d: no %s %d", r.ID, kind, id))
		}
	}
	_, ok := byID(t.projects, r.Project, projectID)
	known("project", r.Project, ok)
	_, ok = byID(t.types, r.Type, typeID)
	known("type", r.Type, ok)
	_, ok = byID(t.statuses, r.Status, statusID)
	known("status", r.Status, ok)
	for name := range r.Fields {
		i := slices.IndexFunc(t.fields, func(f *field) bool { return f.Name == name || f.key() == name })
		known("custom field "+name+" of", r.ID, i >= 0)
		t.makeOptions(t.fields[i], r.Fields[name])
	}
}

// makeOptions adds the entries that a list does not have yet.
func (t *Tracker) makeOptions(f *field, v any) {
	for _, one := range asList(v) {
		if label, isLabel := one.(string); isLabel && (f.Format == List || f.Format == Hierarchy) {
			t.optionID(f, label)
		}
	}
}

// optionID is the id of a list entry, which is made if it is new.
func (t *Tracker) optionID(f *field, label string) int64 {
	for _, o := range f.options {
		if o.label == label {
			return o.id
		}
	}
	o := option{id: 200 + t.nextID(), label: label}
	f.options = append(f.options, o)
	return o.id
}

func digestOf(content []byte) string {
	sum := md5.Sum(content)
	return hex.EncodeToString(sum[:])
}
