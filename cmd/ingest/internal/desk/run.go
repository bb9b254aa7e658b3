package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
)

// Bounds of a list of runs.
const (
	DefaultRuns = 50
	MaxRuns     = 200
)

// Runs lists the last runs without their reports: those of this process, the newest
// first, then those that the state remembers of before, and of other processes.
func (d *Desk) Runs(ctx context.Context, limit int) ([]Run, error) {
	if limit < 1 {
		limit = DefaultRuns
	}
	limit = min(limit, MaxRuns)
	own := d.Daemon.Runs()
	runs := make([]Run, 0, limit)
	for _, r := range own[:min(len(own), limit)] {
		runs = append(runs, runOf(r))
	}
	heads, err := d.Shelf.RunHeads(ctx, limit)
	if err != nil {
		return nil, err
	}
	for _, head := range heads {
		if len(runs) < limit && !filed(own, head) {
			runs = append(runs, remembered(head))
		}
	}
	return runs, nil
}

// Run gives a run with its report, if it has ended. The error is a *NotFoundError
// for one that is not known, or not any more.
func (d *Desk) Run(ctx context.Context, id string) (*Run, error) {
	for _, r := range d.Daemon.Runs() {
		if r.ID != id {
			continue
		}
		run := runOf(r)
		report := r.Report
		if report != nil && report.Items == nil { // the daemon keeps the heads of older ones
			var err error
			if report, err = d.Shelf.FindRun(ctx, func(head *pipeline.Report) bool { return head.ID == id }); err != nil {
				return nil, err
			}
		}
		run.Report = whole(report)
		return &run, nil
	}
	report, err := d.Shelf.FindRun(ctx, func(head *pipeline.Report) bool { return idOf(head) == id })
	if err != nil {
		return nil, err
	}
	if report == nil {
		return nil, &NotFoundError{Kind: "run", Name: id, Help: "the last runs are listed; reports of long ago are dropped"}
	}
	run := remembered(report)
	run.Report = whole(report)
	return &run, nil
}

// runOf shows a run of the daemon.
func runOf(r daemon.Run) Run {
	run := Run{ID: r.ID, Kind: r.Kind, State: r.State, Trigger: string(r.Trigger), By: r.By, DryRun: r.DryRun, Finished: r.Finished,
		Asked: instant(r.Asked), Started: instant(r.Started), Ended: instant(r.Ended), Error: plain(r.Error), Hint: r.Advice}
	if r.Report != nil {
		run.Counts = maps.Clone(r.Report.Counts)
	}
	return run
}

// remembered shows a report of the state.
func remembered(report *pipeline.Report) Run {
	r := Run{ID: idOf(report), Kind: daemon.Kind(report.Kind), State: daemon.Done, Trigger: report.Trigger, DryRun: report.DryRun, Counts: report.Counts,
		Started: instant(report.Started), Ended: instant(report.Started.Add(time.Duration(report.Duration))), Error: plain(report.Error), Hint: report.Hint}
	if report.Error != "" || report.Interrupted {
		r.State = daemon.Stopped
	}
	for _, n := range report.Counts {
		r.Finished += n
	}
	return r
}

// idOf names a run that the state remembers. One that no daemon has named goes by
// its time.
func idOf(report *pipeline.Report) string {
	return cmp.Or(report.ID, report.Started.UTC().Format("20060102T150405.000000000"))
}

// filed says whether a report is that of one of the daemon's runs.
func filed(own []daemon.Run, report *pipeline.Report) bool {
	return slices.ContainsFunc(own, func(r daemon.Run) bool { return r.ID == report.ID })
}

// instant is a time, nil for the zero one.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
