package main

import (
	"context"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
)

// world is everything that commands take from outside.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lookupEnv      config.LookupEnv
	terminal       bool // stderr is a terminal: show progress
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, w world) int {
	root := newRoot(w)
	root.SetArgs(args)
	root.SetIn(w.stdin)
	root.SetOut(w.stdout)
	root.SetErr(w.stderr)
	return exitCode(w.stderr, root.ExecuteContext(ctx))
}

const rootLong = `ingest pulls Curated Content work packages from OpenProject, cleans the tracking
parameters from their source URLs, reads the source pages, takes images and PDFs,
relates offerings and writes front-matter Markdown files and assets for a static
site. Only files whose bytes differ are written.

` + exitHelp

func newRoot(w world) *cobra.Command {
	f := &runFlags{}
	root := &cobra.Command{
		Use:           "ingest",
		Short:         "Curated links from OpenProject into the content tree of a static site",
		Long:          rootLong,
		Example:       "  ingest                     every work package\n  ingest --wp 3960           one of them\n  ingest --dry-run           what would change, as a diff\n  ingest --report run.json   the report for a script",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return runIngest(cmd.Context(), w, f) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.PersistentFlags().StringVar(&f.config, "config", "config.yaml", "configuration `file`")
	root.PersistentFlags().CountVarP(&f.verbose, "verbose", "v", "log each item; twice: each step and request")
	f.register(root)
	root.AddCommand(newCheck(w, f), newDemo(w, f), newVersion(w))
	return root
}

// logger writes to stderr. Without -v a terminal shows only warnings, since the
// progress line and the report say the rest.
func (w world) logger(verbose int) *slog.Logger {
	level := slog.LevelInfo
	switch {
	case verbose > 1:
		level = slog.LevelDebug
	case w.terminal && verbose == 0:
		level = slog.LevelError + 1
	}
	return slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: level}))
}
