package main

import (
	"context"
	"io"
	"log/slog"
	"net"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
)

// world is everything that commands take from outside.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lookupEnv      config.LookupEnv
	terminal       bool          // stderr is a terminal: show progress
	screen         bool          // stdout is a terminal: show nothing that would move its cursor
	resolver       *net.Resolver // finds source hosts; nil is the system's
	// hangup gives a channel that tells when the configuration is to be read again,
	// and a function that ends that; nil is never.
	hangup func() (<-chan struct{}, func())
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
site. Only files whose bytes differ are written, and what was edited by hand stays.

An ordinary run looks at what changed in the tracker since the last one, at what
failed or lacked something, and at pages that were read long ago.

` + exitHelp

func newRoot(w world) *cobra.Command {
	f := &runFlags{}
	root := &cobra.Command{
		Use:           "ingest",
		Short:         "Curated links from OpenProject into the content tree of a static site",
		Long:          rootLong,
		Example:       "  ingest                     what changed since the last run; the first time everything\n  ingest --full              everything anew\n  ingest --wp 3960           one of them\n  ingest --dry-run           what would change, as a diff\n  ingest --report run.json   the report for a script",
		Args:          noArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return runIngest(cmd.Context(), w, f) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.PersistentFlags().StringVar(&f.config, "config", "config.yaml", "configuration `file`")
	root.PersistentFlags().CountVarP(&f.verbose, "verbose", "v", "log each item; twice: each step and request")
	root.PersistentPreRun = func(cmd *cobra.Command, _ []string) { f.given = cmd.Flags().Changed("config") }
	f.register(root)
	root.AddCommand(newAdopt(w, f), newCheck(w, f), newClean(w, f), newDemo(w, f), newExplain(w, f), newLinks(w, f), newPasswd(w), newPrune(w, f), newRender(w, f), newSchema(w, f), newScrape(w, f), newServe(w, f), newVerify(w, f), newVersion(w))
	root.InitDefaultCompletionCmd(root.Name()) // cobra adds it only when there are other commands
	completion, _, err := root.Find([]string{"completion"})
	if err == nil && completion != root { // a shell that it does not know is wrong usage, not help
		completion.Args = noArgs
		completion.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	return root
}

// logger writes to stderr. A terminal without -v shows no log, since the
// progress line and the report say it all.
func (w world) logger(f *runFlags) *slog.Logger {
	level := slog.LevelInfo
	switch {
	case f.verbose > 1:
		level = slog.LevelDebug
	case f.quiet || w.terminal && f.verbose == 0:
		return slog.New(slog.DiscardHandler)
	}
	logger := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: level}))
	if f.run != "" {
		return logger.With("run", f.run)
	}
	return logger
}

// noArgs is cobra.NoArgs as an error of usage.
func noArgs(cmd *cobra.Command, args []string) error {
	if err := cobra.NoArgs(cmd, args); err != nil {
		return &usageError{err}
	}
	return nil
}
