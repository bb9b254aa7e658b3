package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/pipeline"
)

// pruneFlags are those of a run, and what they say of pruning.
type pruneFlags struct {
	runFlags
	config.Prune
}

func newPrune(w world, f *runFlags) *cobra.Command {
	flags := &pruneFlags{}
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Find documents whose work packages are gone, and take them off the site",
		Long: `prune compares what the tracker lists with what the content tree holds, and does
nothing else. It asks for each work package that has a document and is not listed,
and tells why: it was moved to another project, is of another type or status, is
deleted, or is no longer visible to the user. The last is never removed. Assets
of ours that belong to no document any more are found too.

Nothing goes when the tracker lists nothing, when the listing breaks off, or when
more documents would go than --max-share allows; one document always may go. Files
without the id of a work package are never touched.

` + exitHelp,
		Example: "  ingest prune                            what is gone, and why\n  ingest prune --mode delete --dry-run    what would go, as a diff\n  ingest prune --mode delete              let it go\n  ingest prune --wp 3960 --mode draft     only this one of them",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			flags.config, flags.verbose = f.config, f.verbose
			return runPrune(cmd.Context(), w, flags)
		},
	}
	flags.registerCommon(cmd)
	cmd.Flags().Func("mode", "report, draft (mark the document) or delete (default: prune.`mode` of the configuration)", flags.setMode)
	cmd.Flags().Func("max-share", "largest `share` of the documents that may go, such as 50% (default: prune.max_share)", flags.setShare)
	return cmd
}

func runPrune(ctx context.Context, w world, f *pruneFlags) error {
	selection, c, err := f.prepare(w)
	if err != nil {
		return err
	}
	c.Prune.Mode, c.Prune.MaxShare = cmp.Or(f.Mode, c.Prune.Mode), cmp.Or(f.MaxShare, c.Prune.MaxShare)
	report, runErr := execute(ctx, w, c, &f.runFlags, func(r *rooms) (*pipeline.Report, error) { return r.prune(ctx, w, selection, &f.runFlags) })
	return f.conclude(w, report, runErr)
}

func (f *pruneFlags) setMode(text string) error {
	if modes := config.PruneModes(); !slices.Contains(modes, text) {
		return fmt.Errorf("there are %s", strings.Join(modes, ", "))
	}
	f.Mode = text
	return nil
}

func (f *pruneFlags) setShare(text string) (err error) {
	f.MaxShare, err = config.ParseShare(text)
	return err
}

// prune is run for what is gone.
func (r *rooms) prune(ctx context.Context, w world, s pipeline.Selection, f *runFlags) (*pipeline.Report, error) {
	watcher := r.watch(w, f, 0)
	s.Query = r.query
	report, err := r.pipeline.Prune(ctx, s)
	return report, errors.Join(err, watcher.end())
}
