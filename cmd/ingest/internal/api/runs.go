package api

import (
	"net/http"
	"net/url"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// RunOrder is the body of a request for a run.
type RunOrder struct {
	Kind   daemon.Kind `json:"kind,omitempty"` // none is named with ids, else incremental
	Full   bool        `json:"full,omitempty"` // short for the kind full
	IDs    []int64     `json:"ids,omitempty"`
	DryRun bool        `json:"dry_run,omitempty"`
}

// RunList is the answer to a request for runs.
type RunList struct {
	Runs []desk.Run `json:"runs"`
}

func (a *api) askRun(w http.ResponseWriter, r *http.Request) {
	var order RunOrder
	if _, err := query(r); err != nil {
		a.fail(w, r, err)
		return
	}
	if err := read(w, r, &order); err != nil {
		a.fail(w, r, err)
		return
	}
	if order.IDs != nil && len(order.IDs) == 0 { // a program that found none does not mean the whole query
		a.fail(w, r, refused("ids is empty", "name at least one work package, or leave ids out for a run over the query"))
		return
	}
	if order.Full && order.Kind != "" && order.Kind != daemon.Full {
		a.fail(w, r, refused("a full run cannot be "+string(order.Kind), "give kind or full"))
		return
	}
	if order.Full {
		order.Kind = daemon.Full
	}
	run, err := a.Desk.AskRun(r.Context(), desk.Order{Kind: order.Kind, IDs: order.IDs, DryRun: order.DryRun, Trigger: hint.API}, who(r))
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Location", "/api/v1/runs/"+url.PathEscape(run.ID))
	a.answer(w, r, http.StatusAccepted, run)
}

func (a *api) listRuns(w http.ResponseWriter, r *http.Request) {
	values, err := query(r, "limit")
	if err != nil {
		a.fail(w, r, err)
		return
	}
	limit, err := number("limit", values.Get("limit"), desk.MaxRuns)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	runs, err := a.Desk.Runs(r.Context(), limit)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.answer(w, r, http.StatusOK, RunList{Runs: runs})
}

func (a *api) showRun(w http.ResponseWriter, r *http.Request) {
	if _, err := query(r); err != nil {
		a.fail(w, r, err)
		return
	}
	run, err := a.Desk.Run(r.Context(), r.PathValue("id"))
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.answer(w, r, http.StatusOK, run)
}

// who names the person or program that asks.
func who(r *http.Request) string {
	p, _ := access.From(r.Context())
	return p.Name
}
