package desk

import (
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
		if len(runs) < limit && !filed(own, head.Started) {
			runs = append(runs, remembered(head))
		}
	}
	return runs, nil
}

// Run gives a run with its report, if it has ended. The error is a *NotFoundError
// for one that is not known, or not any more.
func (d *Desk) Run(ctx context.Context, id string) (*Run, error) {
	for _, r := range d.Daemon.Runs() {
		if r.ID == id {
			run := runOf(r)
			run.Report = whole(r.Report)
			return &run, nil
		}
	}
	unknown := &NotFoundError{"run", id, "the last runs are listed; reports of long ago are dropped"}
	started, err := time.Parse(idLayout, id)
	if err != nil {
		return nil, unknown
	}
	report, err := d.Shelf.RunAt(ctx, started)
	if err != nil {
		return nil, err
	}
	if report == nil {
		return nil, unknown
	}
	run := remembered(report)
	run.Report = whole(report)
	return &run, nil
}

// runOf shows a run of the daemon.
func runOf(r daemon.Run) Run {
	run := Run{ID: r.ID, Kind: r.Kind, State: r.State, Trigger: string(r.Trigger), By: r.By, DryRun: r.DryRun, Finished: r.Finished,
		Asked: instant(r.Asked), Started: instant(r.Started), Ended: instant(r.Ended), Error: r.Error, Hint: r.Advice}
	if r.Report != nil {
		run.Counts = maps.Clone(r.Report.Counts)
	}
	return run
}

// remembered shows a report of the state. It does not say what kind of run it was,
// nor who asked for it.
func remembered(report *pipeline.Report) Run {
	r := Run{ID: idOf(report.Started), State: daemon.Done, DryRun: report.DryRun, Counts: report.Counts, Error: report.Error, Hint: report.Hint,
		Started: instant(report.Started), Ended: instant(report.Started.Add(time.Duration(report.Duration)))}
	if report.Error != "" || report.Interrupted {
		r.State = daemon.Stopped
	}
	for _, n := range report.Counts {
		r.Finished += n
	}
	return r
}

// idLayout makes the names of runs that only the state remembers: reports do not
// hold the name that a daemon gave its run.
const idLayout = "20060102T150405.000000000"

func idOf(started time.Time) string { return started.UTC().Format(idLayout) }

// filed says whether the report of a run that began at a time is that of one of the
// daemon's, or of the one at hand, which is remembered before the daemon files it.
func filed(own []daemon.Run, started time.Time) bool {
	return slices.ContainsFunc(own, func(r daemon.Run) bool { return isOf(r, started) })
}

func isOf(r daemon.Run, started time.Time) bool {
	return r.Report != nil && r.Report.Started.Equal(started) || r.State == daemon.Running && !started.Before(r.Started)
}

// named is the name of the run whose report began at a time.
func named(own []daemon.Run, started time.Time) string {
	if i := slices.IndexFunc(own, func(r daemon.Run) bool { return isOf(r, started) }); i >= 0 {
		return own[i].ID
	}
	return idOf(started)
}

// whole is a report in which nothing is null. The daemon's own stays as it is.
func whole(report *pipeline.Report) *pipeline.Report {
	if report == nil {
		return nil
	}
	r := *report
	r.Warnings = slices.Concat([]pipeline.Warning{}, r.Warnings)
	r.Items = slices.Concat([]pipeline.ItemReport{}, r.Items)
	for i := range r.Items {
		r.Items[i] = wholeItem(r.Items[i])
	}
	return &r
}

func wholeItem(item pipeline.ItemReport) pipeline.ItemReport {
	if item.Files == nil {
		item.Files = []pipeline.File{}
	}
	if item.Warnings == nil {
		item.Warnings = []pipeline.Warning{}
	}
	return item
}

// instant is a time, nil for the zero one.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

