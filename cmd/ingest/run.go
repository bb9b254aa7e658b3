package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/cmd/ingest/internal/monitor/metrics"
	"ingest/pipeline"
)

// runFlags are the flags of ingest itself.
type runFlags struct {
	config  string
	given   bool // config was named on the command line
	verbose int
	quiet   bool // log nothing but what ends the run; the report says it all
	ids     []int64
	since   string
	dryRun  bool
	report  string
	workers int
	full    bool
	// takeTracker are the keys on which the tracker decides in this run.
	takeTracker []string
	// store is open already; the run neither opens nor closes it. texts keeps the
	// documents before and after with what the run tells of them.
	store pipeline.Store
	texts bool
	run   string // names the run in the logs of a service
	// metrics counts what a run of the service asks for; nil counts nothing.
	metrics *metrics.Metrics
}

func (f *runFlags) register(cmd *cobra.Command) {
	f.registerCommon(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.since, "since", "", "only work packages updated since `time`: 2026-01-31, an RFC 3339 time, or an age such as 36h")
	flags.BoolVar(&f.full, "full", false, "look at every work package anew, whatever is remembered")
	flags.StringSliceVar(&f.takeTracker, "take-tracker", nil, "let the tracker decide on these front-matter `keys` (or body, assets) where a hand has changed them too")
	flags.IntVar(&f.workers, "workers", 0, "work on `n` work packages at once (default from the configuration)")
}

// registerCommon registers the flags of every command that writes documents.
func (f *runFlags) registerCommon(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Int64SliceVar(&f.ids, "wp", nil, "only this work package, by `id`; may be given several times")
	flags.BoolVar(&f.dryRun, "dry-run", false, "write nothing; print what would change as a unified diff")
	f.registerReport(cmd)
}

func (f *runFlags) registerReport(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.report, "report", "", "write the report as JSON to `file`, - for standard output")
}

// prepare checks the flags and reads the configuration.
func (f *runFlags) prepare(w world) (s pipeline.Selection, c *config.Config, err error) {
	if s, err = f.selection(time.Now()); err == nil {
		c, err = f.load(w)
	}
	return s, c, err
}

// load reads the configuration. The report tells of one that cannot be: that of last
// night must not stand for this one.
func (f *runFlags) load(w world) (*config.Config, error) {
	c, err := config.Load(f.config, w.lookupEnv)
	if err != nil {
		return nil, errors.Join(err, f.write(w, pipeline.Stopped(time.Now(), err)))
	}
	c.Workers = cmp.Or(f.workers, c.Workers)
	return c, nil
}

// selection checks the flags and gathers those that choose work packages.
func (f *runFlags) selection(now time.Time) (s pipeline.Selection, err error) {
	for _, id := range f.ids {
		if id < 1 {
			return s, &usageError{fmt.Errorf("--wp %d: ids of work packages are positive", id)}
		}
	}
	if f.workers < 0 || f.workers > config.MaxWorkers {
		return s, &usageError{fmt.Errorf("--workers %d is not between 1 and %d", f.workers, config.MaxWorkers)}
	}
	if len(f.ids) > 0 && f.since != "" {
		return s, &usageError{errors.New("--wp and --since exclude each other")}
	}
	if s.Full = f.full; f.full && (len(f.ids) > 0 || f.since != "") {
		return s, &usageError{errors.New("--full looks at everything; it excludes --wp and --since")}
	}
	for _, id := range f.ids {
		if !slices.Contains(s.IDs, id) {
			s.IDs = append(s.IDs, id)
		}
	}
	if f.since != "" {
		s.Query.UpdatedSince, err = parseSince(f.since, now)
	}
	return s, err
}

// parseSince reads a moment: RFC 3339, a day (its beginning, UTC), or an age.
func parseSince(text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	if age, err := time.ParseDuration(text); err == nil && age > 0 {
		return now.Add(-age), nil
	}
	return time.Time{}, &usageError{fmt.Errorf("--since %q is neither a day (2026-01-31), an RFC 3339 time nor an age (36h)", text)}
}

func runIngest(ctx context.Context, w world, f *runFlags) error {
	selection, c, err := f.prepare(w)
	if err != nil {
		return err
	}
	report, runErr := ingest(ctx, w, c, selection, f)
	return f.conclude(w, report, runErr)
}

