package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// linkFlags are the flags of ingest links.
type linkFlags struct {
	runFlags
	all, dead, json bool
}

const linksLong = `links checks the source links of what is published, and says how they are: ok,
moved (redirected for good: the new address is proposed), suspect, dead, unknown.
It asks neither the tracker nor touches a document.

A link is called dead only after several failures over several days: 404, 410, a
parked domain or a page that says "not found" three times over three days (410
twice over a day); no such host, a bad certificate, no answer or 5xx five times
over two weeks. 401, 403, 429 and bot walls never make a link dead, and one success
ends any doubt. Links that are well are checked every link_health.every, those that
fail daily, those whose page a run has just read not at all. When most links cannot
be reached, nothing is recorded: that is this machine's network.

Dead links are a result, not a failure: the exit code is 0 then, too.

` + exitHelp

func newLinks(w world, f *runFlags) *cobra.Command {
	flags := &linkFlags{}
	cmd := &cobra.Command{
		Use:     "links",
		Short:   "Check the published links, and say which are dead, moved or suspect",
		Long:    linksLong,
		Example: "  ingest links               check those that are due\n  ingest links --dead        show dead ones only\n  ingest links --wp 3960     check one now\n  ingest links --json        the report for a script",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			flags.config, flags.verbose = f.config, f.verbose
			return runLinks(cmd.Context(), w, flags)
		},
	}
	cmd.Flags().Int64SliceVar(&flags.ids, "wp", nil, "check the link of this work package now, by `id`; may be given several times")
	cmd.Flags().BoolVar(&flags.all, "all", false, "check every link, due or not, without a limit")
	cmd.Flags().BoolVar(&flags.dead, "dead", false, "show dead links only")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the report as JSON; the same as --report -")
	flags.registerReport(cmd)
	return cmd
}

// selection checks the flags.
func (f *linkFlags) selection(now time.Time) (pipeline.LinkSelection, error) {
	if f.all && len(f.ids) > 0 {
		return pipeline.LinkSelection{}, &usageError{errors.New("--all and --wp exclude each other")}
	}
	if f.json && f.report != "" && f.report != "-" {
		return pipeline.LinkSelection{}, &usageError{errors.New("--json and --report exclude each other: --json prints, --report FILE writes a file")}
	}
	if f.json {
		f.report = "-"
	}
	s, err := f.runFlags.selection(now)
	return pipeline.LinkSelection{IDs: s.IDs, All: f.all}, err
}

func runLinks(ctx context.Context, w world, f *linkFlags) error {
	selection, err := f.selection(time.Now())
	if err != nil {
		return err
	}
	c, err := f.load(w)
	if err != nil {
		return err
	}
	report, runErr := execute(ctx, w, c, &f.runFlags, func(r *rooms) (*pipeline.Report, error) { return r.links(ctx, w, &f.runFlags, selection) })
	if f.report != "-" && report.Links != nil {
		if err := console.Links(w.stdout, report, f.dead, f.verbose > 0); err != nil {
			return errors.Join(runErr, err)
		}
	}
	return errors.Join(runErr, f.write(w, report))
}

// links is run for the health of links.
func (r *rooms) links(ctx context.Context, w world, f *runFlags, s pipeline.LinkSelection) (*pipeline.Report, error) {
	store, ok := r.store.(pipeline.LinkStore)
	if !ok {
		err := &linksWithoutStateError{}
		return pipeline.Stopped(time.Now(), err), err
	}
	health := r.config.LinkHealth
	l := &pipeline.Links{Store: store, Checker: linkhealth.Checker{Web: r.web}, Every: health.Every, PerRun: health.PerRun, Workers: r.config.Workers, Logger: w.logger(f)}
	if health.Archive != "" {
		l.Archive = linkhealth.Archive{Web: r.web, Template: health.Archive}
	}
	return l.Run(ctx, s)
}

// linksWithoutStateError says that nothing is remembered, so that nothing is known to be
// published.
type linksWithoutStateError struct{}

func (*linksWithoutStateError) Error() string {
	return "links are checked by what is remembered of them, and the configuration's state is empty"
}

func (*linksWithoutStateError) Hint() string {
	return fmt.Sprintf("set state: %s in the configuration and run ingest once", config.Default().State)
}
