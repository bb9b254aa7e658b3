package page

import (
	"net/http"
	"net/url"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// shownRuns is how many runs are listed.
const shownRuns = 50

// runsData is the list of runs.
type runsData struct {
	Runs []desk.Run
	Next []daemon.Upcoming
}

// runs lists the last runs, with a form to start one.
func (p *Page) runs(w http.ResponseWriter, r *http.Request) {
	runs, err := p.desk.Runs(r.Context(), shownRuns)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.render(w, r, http.StatusOK, "runs", view{Title: "Runs", Section: "runs", Data: runsData{runs, p.desk.Upcoming()}})
}

// askRun starts a run and leads to its page.
func (p *Page) askRun(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		p.wrong(w, r, "The form could not be read.", "Go back and send it again.")
		return
	}
	order := desk.Order{Kind: daemon.Kind(r.PostForm.Get("kind")), DryRun: r.PostForm.Get("dry_run") != "", Trigger: hint.Page}
	switch order.Kind {
	case daemon.Incremental, daemon.Full:
	case daemon.Links:
		order.DryRun = false // it writes no files
	default:
		p.wrong(w, r, "There is no such kind of run.", "Choose one from the list.")
		return
	}
	run, err := p.desk.AskRun(r.Context(), order, name(r))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/runs/"+url.PathEscape(run.ID), http.StatusSeeOther)
}
