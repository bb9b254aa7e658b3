package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/cmd/ingest/internal/demo"
	"ingest/pipeline"
)

type demoFlags struct {
	dir     string
	serve   bool
	anyPort bool
}

func newDemo(w world, f *runFlags) *cobra.Command {
	d := &demoFlags{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run the whole job against a tracker and a source site on loopback",
		Long: `demo starts a fake tracker with some forty work packages and a small source site
on loopback, writes a configuration file, runs the real pipeline over them and
says where to look. It needs no network and no set-up.

With --serve both keep running until interrupted, so that other commands can be
tried against them.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return d.run(cmd.Context(), w, f) },
	}
	cmd.Flags().StringVar(&d.dir, "dir", "ingest-demo", "write into this `folder`")
	cmd.Flags().BoolVar(&d.serve, "serve", false, "leave tracker and site running")
	cmd.Flags().BoolVar(&d.anyPort, "any-port", false, "take free ports even when the usual ones are free")
	return cmd
}

func (d *demoFlags) run(ctx context.Context, w world, f *runFlags) (err error) {
	surroundings, err := demo.Start(ctx, d.anyPort)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, surroundings.Close()) }()
	path := filepath.Join(d.dir, "config.yaml")
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	if there, err := os.ReadFile(path); err == nil && !bytes.HasPrefix(there, []byte(demo.Mark)) {
		return &usageError{fmt.Errorf("%s is there already and is not a demo's; name another folder with --dir", path)}
	}
	if err := os.WriteFile(path, surroundings.Config(), 0o644); err != nil { //nolint:gosec // it holds no secret but the demo's
		return fmt.Errorf("write the demo's configuration: %w", err)
	}
	c, err := config.Load(path, w.lookupEnv)
	if err != nil {
		return err
	}
	offline := w
	offline.resolver = demo.Offline()
	report, err := ingest(ctx, offline, c, pipeline.Selection{}, &runFlags{verbose: f.verbose, quiet: f.verbose == 0})
	if err != nil {
		return err
	}
	if err := console.Table(w.stdout, report, true); err != nil {
		return err
	}
	d.pointOut(w, path)
	if d.serve {
		d.stay(ctx, w, surroundings, path)
	}
	if failed := report.Counts[pipeline.Failed]; failed > 0 {
		return &itemsFailedError{failed}
	}
	return nil
}

// pointOut says where to look.
func (d *demoFlags) pointOut(w world, path string) {
	fmt.Fprintf(w.stdout, "\nLook at %s and %s; the configuration is %s.\n",
		filepath.Join(d.dir, "content", "news"), filepath.Join(d.dir, "static", "news"), path)
	if !d.anyPort {
		fmt.Fprintf(w.stdout, "Run it again: nothing has changed, and no file is written.\n")
	}
}

// stay keeps the world open until the command is interrupted.
func (d *demoFlags) stay(ctx context.Context, w world, surroundings *demo.World, path string) {
	fmt.Fprintf(w.stdout, `
Tracker  %s   API key %s
Site     %s

Try, in another shell:
  ingest --config %s check
  ingest --config %s --wp 3960
  ingest --config %s --dry-run --since 2026-03-21
  ingest --config %s serve      then open http://127.0.0.1:8085
  curl -u apikey:%s %s/api/v3/work_packages/3960

Press Ctrl-C to stop.
`, surroundings.Tracker.URL(), demo.Key, surroundings.SiteURL, path, path, path, path, demo.Key, surroundings.Tracker.URL())
	<-ctx.Done()
}
