package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxBody is the size in bytes above which a body is not read. A work package
// with what it embeds takes some ten kilobytes; who writes long descriptions gets
// past a hundred.
const MaxBody = 1 << 20

// PayloadError says that a body, though it may be signed, is none that can be
// understood.
type PayloadError struct{ Err error }

func (e *PayloadError) Error() string { return fmt.Sprintf("unreadable webhook: %v", e.Err) }

func (e *PayloadError) Unwrap() error { return e.Err }

// Hint says that little is lost.
func (e *PayloadError) Hint() string {
	return "nothing is lost: the next scheduled run finds the change; if it comes again, report it with the tracker's version"
}

// Parse reads a body. Of what it does not know it takes no notice; an action that
// it does not know is [Other]. Any error is a [PayloadError].
func Parse(body []byte) (Event, error) {
	if len(body) > MaxBody {
		return Event{}, &PayloadError{Err: fmt.Errorf("larger than %d bytes", MaxBody)}
	}
	var head struct {
		Action string `json:"action"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return Event{}, &PayloadError{Err: err}
	}
	if head.Action == "" {
		return Event{}, &PayloadError{Err: errors.New("it names no action")}
	}
	e := Event{Action: head.Action, Kind: kindOf(head.Action)}
	if e.Kind == Other {
		return e, nil
	}
	var p payload
	err := json.Unmarshal(body, &p)
	if err == nil {
		err = p.fill(&e)
	}
	if err != nil {
		return Event{}, &PayloadError{Err: fmt.Errorf("%s: %w", head.Action, err)}
	}
	return e, nil
}

func (p payload) fill(e *Event) error {
	e.Actor = max(p.Actor.ID, 0)
	switch {
	case e.Kind == WorkPackage && p.WorkPackage != nil:
		p.WorkPackage.fill(e)
	case e.Kind == Comment && p.Activity != nil:
		p.Activity.fill(e)
	case e.Kind == Attachment && p.Attachment != nil:
		p.Attachment.fill(e)
	default:
		return fmt.Errorf("no %s in it", e.Kind)
	}
	switch {
	case e.WorkPackage <= 0 && e.Kind != Attachment:
		return errors.New("it names no work package")
	case e.Kind == Comment && e.Activity <= 0:
		return errors.New("the comment has no id")
	case e.Kind == Attachment && e.Attachment <= 0:
		return errors.New("the attachment has no id")
	}
	return nil
}

func (w *workPackage) fill(e *Event) {
	e.WorkPackage = max(w.ID, 0)
	e.LockVersion, e.UpdatedAt = w.LockVersion, w.UpdatedAt.UTC()
	e.Type, e.Project = w.Links.Type.named(), w.Links.Project.named()
	if embedded := w.Embedded.Project; embedded.ID != 0 {
		e.Project = Named(embedded)
	}
	if embedded := w.Embedded.Type; embedded.ID != 0 {
		e.Type = Named(embedded)
	}
}

func (a *activity) fill(e *Event) {
	e.WorkPackage = a.Links.WorkPackage.id("work_packages")
	e.Activity, e.Text, e.Internal = a.ID, a.Comment.Raw, a.Internal || e.Action == "work_package_comment:internal_comment"
	e.UpdatedAt = a.UpdatedAt.UTC()
	if e.Actor == 0 {
		e.Actor = a.Links.User.id("users")
	}
}

func (a *attachment) fill(e *Event) {
	if a.ofWorkPackage() {
		a.Embedded.Container.fill(e)
		if id := a.Links.Container.id("work_packages"); id != 0 {
			e.WorkPackage = id
		}
	}
	e.Attachment = a.ID
	if e.UpdatedAt.IsZero() {
		e.UpdatedAt = a.CreatedAt.UTC()
	}
	if e.Actor == 0 {
		e.Actor = a.Links.Author.id("users")
	}
}

// ofWorkPackage tells work packages from other containers by the address, or where
// there is none by the kind of what is embedded.
func (a *attachment) ofWorkPackage() bool {
	if href := a.Links.Container.Href; href != "" {
		return strings.Contains(href, "/work_packages/")
	}
	return a.Embedded.Container.Kind == "WorkPackage"
}

// id is the number at the end of an address, if it is one of that kind.
func (l link) id(kind string) int64 {
	rest, number := cutLast(l.Href)
	if _, found := cutLast(rest); found != kind {
		return 0
	}
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

func (l link) named() Named {
	rest, _ := cutLast(l.Href)
	_, kind := cutLast(rest)
	return Named{ID: l.id(kind), Name: l.Title}
}

// cutLast parts an address before its last segment.
func cutLast(href string) (before, last string) {
	at := strings.LastIndexByte(href, '/')
	if at < 0 {
		return "", href
	}
	return href[:at], href[at+1:]
}
