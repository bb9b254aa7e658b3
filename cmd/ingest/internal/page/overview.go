package page

import (
	"cmp"
	"net/http"
	"slices"

	"ingest/cmd/ingest/internal/desk"
)

// overviewData is the first page.
type overviewData struct {
	desk.Overview
	Tiles []tile
}

// tile is a state with how many entries are in it.
type tile struct {
	State desk.State
	Count int
}

// overview shows what needs attention, then what is going on.
func (p *Page) overview(w http.ResponseWriter, r *http.Request) {
	o, err := p.desk.Overview(r.Context())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	failedFirst(o.Attention)
	data := overviewData{Overview: o}
	for _, s := range states() {
		data.Tiles = append(data.Tiles, tile{s, o.Counts[s]})
	}
	p.render(w, r, http.StatusOK, "overview", view{Title: "Overview", Section: "overview", Data: data})
}

// states lists the states in the order in which they matter.
func states() []desk.State {
	return []desk.State{desk.Failed, desk.Attention, desk.Published, desk.Skipped, desk.Gone}
}

// failedFirst puts the failed entries before the others, and leaves the order else.
func failedFirst(entries []desk.Summary) {
	rank := func(s desk.Summary) int {
		if s.State == desk.Failed {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(entries, func(a, b desk.Summary) int { return cmp.Compare(rank(a), rank(b)) })
}
