package pipeline

import (
	"context"
	"errors"
	"fmt"

	"ingest/enrich"
	"ingest/output"
)

// Render makes documents again from what is remembered, after an archetype, a
// setting or a rule has changed. It asks neither the tracker nor the web. No
// ids means all. The report is never nil; the error is as that of [Pipeline.Run].
func (p *Pipeline) Render(ctx context.Context, ids []int64) (*Report, error) {
	report := newReport(p.now())
	err := p.drive(ctx, report, p.recast, func(ctx context.Context, hand func(*job) bool) error {
		if len(ids) > 0 {
			return p.recallNamed(ctx, ids, hand)
		}
		for e, err := range p.Store.Entries(ctx) {
			if err == nil && (e.Path == "" || e.Outcome == Removed) { // never published, or off the site
				continue
			}
			j, err := unread(err)
			if err != nil {
				return err
			}
			if j == nil {
				j = p.remembered(ctx, e)
			}
			if !hand(j) {
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return report, p.conclude(ctx, report, err)
}

func (p *Pipeline) recallNamed(ctx context.Context, ids []int64, hand func(*job) bool) error {
	for _, id := range ids {
		e, err := p.Store.Entry(ctx, id)
		j, err := unread(err)
		switch {
		case err != nil:
			return err
		case j != nil:
		case e == nil || e.Path == "" && e.Outcome != Removed:
			j = lost(id, &UnknownEntryError{ID: id})
		case e.Outcome == Removed:
			j = lost(id, enrich.Skipf("ingest --wp looks whether it belongs to the site again", "its document was taken off the site"))
		default:
			j = p.remembered(ctx, e)
		}
		if !hand(j) {
			return context.Cause(ctx)
		}
	}
	return nil
}

// unread makes of the error about an entry the job that tells of it, where it is
// about that entry alone.
func unread(err error) (*job, error) {
	if damaged, ok := errors.AsType[*DamagedEntryError](err); ok {
		return lost(damaged.ID, damaged), nil
	}
	if err != nil {
		return nil, &StoreError{err}
	}
	return nil, nil
}

// lost is the job of a work package that there is nothing to make of.
func lost(id int64, why error) *job {
	return &job{record: &record{ID: id}, err: why, done: make(chan result, 1)}
}

// remembered is prepare for an entry.
func (p *Pipeline) remembered(ctx context.Context, e *Entry) *job {
	j := &job{record: &record{ID: e.ID, Subject: e.Subject}, entry: e, noted: true, recast: true, seen: e.UpdatedAt, done: make(chan result, 1)}
	j.err = guarded(func() error {
		r, err := recordOf(e)
		if err != nil {
			return err
		}
		j.record = r
		return p.begin(ctx, j)
	})
	return j
}

// recast publishes an item as its last visit left it.
func (p *Pipeline) recast(ctx context.Context, j *job) (output.Result, error) {
	if err := j.restore(); err != nil {
		return output.Result{}, err
	}
	return p.publish(ctx, j)
}

// restore gives the item what its last visit found, a kept page read again.
func (j *job) restore() error {
	visit, err := visitOf(j.entry)
	if err != nil || visit == nil {
		return err
	}
	j.item.Restore(visit)
	if len(j.entry.HTML) == 0 {
		return nil
	}
	return j.item.Reread(j.entry.HTML, visit)
}

// UnknownEntryError says that nothing is remembered of a work package.
type UnknownEntryError struct{ ID int64 }

// Error names the work package.
func (e *UnknownEntryError) Error() string {
	return fmt.Sprintf("nothing is remembered of work package %d", e.ID)
}

// Hint says how to change that.
func (e *UnknownEntryError) Hint() string {
	return fmt.Sprintf("run ingest --wp %d first", e.ID)
}
