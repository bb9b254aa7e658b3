package page

import (
	"cmp"
	"net/http"
	"slices"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// maxItems is how many items of one outcome a run's page lists.
const maxItems = 200

// runData is the page of one run.
type runData struct {
	*desk.Run
	Groups   []group
	Warnings []warningGroup
	Links    *pipeline.LinkReport
	Sick     []pipeline.LinkItem // links that are not well
	Cut      int                 // of Sick, not shown
}

// group is the items of one outcome.
type group struct {
	Outcome pipeline.Outcome
	Items   []pipeline.ItemReport
	Cut     int  // items that are not shown
	Open    bool // what a reader came for
}

// warningGroup is a warning with the work packages that have it.
type warningGroup struct {
	pipeline.Warning
	Items []pipeline.ItemReport
	Count int
}

// run shows one run with its report.
func (p *Page) run(w http.ResponseWriter, r *http.Request) {
	run, err := p.desk.Run(r.Context(), r.PathValue("id"))
	if unknown(err) {
		p.missing(w, r, "This run is not known here", "Only the reports of the last runs are kept. Look for it in the list of runs.")
		return
	}
	if err != nil {
		p.fail(w, r, err)
		return
	}
	data := runData{Run: run}
	if run.Report != nil {
		data.Groups, data.Warnings = groups(run.Report.Items), warningGroups(run.Report)
		if data.Links = run.Report.Links; data.Links != nil {
			data.Sick, data.Cut = sick(data.Links.Items)
		}
	}
	v := view{Title: kindWord(run.Kind), Section: "runs", Data: data}
	if run.State == daemon.Queued || run.State == daemon.Running {
		v.Wait = 3
	}
	p.render(w, r, http.StatusOK, "run", v)
}

// groups sorts items by outcome: first what failed, then what was written.
func groups(items []pipeline.ItemReport) []group {
	var list []group
	for _, o := range []pipeline.Outcome{pipeline.Failed, pipeline.Created, pipeline.Updated, pipeline.Removed, pipeline.Skipped, pipeline.Unchanged} {
		g := group{Outcome: o, Open: o != pipeline.Skipped && o != pipeline.Unchanged}
		for _, item := range items {
			if item.Outcome != o {
				continue
			}
			if len(g.Items) < maxItems {
				g.Items = append(g.Items, item)
			} else {
				g.Cut++
			}
		}
		if len(g.Items) > 0 {
			list = append(list, g)
		}
	}
	return list
}

// warningGroups joins equal warnings, the most frequent first.
func warningGroups(r *pipeline.Report) []warningGroup {
	var list []warningGroup
	at := map[pipeline.Warning]int{}
	add := func(w pipeline.Warning, item *pipeline.ItemReport) {
		i, ok := at[w]
		if !ok {
			i = len(list)
			at[w] = i
			list = append(list, warningGroup{Warning: w})
		}
		list[i].Count++
		if item != nil && len(list[i].Items) < maxItems {
			list[i].Items = append(list[i].Items, *item)
		}
	}
	for _, w := range r.Warnings {
		add(w, nil)
	}
	for i := range r.Items {
		for _, w := range r.Items[i].Warnings {
			add(w, &r.Items[i])
		}
	}
	slices.SortStableFunc(list, func(a, b warningGroup) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// sick are the links that an editor should look at.
func sick(items []pipeline.LinkItem) (list []pipeline.LinkItem, cut int) {
	for _, item := range items {
		switch {
		case item.State == linkhealth.OK || item.State == linkhealth.Undecided:
		case len(list) >= maxItems:
			cut++
		default:
			list = append(list, item)
		}
	}
	return list, cut
}
