package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/pipeline"
	"ingest/pipeline/adopt"
	"ingest/pipeline/state"
)

// adoptFlags are those of ingest adopt. run holds what it has in common with a
// run: its preview is a dry one.
type adoptFlags struct {
	run      runFlags
	dryRun   bool
	writeIDs bool
	diff     bool
	noPages  bool
}

func newAdopt(w world, f *runFlags) *cobra.Command {
	flags := &adoptFlags{}
	cmd := &cobra.Command{
		Use:   "adopt [DIR]",
		Short: "Take over a content tree that is there already",
		Long: `adopt looks at an existing content tree (DIR, or output.content_dir), says whose
each file is, and what the first run would change in it. It takes the tree for the
base: what differs from the tracker then counts as an edit made by hand, stays, and
is reported, unless the work package changes later.

Documents are known by the work package's id in their front matter. A file without
one is held against the source URLs; --write-ids puts the id into those that are
about exactly one work package. Nothing else is written.

--report writes what was found as JSON.`,
		Example: `  ingest adopt --dry-run      look, and remember nothing
  ingest adopt --diff         with what the first run would change, as a diff
  ingest adopt --write-ids    also put ids into files that are known by their source URL`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &usageError{fmt.Errorf("adopt takes one folder, not %d", len(args))}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			flags.run.config, flags.run.verbose, flags.run.quiet = f.config, f.verbose, f.verbose == 0
			return flags.do(cmd.Context(), w, args)
		},
	}
	set := cmd.Flags()
	set.BoolVar(&flags.dryRun, "dry-run", false, "write nothing and remember nothing")
	set.BoolVar(&flags.writeIDs, "write-ids", false, "put the id into files without one that are about exactly one work package")
	set.BoolVar(&flags.diff, "diff", false, "print what would change as a unified diff")
	set.BoolVar(&flags.noPages, "no-pages", false, "do not visit the source pages; values made of them are taken as unchanged")
	set.StringSliceVar(&flags.run.takeTracker, "take-tracker", nil, "show what a run does in which the tracker decides on these front-matter `keys` (or body, assets)")
	set.StringVar(&flags.run.report, "report", "", "write what was found as JSON to `file`, - for standard output")
	set.IntVar(&flags.run.workers, "workers", 0, "work on `n` work packages at once (default from the configuration)")
	return cmd
}

// do adopts, and shows what was found.
func (f *adoptFlags) do(ctx context.Context, w world, args []string) error {
	if _, err := f.run.selection(time.Now()); err != nil {
		return err
	}
	report := adopt.New(time.Now(), "")
	report.DryRun, f.run.dryRun = f.dryRun, true
	c, err := config.Load(f.run.config, w.lookupEnv)
	if err == nil {
		c.Workers = cmp.Or(f.run.workers, c.Workers)
		err = chooseFolder(c, report, args)
	}
	if err == nil {
		err = f.adopt(ctx, w, c, report)
	}
	report.Duration = pipeline.Duration(time.Since(report.Started))
	if err != nil {
		report.Error, report.Hint = err.Error(), hintFor(err)
	}
	if c != nil && f.run.report != "-" {
		err = errors.Join(err, console.Adopt(w.stdout, report, f.run.verbose > 0))
	}
	if err = errors.Join(err, f.run.write(w, report)); err != nil {
		return err
	}
	return notWritten(report)
}

// chooseFolder lets a folder that was named stand for the content folder.
func chooseFolder(c *config.Config, report *adopt.Report, args []string) error {
	configured := c.Output.ContentDir
	if len(args) > 0 {
		info, err := os.Stat(args[0])
		if err != nil {
			return &usageError{err}
		}
		if !info.IsDir() {
			return &usageError{fmt.Errorf("%s is no folder", args[0])}
		}
		if c.Output.ContentDir, err = filepath.Abs(args[0]); err != nil {
			return err
		}
	}
	report.ContentDir = below(c.Dir, c.Output.ContentDir)
	if c.Output.ContentDir != configured {
		report.Warnings = append(report.Warnings, pipeline.Warning{Step: "tree", Text: report.ContentDir + " is not the folder that runs write to, which is " + below(c.Dir, configured),
			Hint: "set output.content_dir to " + report.ContentDir})
	}
	return nil
}

// adopt fills the report, and in the end makes the tree the base.
func (f *adoptFlags) adopt(ctx context.Context, w world, c *config.Config, report *adopt.Report) (err error) {
	if !f.dryRun && c.State != "" { // a run beside ours must not write what we look at
		locked := &rooms{}
		if err := locked.lock(c); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, locked.close()) }()
	}
	if err := f.find(ctx, w, c, report); err != nil {
		return err
	}
	if err := f.preview(ctx, w, c, report); err != nil || f.dryRun {
		return err
	}
	if c.State == "" {
		report.Warnings = append(report.Warnings, pipeline.Warning{Step: "state", Text: "nothing is remembered, so that the tree cannot be taken for the base",
			Hint: "give state: a file in the configuration"})
		return nil
	}
	db, err := state.Open(ctx, c.State, state.Options{Replace: true})
	if err != nil {
		return &pipeline.StoreError{Err: err}
	}
	err = errors.Join(pipeline.Adopt(ctx, db, report.Started), db.Close())
	report.Adopted = err == nil
	return err
}

// notWritten ends a command that could not put an id into a file. The report
// has told which.
func notWritten(report *adopt.Report) error {
	failed := 0
	for _, m := range report.Matched {
		if m.Error != "" {
			failed++
		}
	}
	if failed > 0 {
		return &itemsFailedError{failed}
	}
	return nil
}
