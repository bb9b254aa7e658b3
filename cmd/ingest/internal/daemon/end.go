package daemon

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// end files a run. Hints that it took and did not come to are hints again.
func (d *Daemon) end(r *Run, report *pipeline.Report, err error) {
	d.mu.Lock()
	r.Report, r.Ended, r.State = report, time.Now(), Done
	if err != nil {
		r.State, r.Error, r.Advice = Stopped, err.Error(), pipeline.HintOf(err)
		if d.Busy != nil && d.Busy(err) {
			r.State = Skipped
		}
	}
	if !errors.Is(err, errGaveWay) {
		d.reckon(r, err)
	}
	left := d.held
	d.held, d.current, d.busy = nil, nil, nil
	d.file(r)
	d.mu.Unlock()
	for id, h := range left {
		d.Queue.Done(id)
		if err != nil {
			d.again(h)
		}
	}
	d.log(r, err)
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

// log says how a run ended. One that was asked to end early did nothing wrong.
func (d *Daemon) log(r *Run, err error) {
	attrs := []any{"run", r.ID, "kind", r.Kind, "state", r.State, "seconds", r.Ended.Sub(r.Started).Seconds()}
	if r.Report != nil {
		for _, outcome := range pipeline.Outcomes() {
			attrs = append(attrs, string(outcome), r.Report.Counts[outcome])
		}
	}
	_, drained := errors.AsType[*pipeline.DrainedError](err)
	level := slog.LevelInfo
	if err != nil {
		attrs = append(attrs, "error", r.Error)
	}
	if err != nil && !drained && !errors.Is(err, errGaveWay) {
		level = slog.LevelError
	}
	d.Logger.Log(context.Background(), level, "run ended", attrs...)
}
