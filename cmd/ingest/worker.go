package main

import (
	"context"
	"slices"
	"sync/atomic"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/metrics"
	"ingest/pipeline"
)

// worker carries out the runs of the service. Each has rooms of its own, so that
// what changed in the configuration or in the content tree since the last one counts.
type worker struct {
	world  world
	flags  *runFlags
	store  pipeline.Store // open as long as the service is
	config atomic.Pointer[config.Config]
	// metrics counts what runs ask for; nil counts nothing.
	metrics *metrics.Metrics
}

// Run is one run, as the command line would make it.
func (k *worker) Run(ctx context.Context, q daemon.Request, h daemon.Hooks) (*pipeline.Report, error) {
	f := k.runFlags(q.DryRun)
	f.run, f.full = h.ID, q.Kind == daemon.Full
	report, err := execute(ctx, k.world, k.config.Load(), f, func(r *rooms) (*pipeline.Report, error) {
		if q.Kind == daemon.Links {
			ctx, stop := drained(ctx, h.Drain)
			defer stop()
			return r.links(ctx, k.world, f, pipeline.LinkSelection{IDs: q.IDs})
		}
		p := r.pipeline
		p.Observe, p.Enter, p.Ahead, p.Drain, p.Asked = relative(r.config.Dir, h.Observe), h.Enter, h.Ahead, h.Drain, h.Asked
		return r.work(ctx, pipeline.Selection{IDs: q.IDs, Query: r.query, Full: f.full})
	}, func(r *pipeline.Report) { r.ID, r.Kind, r.Trigger = h.ID, string(q.Kind), string(q.Trigger) })
	return report, err
}

// relative tells of files by the paths that a person knows, in copies of its own: the
// report, which shares them, is completed while others look.
func relative(dir string, observe func(pipeline.Event)) func(pipeline.Event) {
	return func(e pipeline.Event) {
		e.Item.Files, e.Changes = slices.Clone(e.Item.Files), slices.Clone(e.Changes)
		for i := range e.Item.Files {
			e.Item.Files[i].Path = below(dir, e.Item.Files[i].Path)
		}
		for i := range e.Changes {
			e.Changes[i].File = below(dir, e.Changes[i].File)
		}
		observe(e)
	}
}

// runFlags are those of a run of the service.
func (k *worker) runFlags(dryRun bool) *runFlags {
	return &runFlags{config: k.flags.config, verbose: k.flags.verbose, dryRun: dryRun, store: k.store, texts: true, metrics: k.metrics}
}

// drained is ctx until a run is to end early. To stop checking links loses nothing:
// what was found out is recorded.
func drained(ctx context.Context, drain <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-drain:
			cancel(&pipeline.DrainedError{})
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}