// conclude shows the report and says how the command ends.
func (f *runFlags) conclude(w world, report *pipeline.Report, runErr error) error {
	if err := f.show(w, report); err != nil {
		return errors.Join(runErr, err)
	}
	if failed := report.Counts[pipeline.Failed]; runErr == nil && (failed > 0 || report.PruneRefused) {
		return &itemsFailedError{failed}
	}
	return runErr
}

// ingest is one run. The report is never nil.
func ingest(ctx context.Context, w world, c *config.Config, s pipeline.Selection, f *runFlags) (*pipeline.Report, error) {
	return execute(ctx, w, c, f, func(r *rooms) (*pipeline.Report, error) { return r.run(ctx, w, s, f) })
}

// execute lets work use the rooms, and completes its report; sign, if any, puts a
// name on it before it is kept.
func execute(ctx context.Context, w world, c *config.Config, f *runFlags, work func(*rooms) (*pipeline.Report, error), sign ...func(*pipeline.Report)) (*pipeline.Report, error) {
	started := time.Now()
	rooms, err := assemble(ctx, c, w, f)
	if err != nil {
		return pipeline.Stopped(started, err), err
	}
	report, err := work(rooms)
	report.DryRun = f.dryRun
	for _, sign := range sign {
		sign(report)
	}
	for _, item := range report.Items {
		for i := range item.Files {
			item.Files[i].Path = below(c.Dir, item.Files[i].Path)
		}
	}
	report.Warnings = append(report.Warnings, rooms.warnings()...)
	return report, errors.Join(err, rooms.file(ctx, report), rooms.close())
}

// run lets the pipeline run once.
func (r *rooms) run(ctx context.Context, w world, s pipeline.Selection, f *runFlags) (*pipeline.Report, error) {
	query := r.query
	query.UpdatedSince = s.Query.UpdatedSince
	watcher := r.watch(w, f, len(s.IDs))
	report, err := r.work(ctx, pipeline.Selection{IDs: s.IDs, Query: query, Full: s.Full})
	return report, errors.Join(err, watcher.end())
}

// work lets the pipeline run and, after a run over everything, follows a change of
// the offerings.
func (r *rooms) work(ctx context.Context, s pipeline.Selection) (*pipeline.Report, error) {
	report, err := r.pipeline.Run(ctx, s)
	switch {
	case err != nil:
	case len(s.IDs) == 0 && s.Query.UpdatedSince.IsZero():
		err = r.relateAnew(ctx, report, s.Full)
	default:
		err = r.keepFirstCatalogue(ctx)
	}
	return report, err
}

// watch shows on the terminal how the pipeline goes on. total is how many items
// are expected, 0 when nobody knows.
func (r *rooms) watch(w world, f *runFlags, total int) *watcher {
	v := &watcher{diffs: io.Discard, progress: &console.Progress{}, dir: r.config.Dir}
	if w.terminal && f.verbose == 0 {
		v.progress = console.NewProgress(w.stderr, total)
	}
	if f.dryRun {
		v.diffs, v.screen = w.stdout, w.screen
		if f.report == "-" {
			v.diffs, v.screen = w.stderr, w.terminal // standard output is the report's alone
		}
	}
	r.pipeline.Observe = v.observe
	return v
}

// end takes the progress line away and returns what could not be shown.
func (v *watcher) end() error { return errors.Join(v.err, v.progress.Finish()) }

// watcher shows a run while it goes on: a progress line, and the diffs of a
// dry run.
type watcher struct {
	progress *console.Progress
	diffs    io.Writer
	dir      string // that paths are shown from
	screen   bool   // diffs go to a terminal
	err      error
}

func (v *watcher) observe(e pipeline.Event) {
	if v.diffs != io.Discard && len(e.Changes) > 0 {
		for i := range e.Changes {
			e.Changes[i].File = below(v.dir, e.Changes[i].File)
		}
		v.err = errors.Join(v.err, v.progress.Clear(), console.Diff(v.diffs, e.Changes, v.screen))
	}
	v.err = errors.Join(v.err, v.progress.Step(e.Item))
}

// below shows a path as it stands in the configuration's folder, in the form that
// git and patch know; a path outside of it stays whole.
func below(dir, path string) string {
	if relative, err := filepath.Rel(dir, filepath.FromSlash(path)); err == nil && filepath.IsLocal(relative) {
		return filepath.ToSlash(relative)
	}
	return path
}
