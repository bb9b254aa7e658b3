package daemon

import (
	"slices"
	"time"

	"ingest/output"
	"ingest/pipeline"
)

// What is kept in memory: runs that ended, and results of single work packages.
// The state keeps the reports of longer ago.
const (
	keptRuns    = 100
	keptReports = 5 // with their items; a night's may list a hundred thousand
	keptResults = 500
)

// Result is what last became of a work package in this process.
type Result struct {
	Run  string
	At   time.Time
	Item pipeline.ItemReport
	// Changes are the documents' texts before and after.
	Changes []output.Change
}

func resultOf(run string, e pipeline.Event) *Result {
	return &Result{Run: run, At: time.Now(), Item: e.Item, Changes: e.Changes}
}

// keep files a result, and drops the oldest.
func (d *Daemon) keep(r *Result) {
	id := r.Item.ID
	if d.results[id] != nil {
		d.recent = slices.DeleteFunc(d.recent, func(other int64) bool { return other == id })
	}
	d.results[id] = r
	d.recent = append(d.recent, id)
	if len(d.recent) > keptResults {
		delete(d.results, d.recent[0])
		d.recent = slices.Delete(d.recent, 0, 1)
	}
}

func (d *Daemon) file(r *Run) {
	d.past = append(d.past, r)
	if len(d.past) > keptRuns {
		d.past = slices.Delete(d.past, 0, 1)
	}
	if i := len(d.past) - keptReports - 1; i >= 0 && d.past[i].Report != nil {
		head := *d.past[i].Report
		head.Items, head.Links = nil, nil
		d.past[i].Report = &head
	}
}

// Runs lists the runs of this process: those that wait, the current one, and those
// that ended, the newest first.
func (d *Daemon) Runs() []Run {
	d.init()
	d.mu.Lock()
	defer d.mu.Unlock()
	var runs []Run
	for _, r := range slices.Backward(d.waiting) {
		runs = append(runs, *r)
	}
	if d.current != nil {
		runs = append(runs, *d.current)
	}
	for _, r := range slices.Backward(d.past) {
		runs = append(runs, *r)
	}
	return runs
}

// Of returns what last became of a work package in this process, and nil when that
// is not known.
func (d *Daemon) Of(id int64) *Result {
	d.init()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.results[id]
}

// Events tells what happens from now on.
func (d *Daemon) Events() *Events {
	d.init()
	return d.events
}
