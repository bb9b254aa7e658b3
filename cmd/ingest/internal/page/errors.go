package page

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// notice is a page that says one thing.
type notice struct{ Text, Advice string }

func (p *Page) notice(w http.ResponseWriter, r *http.Request, status int, title, text, advice string) {
	p.render(w, r, status, "notice", view{Title: title, Data: notice{text, advice}})
}

// notFound says that there is no such page.
func (p *Page) notFound(w http.ResponseWriter, r *http.Request) {
	p.missing(w, r, "There is no such page", "Search for what you are looking for, or begin at the overview.")
}

func (p *Page) missing(w http.ResponseWriter, r *http.Request, title, advice string) {
	p.notice(w, r, http.StatusNotFound, title, "", advice)
}

// wrong says what was wrong with a request.
func (p *Page) wrong(w http.ResponseWriter, r *http.Request, text, advice string) {
	p.notice(w, r, http.StatusBadRequest, "This request cannot be understood", text, advice)
}

// patience is how long the page of a work package that was just asked for waits for
// it to be known.
const patience = time.Minute

// newcomer is a work package that is not known.
type newcomer struct {
	ID    int64
	Asked bool        // it is to be looked at
	Delay *desk.Delay // why that does not begin
	// Last is what came of the last look at it; nil when there was none.
	Last *desk.Last
}

// notKnown offers to have a work package looked at that no run has seen, and waits
// for it when that has been asked for.
func (p *Page) notKnown(w http.ResponseWriter, r *http.Request, id int64, missing *desk.NotFoundError) {
	v := view{Title: "Work package " + strconv.FormatInt(id, 10) + " is not known here", Section: "entries"}
	data := newcomer{ID: id, Delay: missing.Pending.Delay, Last: missing.Last}
	asked, ok := askedAt(r)
	recent := ok && p.now().Sub(asked).Abs() < patience && (data.Last == nil || data.Last.At.Before(asked))
	if recent || missing.Pending.Waiting || missing.Pending.Running {
		data.Asked, v.Reload = true, 2
	}
	v.Data = data
	p.render(w, r, http.StatusNotFound, "newcomer", v)
}

// unknown says whether a thing was asked for that is not there.
func unknown(err error) bool {
	_, ok := errors.AsType[*desk.NotFoundError](err)
	return ok
}

// advised is an error that a person can mend.
type advised interface {
	error
	Hint() string
}

// fail answers an error of the desk. One that is about the request is for the
// reader; the others are for the log, since they tell of files and addresses.
func (p *Page) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody reads it
	}
	if status, told := forReader(err); told != nil {
		p.notice(w, r, status, "That could not be done", told.Error()+".", told.Hint()+".")
		return
	}
	p.log.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "error", err)
	p.notice(w, r, http.StatusInternalServerError, "Something went wrong here",
		"The service could not answer. The reason is in its log.", "Try again in a moment; tell the operator if it stays.")
}

// forReader gives an error that is about the request, with its status.
func forReader(err error) (status int, told advised) {
	if e, ok := errors.AsType[*desk.NotFoundError](err); ok {
		return http.StatusNotFound, e
	}
	if e, ok := errors.AsType[*desk.OrderError](err); ok {
		return http.StatusBadRequest, e
	}
	if e, ok := errors.AsType[*desk.FullError](err); ok {
		return http.StatusServiceUnavailable, e
	}
	if e, ok := errors.AsType[*hint.FullError](err); ok {
		return http.StatusServiceUnavailable, e
	}
	return 0, nil
}

// name is who asks, for the record of a run.
func name(r *http.Request) string {
	who, _ := access.From(r.Context())
	return who.Name
}
