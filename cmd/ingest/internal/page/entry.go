package page

import (
	"errors"
	"html/template"
	"net/http"
	"strconv"

	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline"
)

// entryData is the page of one entry.
type entryData struct {
	*desk.Entry
	Refresh  refreshData
	Preview  template.HTML
	Cut      bool // the preview is only a part of the body
	Values   []value
	Empty    []value // those that are null
	Source   []fact  // what the source page says of itself
	Warnings []pipeline.Warning
	HasImage bool
}

// entry shows one entry.
func (p *Page) entry(w http.ResponseWriter, r *http.Request) {
	e, ok := p.known(w, r)
	if !ok {
		return
	}
	data := entryData{Entry: e, Refresh: p.refreshOf(r, e), Warnings: warnings(e), HasImage: e.Image != ""}
	var err error
	if data.Preview, data.Cut, err = preview(e.Body, e.SiteURL); err != nil {
		p.fail(w, r, err)
		return
	}
	data.Values, data.Empty = values(e.Explanation)
	data.Source = facts(e.Explanation)
	v := view{Title: e.Title, Section: "entries", Data: data}
	if v.Title == "" {
		v.Title = "Work package " + strconv.FormatInt(e.ID, 10)
	}
	if data.Refresh.Waits {
		v.Wait = 2
	}
	p.render(w, r, http.StatusOK, "entry", v)
}

// known gives the entry that a path names, or answers that there is none.
func (p *Page) known(w http.ResponseWriter, r *http.Request) (*desk.Entry, bool) {
	id, ok := p.id(w, r)
	if !ok {
		return nil, false
	}
	e, err := p.desk.Entry(r.Context(), id)
	if missing, ok := errors.AsType[*desk.NotFoundError](err); ok {
		p.notKnown(w, r, id, missing)
		return nil, false
	}
	if err != nil {
		p.fail(w, r, err)
		return nil, false
	}
	return e, true
}

// id reads the id that a path names, or answers that it is none.
func (p *Page) id(w http.ResponseWriter, r *http.Request) (int64, bool) {
	text := r.PathValue("id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 || text != strconv.FormatInt(id, 10) { // an entry has one address
		p.wrong(w, r, "The id of a work package is a number, such as 3960.", "Search for the entry by its title or its address.")
		return 0, false
	}
	return id, true
}

// warnings are those of the last run, and those of the account that are not among
// them.
func warnings(e *desk.Entry) []pipeline.Warning {
	var list []pipeline.Warning
	seen := map[pipeline.Warning]bool{}
	add := func(more []pipeline.Warning) {
		for _, w := range more {
			if !seen[w] {
				seen[w] = true
				list = append(list, w)
			}
		}
	}
	add(e.Warnings)
	if e.Explanation != nil {
		add(e.Explanation.Warnings)
	}
	return list
}
