package daemon

import (
	"cmp"
	"context"
	"errors"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// carry lets the runner carry out a run, and files it.
func (d *Daemon) carry(ctx context.Context, r *Run) {
	running, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	drain := make(chan struct{})
	d.begin(r)
	ended := make(chan struct{})
	go d.stopInTime(ctx, ended, drain, cancel)
	go d.giveWay(r, ended, cancel)
	report, err := d.try(ctx, running, r, drain)
	close(ended)
	d.end(r, report, err)
	if err == nil && !r.DryRun {
		d.fulfil(context.WithoutCancel(ctx), r)
	}
	if errors.Is(err, errGaveWay) {
		d.Ask(r.Request)
	}
}

// stopInTime drains a run when the service is to stop, and cancels it when that
// takes too long.
func (d *Daemon) stopInTime(ctx context.Context, ended <-chan struct{}, drain chan struct{}, cancel context.CancelCauseFunc) {
	select {
	case <-ended:
		return
	case <-ctx.Done():
		close(drain)
	}
	timer := time.NewTimer(cmp.Or(d.ShutdownTimeout, DefaultShutdownTimeout))
	defer timer.Stop()
	select {
	case <-ended:
	case <-timer.C:
		cancel(errShutdown)
	}
}

// try runs, and waits while another process does.
func (d *Daemon) try(ctx, running context.Context, r *Run, drain <-chan struct{}) (*pipeline.Report, error) {
	patience := time.NewTimer(cmp.Or(d.BusyPatience, defaultBusyPatience))
	defer patience.Stop()
	for told := false; ; {
		d.proceed()
		report, err := d.Runner.Run(running, r.Request, Hooks{ID: r.ID, Drain: drain,
			Observe: func(e pipeline.Event) { d.observe(r, e) },
			Enter:   func(id int64, step string) { d.enter(r, id, step) },
			Ahead:   d.ahead(r), Asked: d.asked})
		if err == nil || d.Busy == nil || !d.Busy(err) {
			return report, err
		}
		if !told {
			d.Logger.InfoContext(ctx, "run waits, as another process runs", "run", r.ID, "other", err.Error())
			told = true
		}
		pause := cmp.Or(d.BusyWait, defaultBusyWait)
		d.await(err, time.Now().Add(pause))
		wait := time.NewTimer(pause)
		select {
		case <-wait.C:
		case <-patience.C:
			wait.Stop()
			return report, err
		case <-ctx.Done():
			wait.Stop()
			return notBegun(report)
		}
	}
}

// notBegun is the end of a run that waited for another process when the service was
// to stop. It was not skipped: nobody kept it from running but the shutdown.
func notBegun(report *pipeline.Report) (*pipeline.Report, error) {
	if report != nil {
		report.Error, report.Hint, report.Interrupted = "", "", true
	}
	return report, &pipeline.DrainedError{}
}

func (d *Daemon) enter(r *Run, id int64, step string) {
	for _, w := range d.Watchers {
		w.Entered(id, step)
	}
	d.events.send(Event{Type: StepEntered, Run: r.ID, WorkPackage: id, Step: step})
}

func (d *Daemon) begin(r *Run) {
	d.mu.Lock()
	r.State, r.Started = Running, time.Now()
	if d.held == nil {
		d.held = map[int64]hint.Hint{}
	}
	d.mu.Unlock()
	d.Logger.Info("run begins", "run", r.ID, "kind", r.Kind, "trigger", r.Trigger, "work_packages", len(r.IDs))
	d.events.send(Event{Type: RunChanged, Run: r.ID})
}

// observe files what became of one work package and lets its next hint go.
func (d *Daemon) observe(r *Run, e pipeline.Event) {
	result := resultOf(r.ID, e)
	d.mu.Lock()
	r.Finished++
	if !r.DryRun {
		d.keep(result)
	}
	_, held := d.held[e.Item.ID]
	delete(d.held, e.Item.ID)
	now := *r
	d.mu.Unlock()
	for _, w := range d.Watchers {
		w.Item(now, e)
	}
	if held {
		d.Queue.Done(e.Item.ID)
	}
	d.events.send(Event{Type: ItemEnded, Run: r.ID, WorkPackage: e.Item.ID, Outcome: e.Item.Outcome})
}
