package main

import (
	"context"
	"errors"
	"io"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/enrich"
	"ingest/openproject"
	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/adopt"
)

// find says whose the files are, and writes the ids that were asked for.
func (f *adoptFlags) find(ctx context.Context, w world, c *config.Config, report *adopt.Report) (err error) {
	template, err := readArchetype(c.Output)
	if err != nil {
		return err
	}
	if err := checkOwned(template, c.Output.Owner, f.run.takeTracker); err != nil {
		return err
	}
	tracker, err := newTracker(c.Tracker, w.logger(&f.run))
	if err != nil {
		return err
	}
	defer tracker.Close()
	cleaner, err := newCleaner(c.Links)
	if err != nil {
		return err
	}
	survey, err := output.Look(c.Output.ContentDir, output.Options{IDKey: template.Document().ID})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, survey.Close()) }()
	if err := checkFields(ctx, tracker, c.Tracker); err != nil {
		return err
	}
	p := &pipeline.Pipeline{Source: tracker, Fields: c.Tracker.Fields, First: []pipeline.Step{enrich.Clean{Cleaner: cleaner}}}
	finder := &adopt.Finder{Survey: survey, Clean: p.CleanLink, Show: func(file string) string { return below(c.Dir, file) }}
	query := openproject.Query{Project: c.Tracker.Project, Types: c.Tracker.Types, Statuses: c.Tracker.Statuses}
	if err := finder.Find(ctx, report, p.Sourced(ctx, query)); err != nil || !f.writeIDs {
		return err
	}
	if !f.dryRun {
		return finder.WriteIDs(ctx, report)
	}
	return finder.PlanIDs(ctx, report, func(change output.Change) error { return f.showDiff(w, c, change) })
}

// showDiff prints what would change in one file, if that was asked for.
func (f *adoptFlags) showDiff(w world, c *config.Config, change output.Change) error {
	if !f.diff {
		return nil
	}
	change.File = below(c.Dir, change.File)
	if f.run.report == "-" {
		return console.Diff(w.stderr, []output.Change{change}, w.terminal)
	}
	return console.Diff(w.stdout, []output.Change{change}, w.screen)
}

// preview lets the pipeline run over the tree without writing.
func (f *adoptFlags) preview(ctx context.Context, w world, c *config.Config, report *adopt.Report) error {
	watch := &adopt.Watch{}
	run, err := execute(ctx, w, c, &f.run, func(r *rooms) (*pipeline.Report, error) {
		watch.Sink = r.pipeline.Sink
		r.pipeline.Sink, r.pipeline.Adopted = watch, report.Started
		if f.noPages {
			r.pipeline.Steps = []pipeline.Step{unvisited{}, enrich.Inline{Tracker: c.Tracker.URL, Spool: r.spool}}
		}
		watcher := r.watch(w, &f.run, report.WorkPackages)
		if !f.diff {
			watcher.diffs = io.Discard
		}
		run, err := r.pipeline.Run(ctx, pipeline.Selection{Query: r.query, Full: true})
		return run, errors.Join(err, watcher.end())
	})
	report.Preview = watch.Preview(run)
	for _, warning := range run.Warnings {
		if warning.Step != "tree" && warning.Step != "name" { // those are found already
			report.Warnings = append(report.Warnings, warning)
		}
	}
	return err
}

// unvisited stands for the steps that visit the source: it is as if nothing
// answered, so that values made of it stay.
type unvisited struct{}

// Name says which steps it stands for.
func (unvisited) Name() string { return "no pages" }

// Apply takes over what an earlier visit found and loses the rest.
func (unvisited) Apply(_ context.Context, it *enrich.Item) error {
	if it.Previous != nil {
		it.Restore(it.Previous)
	}
	it.Lose(enrich.PartPage, enrich.PartImage, enrich.PartPDF, enrich.PartIcon)
	return nil
}
