package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline/hint"
)

// Bounds of what may be ordered.
const (
	MaxIDs     = 1000 // work packages of one run
	maxWaiting = 100  // runs that wait
)

// Order asks for a run.
type Order struct {
	Kind   daemon.Kind // "" is Named with IDs, else Incremental
	IDs    []int64     // for Named, at most MaxIDs
	DryRun bool        // plan and write nothing
	// Trigger says by which window the order came; "" is hint.API.
	Trigger hint.Trigger
}

// AskRun queues a run for somebody, or finds the one that waits and does the same.
// The errors are *OrderError and *FullError.
func (d *Desk) AskRun(ctx context.Context, o Order, by string) (Run, error) {
	if err := o.check(); err != nil {
		return Run{}, err
	}
	if d.waiting() >= maxWaiting {
		return Run{}, &FullError{maxWaiting}
	}
	ids := slices.Compact(slices.Sorted(slices.Values(o.IDs)))
	r := d.Daemon.Ask(daemon.Request{Kind: o.kind(), IDs: ids, DryRun: o.DryRun, Trigger: cmp.Or(o.Trigger, hint.API), By: by})
	d.log().InfoContext(ctx, "run asked for", "run", r.ID, "kind", r.Kind, "work_packages", len(ids), "dry_run", o.DryRun, "by", by)
	return runOf(r), nil
}

func (o Order) kind() daemon.Kind {
	if o.Kind == "" && len(o.IDs) > 0 {
		return daemon.Named
	}
	return cmp.Or(o.Kind, daemon.Incremental)
}

func (o Order) check() error {
	kind := o.kind()
	switch {
	case kind != daemon.Named && !slices.Contains(daemon.Kinds(), kind):
		return &OrderError{fmt.Sprintf("there is no kind of run %q", kind), "ask for incremental, full, links or named"}
	case kind == daemon.Named && len(o.IDs) == 0:
		return &OrderError{"a named run without work packages", "give their ids"}
	case kind != daemon.Named && len(o.IDs) > 0:
		return &OrderError{fmt.Sprintf("%s runs choose their work packages themselves", kind), "leave out the ids, or the kind"}
	case kind == daemon.Links && o.DryRun:
		return &OrderError{"a dry run of the links is none", "it writes no document anyway: leave out dry_run"}
	case len(o.IDs) > MaxIDs:
		return &OrderError{fmt.Sprintf("%d work packages for one run", len(o.IDs)), fmt.Sprintf("give at most %d, or ask for a full run", MaxIDs)}
	}
	for _, id := range o.IDs {
		if err := checkID(id); err != nil {
			return err
		}
	}
	return nil
}

func checkID(id int64) error {
	if id < 1 {
		return &OrderError{fmt.Sprintf("no work package has the id %d", id), "ids are positive"}
	}
	return nil
}

func (d *Desk) waiting() (n int) {
	for _, r := range d.Daemon.Runs() {
		if r.State == daemon.Queued {
			n++
		}
	}
	return n
}

// Refresh has a work package looked at before everything else, also one that is
// not known yet. The errors are *OrderError and *hint.FullError.
func (d *Desk) Refresh(ctx context.Context, id int64, trigger hint.Trigger, by string) (Pending, error) {
	if err := checkID(id); err != nil {
		return Pending{}, err
	}
	if err := d.Queue.Add(hint.Hint{ID: id, Trigger: trigger, Urgent: true}); err != nil {
		return Pending{}, err
	}
	d.log().InfoContext(ctx, "refresh asked for", "wp_id", id, "trigger", trigger, "by", by)
	return d.pending(id), nil
}

// pending tells how far a hint has come. A run that took it and waits for another
// process has not begun.
func (d *Desk) pending(id int64) Pending {
	waits, taken := d.Queue.Pending(id)
	if !waits && !taken {
		return Pending{}
	}
	if delay := d.delay(); delay != nil {
		return Pending{Waiting: true, Delay: delay}
	}
	return Pending{Waiting: waits, Running: taken}
}

func (d *Desk) delay() *Delay {
	delay := d.Daemon.Delay()
	if delay == nil {
		return nil
	}
	return &Delay{Reason: plain(delay.Reason), Hint: delay.Advice, NextTry: instant(delay.Next)}
}
