package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// carry lets the runner carry out a run, and files it.
func (d *Daemon) carry(ctx context.Context, r *Run) {
	running, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	drain := make(chan struct{})
	d.begin(r, drain)
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
		wait := time.NewTimer(cmp.Or(d.BusyWait, defaultBusyWait))
		select {
		case <-wait.C:
		case <-patience.C:
			wait.Stop()
			return report, err
		case <-ctx.Done():
			wait.Stop()
			return report, err
		}
	}
}

func (d *Daemon) enter(r *Run, id int64, step string) {
	for _, w := range d.Watchers {
		w.Entered(id, step)
	}
	d.events.send(Event{Type: StepEntered, Run: r.ID, WorkPackage: id, Step: step})
}

// ahead gives a run over the whole query the hints that are ripe.
func (d *Daemon) ahead(r *Run) func(func(int64) bool) []int64 {
	if r.Kind == Named || r.Kind == Links || r.DryRun {
		return nil
	}
	return func(wanted func(int64) bool) []int64 {
		hints := d.Queue.TryTake(batch, wanted)
		if len(hints) == 0 {
			return nil
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		ids := make([]int64, 0, len(hints))
		for _, h := range hints {
			d.held[h.ID] = h
			ids = append(ids, h.ID)
		}
		return ids
	}
}

func (d *Daemon) begin(r *Run, drain chan struct{}) {
	d.mu.Lock()
	r.State, r.Started, d.drain = Running, time.Now(), drain
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

// end files a run. Hints that it took and did not come to are hints again.
func (d *Daemon) end(r *Run, report *pipeline.Report, err error) {
	d.mu.Lock()
	r.Report, r.Ended, r.State = report, time.Now(), Done
	if err != nil {
		r.State, r.Error, r.Advice = Stopped, err.Error(), adviceOf(err)
		if d.Busy != nil && d.Busy(err) {
			r.State = Skipped
		}
	}
	if !errors.Is(err, errGaveWay) {
		d.reckon(r, err)
	}
	left := d.held
	d.held, d.current, d.drain = nil, nil, nil
	d.file(r)
	d.mu.Unlock()
	for id, h := range left {
		d.Queue.Done(id)
		if err != nil {
			d.again(h)
		}
	}
	d.log(r)
	d.tell(r)
}

// tell says that a run has ended. It is not changed any more.
func (d *Daemon) tell(r *Run) {
	for _, w := range d.Watchers {
		w.Ended(*r)
	}
	d.events.send(Event{Type: RunChanged, Run: r.ID})
}

// again puts back the hint of a work package that a stopped run did not reach.
func (d *Daemon) again(h hint.Hint) {
	if err := d.Queue.Add(h); err != nil {
		d.Logger.Warn("hint dropped", "wp_id", h.ID, "error", err)
	}
}

// asked says whether the hint on a work package was a comment.
func (d *Daemon) asked(id int64) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.held[id].Trigger == hint.Comment
}

func (d *Daemon) log(r *Run) {
	attrs := []any{"run", r.ID, "kind", r.Kind, "state", r.State, "seconds", r.Ended.Sub(r.Started).Seconds()}
	if r.Report != nil {
		for _, outcome := range pipeline.Outcomes() {
			attrs = append(attrs, string(outcome), r.Report.Counts[outcome])
		}
	}
	if r.Error != "" {
		d.Logger.Error("run ended", append(attrs, "error", r.Error)...)
		return
	}
	d.Logger.Info("run ended", attrs...)
}

func adviceOf(err error) string {
	if h, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		return h.Hint()
	}
	return ""
}

// newRun numbers a request.
func (d *Daemon) newRun(r Request) *Run {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.number(r)
}

// number makes a run of a request. Its name sorts by time and is new after every
// start. The daemon is locked.
func (d *Daemon) number(r Request) *Run {
	d.counter++
	now := time.Now()
	return &Run{ID: fmt.Sprintf("%s-%d", now.UTC().Format("20060102T150405.000"), d.counter), Request: r, State: Queued, Asked: now}
}
