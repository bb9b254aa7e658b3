package daemon

import (
	"context"
	"errors"
	"time"

	"ingest/pipeline/hint"
)

// errGaveWay ends a links run early, since a person waits.
var errGaveWay = errors.New("the run gave way to a person's refresh, and goes on after it")

// leastTime is how long a links run gets on before it gives way: clicks that keep
// coming do not keep it from ever checking a link.
const leastTime = 10 * time.Second

// giveWay ends a links run when a person waits for a work package: it takes long, and
// what it has found out is kept. During a pause nobody would be served.
func (d *Daemon) giveWay(r *Run, ended <-chan struct{}, cancel context.CancelCauseFunc) {
	if r.Kind != Links {
		return
	}
	for wait := leastTime; ; wait = time.Second {
		timer := time.NewTimer(wait)
		select {
		case <-ended:
			timer.Stop()
			return
		case <-timer.C:
		}
		if d.someoneWaits() && !d.pauses() {
			cancel(errGaveWay)
			return
		}
	}
}

// pauses says whether hints wait since an error stopped a run.
func (d *Daemon) pauses() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Now().Before(d.setback.until)
}

// someoneWaits says whether an urgent hint is in the queue.
func (d *Daemon) someoneWaits() bool {
	waiting := d.Queue.Waiting()
	return len(waiting) > 0 && waiting[0].Urgent
}

// urgent takes the hints of people ahead of the runs that wait; none during a pause,
// and none twice in a row: however many clicks come, each run has its turn. Most of
// them take the clicks ahead themselves.
func (d *Daemon) urgent() []hint.Hint {
	d.mu.Lock()
	owed := d.hintsLast && len(d.waiting) > 0
	d.mu.Unlock()
	if owed || d.pauses() || !d.someoneWaits() {
		return nil
	}
	return d.Queue.TryTake(batch, nil)
}

// ahead gives a run over the whole query the hints that are ripe, and one over named
// work packages those of people: it would never end otherwise where much is edited.
func (d *Daemon) ahead(r *Run) func(func(int64) bool) []int64 {
	if r.Kind == Links || r.DryRun {
		return nil
	}
	return func(wanted func(int64) bool) []int64 {
		hints := d.Queue.TryTake(batch, func(h hint.Hint) bool { return (r.Kind != Named || h.Urgent) && wanted(h.ID) })
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

// asked says whether the hint on a work package was a comment.
func (d *Daemon) asked(id int64) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.held[id].Trigger == hint.Comment
}
