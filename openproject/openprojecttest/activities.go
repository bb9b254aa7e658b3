package openprojecttest

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// madeID is added to a work package's id for the entry that tells of its making.
const madeID = 1_000_000_000

func (t *Tracker) activitiesOf(r *row) object {
	made := &activity{
		Activity:    Activity{ID: madeID + r.ID, User: r.Author, Version: 1, CreatedAt: r.CreatedAt},
		workPackage: r.ID,
	}
	list := []any{t.renderActivity(made)}
	for _, a := range t.activities {
		if a.workPackage == r.ID {
			list = append(list, t.renderActivity(a))
		}
	}
	return collection(list, t.href("work_packages", number(r.ID), "activities"))
}

func (t *Tracker) renderActivity(a *activity) object {
	links := object{
		"self":        object{"href": t.href("activities", number(a.ID))},
		"workPackage": t.parentLink(a.workPackage),
		"user":        t.userLink(a.User),
	}
	kind, details := "Activity::Comment", []any{}
	if a.changed || a.Comment == "" {
		details = append(details, formattable("custom", "The work package was changed"))
	}
	if a.Comment == "" {
		kind = "Activity"
	} else if t.mayEdit(a) {
		links["update"] = object{"href": t.href("activities", number(a.ID)), "method": "patch"}
	}
	return object{
		"_type": kind, "id": a.ID, "comment": formattable("markdown", a.Comment), "details": details,
		"version": a.Version, "internal": a.Internal,
		"createdAt": t.stamp(a.CreatedAt), "updatedAt": t.stamp(later(a.CreatedAt, a.UpdatedAt)), "_links": links,
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// mayEdit tells that a comment is one's own.
func (t *Tracker) mayEdit(a *activity) bool {
	return !t.opts.ReadOnly && a.User == t.opts.User.ID
}

func (t *Tracker) getActivity(v viewer, id int64) answer {
	a, found := t.visibleActivity(v, number(id))
	if !found {
		return notFound()
	}
	return ok(t.renderActivity(a))
}

func (t *Tracker) visibleActivity(v viewer, id string) (*activity, bool) {
	i := slices.IndexFunc(t.activities, func(a *activity) bool { return number(a.ID) == id })
	if i < 0 {
		return nil, false
	}
	_, found := t.visibleRow(v, number(t.activities[i].workPackage))
	return t.activities[i], found
}

// comment is the body of a comment, new or changed.
type comment struct {
	Comment struct {
		Raw string `json:"raw"`
	} `json:"comment"`
	Internal bool `json:"internal"`
}

func (t *Tracker) readComment(v viewer, r *http.Request) (comment, *answer) {
	var c comment
	if t.opts.ReadOnly || v.anonymous {
		refusal := forbidden()
		return c, &refusal
	}
	if refusal := readBody(r, &c); refusal != nil {
		return c, refusal
	}
	if strings.TrimSpace(c.Comment.Raw) == "" {
		refusal := invalid([]object{errorObject("PropertyConstraintViolation", "Comment can't be blank.", "comment")})
		return c, &refusal
	}
	return c, nil
}

func readBody(r *http.Request, to any) *answer {
	body, err := io.ReadAll(io.LimitReader(r.Body, 16<<20))
	if err == nil {
		err = decodeJSON(string(body), to)
	}
	if err != nil {
		refusal := refuse(http.StatusBadRequest, "InvalidRequestBody", "The request body was not a single JSON object.")
		return &refusal
	}
	return nil
}

func (t *Tracker) postComment(v viewer, r *http.Request) answer {
	w, found := t.visibleRow(v, r.PathValue("id"))
	if !found || r.PathValue("sub") != "activities" {
		return notFound()
	}
	c, refusal := t.readComment(v, r)
	if refusal != nil {
		return *refusal
	}
	a := &activity{workPackage: w.ID, Activity: Activity{
		Comment: c.Comment.Raw, Internal: c.Internal, User: t.opts.User.ID, Version: w.LockVersion + 2,
		CreatedAt: t.opts.Now().Truncate(time.Millisecond), Notified: notifies(r),
	}}
	if newest := t.newest(w.ID); t.opts.MergeComments && newest != nil && newest.User == a.User && newest.Comment == "" {
		newest.Comment, newest.Internal, newest.Notified, newest.changed = a.Comment, a.Internal, a.Notified, true
		t.commented(w, newest)
		merged := t.renderActivity(newest)
		delete(merged["_links"].(object), "user") //nolint:forcetypeassert // rendered just now
		return answered(http.StatusCreated, merged)
	}
	if t.opts.CommentsTouch {
		a.Version++
	}
	a.ID = t.nextID()
	t.comment(w, a)
	return answered(http.StatusCreated, t.renderActivity(a))
}

// notifies reads the switch that is on unless it is turned off (API.md 8).
func notifies(r *http.Request) bool { return r.URL.Query().Get("notify") != "false" }

// newest is the latest entry of a history that is kept.
func (t *Tracker) newest(workPackage int64) *activity {
	for _, a := range slices.Backward(t.activities) {
		if a.workPackage == workPackage {
			return a
		}
	}
	return nil
}

// comment keeps a new comment.
func (t *Tracker) comment(w *row, a *activity) {
	t.activities = append(t.activities, a)
	t.commented(w, a)
}

// commented is what follows from a comment.
func (t *Tracker) commented(w *row, a *activity) {
	action := "work_package_comment:comment"
	if a.Internal {
		action = "work_package_comment:internal_comment"
	}
	t.emit(action, "activity", func() object { return t.renderActivity(a) }, a.User)
	if t.opts.CommentsTouch {
		t.touch(w)
		t.emitWorkPackage("updated", w, a.User)
	}
}

func (t *Tracker) patchComment(v viewer, r *http.Request) answer {
	a, found := t.visibleActivity(v, r.PathValue("id"))
	if !found {
		return notFound()
	}
	c, refusal := t.readComment(v, r)
	if refusal != nil {
		return *refusal
	}
	if !t.mayEdit(a) {
		return forbidden()
	}
	a.Comment, a.UpdatedAt = c.Comment.Raw, t.opts.Now()
	return ok(t.renderActivity(a))
}
