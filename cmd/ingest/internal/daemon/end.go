package daemon

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"time"

	"ingest/pipeline"
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
	ids := slices.Collect(maps.Keys(left))
	if err != nil {
		d.Queue.Return(ids...)
	} else {
		d.Queue.Done(ids...)
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
