package main

import (
	"context"
	"errors"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"ingest/pipeline"
)

func newRender(w world, f *runFlags) *cobra.Command {
	flags := &runFlags{}
	cmd := &cobra.Command{
		Use:   "render",
		Short: "Make the documents again from what is remembered, without any network",
		Long: `render makes documents again from the state, after an archetype, a setting or a
rule has changed. It asks neither the tracker nor the web. Files whose bytes stay
the same are not written, and what was edited by hand stays.`,
		Example: "  ingest render --dry-run    what the change would do to the whole tree\n  ingest render --wp 3960    one document",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			flags.config, flags.verbose = f.config, f.verbose
			return runRender(cmd.Context(), w, flags)
		},
	}
	flags.registerCommon(cmd)
	return cmd
}

func runRender(ctx context.Context, w world, f *runFlags) error {
	_, c, err := f.prepare(w)
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.State); c.State == "" || errors.Is(err, os.ErrNotExist) { // a run would begin one
		err := f.unremembered()
		return errors.Join(err, f.write(w, pipeline.Stopped(time.Now(), err)))
	}
	report, runErr := execute(ctx, w, c, f, func(r *rooms) (*pipeline.Report, error) { return r.render(ctx, w, f) })
	return f.conclude(w, report, runErr)
}

// render is run for what is remembered.
func (r *rooms) render(ctx context.Context, w world, f *runFlags) (*pipeline.Report, error) {
	known, err := r.remembers(ctx)
	if err == nil && !known {
		err = f.unremembered()
	}
	if err == nil {
		err = r.recallOfferings(ctx)
	}
	if err != nil {
		return pipeline.Stopped(time.Now(), err), err
	}
	watcher := r.watch(w, f, len(f.ids))
	report, err := r.pipeline.Render(ctx, f.ids)
	return report, errors.Join(err, watcher.end())
}

// remembers tells whether the state has any work package.
func (r *rooms) remembers(ctx context.Context) (bool, error) {
	if r.store == nil {
		return false, nil
	}
	for _, err := range r.store.Entries(ctx) {
		if _, damaged := errors.AsType[*pipeline.DamagedEntryError](err); damaged {
			err = nil // it is told of in its place
		}
		return err == nil, err
	}
	return false, nil
}

// unremembered is the error of a render without a memory.
func (f *runFlags) unremembered() error {
	if len(f.ids) == 1 {
		return &noStateError{strconv.FormatInt(f.ids[0], 10)}
	}
	return &noStateError{}
}
