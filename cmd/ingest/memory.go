package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ingest/cmd/ingest/internal/config"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// remember opens the state for a run and makes sure that it is the only one. A
// dry run changes nothing, so it needs no lock, and where there is no state
// file it makes none.
func (r *rooms) remember(ctx context.Context, c *config.Config, f *runFlags) error {
	if c.State != "" && !f.dryRun {
		if err := r.lock(c); err != nil {
			return err
		}
	}
	if c.State == "" || f.store != nil {
		r.store = f.store
		return nil
	}
	if _, err := os.Stat(c.State); f.dryRun && errors.Is(err, os.ErrNotExist) {
		return nil
	}
	db, err := state.Open(ctx, c.State, state.Options{Replace: !f.dryRun, ReadOnly: f.dryRun})
	if err != nil {
		return &pipeline.StoreError{Err: err}
	}
	if moved := db.Replaced(); moved != "" {
		r.notes = append(r.notes, pipeline.Warning{Step: "state", Text: "the state file was damaged; it is now " + moved + ", and a new one was begun",
			Hint: "nothing is lost but the history of runs; this run looks at everything"})
	}
	r.store = db
	r.closers = append(r.closers, db.Close)
	return nil
}

// lock takes the run's lock, which lies beside the state.
func (r *rooms) lock(c *config.Config) error {
	release, err := state.Lock(filepath.Join(filepath.Dir(c.State), lockName), owner())
	if err != nil {
		return err
	}
	r.closers = append(r.closers, release)
	return nil
}

// lockName is the file beside the state that the active run has locked.
const lockName = "run.lock"

// owner says who this process is.
func owner() state.Owner {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return state.Owner{PID: os.Getpid(), Host: host, Started: time.Now(), Command: strings.Join(os.Args, " ")}
}

// file keeps the report of a run in the state.
func (r *rooms) file(ctx context.Context, report *pipeline.Report) error {
	if r.store == nil || report.DryRun {
		return nil
	}
	return r.store.SaveRun(context.WithoutCancel(ctx), report)
}
