package api

import (
	"fmt"
	"net/http"

	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// Refreshed is the answer to a refresh.
type Refreshed struct {
	ID      int64        `json:"id"`
	Pending desk.Pending `json:"pending"`
}

func (a *api) listEntries(w http.ResponseWriter, r *http.Request) {
	f, err := filter(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	list, err := a.Desk.Entries(r.Context(), f)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.answer(w, r, http.StatusOK, list)
}

// filter reads which entries are asked for.
func filter(r *http.Request) (f desk.Filter, err error) {
	values, err := query(r, "state", "q", "page", "per_page", "dead", "duplicates")
	if err != nil {
		return f, err
	}
	f.State, f.Text = desk.State(values.Get("state")), values.Get("q")
	if f.Page, err = number("page", values.Get("page"), desk.MaxPage); err != nil {
		return f, err
	}
	if f.PerPage, err = number("per_page", values.Get("per_page"), desk.MaxPerPage); err != nil {
		return f, err
	}
	if f.Dead, err = yes("dead", values.Get("dead")); err != nil {
		return f, err
	}
	f.Duplicates, err = yes("duplicates", values.Get("duplicates"))
	return f, err
}

func (a *api) showEntry(w http.ResponseWriter, r *http.Request) {
	id, err := entryID(r)
	if err == nil {
		_, err = query(r)
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	entry, err := a.Desk.Entry(r.Context(), id)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.answer(w, r, http.StatusOK, entry)
}

func (a *api) refresh(w http.ResponseWriter, r *http.Request) {
	id, err := entryID(r)
	if err == nil {
		_, err = query(r)
	}
	if err == nil {
		err = read(w, r, &struct{}{})
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	pending, err := a.Desk.Refresh(r.Context(), id, hint.API, who(r))
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Location", fmt.Sprintf("/api/v1/entries/%d", id))
	a.answer(w, r, http.StatusAccepted, Refreshed{ID: id, Pending: pending})
}
