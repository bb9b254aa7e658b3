package daemon

import (
	"context"
	"errors"
	"time"

	"ingest/pipeline/hint"
)

// errGaveWay ends a links run early, since a person waits.
var errGaveWay = errors.New("the run gave way to a person's refresh, and goes on after it")

// giveWay ends a links run when a person waits for a work package: it takes long, and
// what it has found out is kept.
func (d *Daemon) giveWay(r *Run, ended <-chan struct{}, cancel context.CancelCauseFunc) {
	if r.Kind != Links {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
		}
		if d.someoneWaits() {
			cancel(errGaveWay)
			return
		}
	}
}

// someoneWaits says whether an urgent hint is in the queue.
func (d *Daemon) someoneWaits() bool {
	waiting := d.Queue.Waiting()
	return len(waiting) > 0 && waiting[0].Urgent
}

// urgent takes the hints of people ahead of the runs that wait; none during a pause.
func (d *Daemon) urgent() []hint.Hint {
	d.mu.Lock()
	pause := time.Now().Before(d.setback.until)
	d.mu.Unlock()
	if pause || !d.someoneWaits() {
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
