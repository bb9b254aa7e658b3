package pipeline

import (
	"context"
	"fmt"

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
			if err != nil {
				return &StoreError{err}
			}
			if e.Path == "" { // never published
				continue
			}
			if !hand(p.remembered(ctx, e)) {
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
		if err != nil {
			return &StoreError{err}
		}
		j := &job{record: &record{ID: id}, err: &UnknownEntryError{ID: id}, done: make(chan result, 1)}
		if e != nil && e.Path != "" {
			j = p.remembered(ctx, e)
		}
		if !hand(j) {
			return context.Cause(ctx)
		}
	}
	return nil
}

// remembered is prepare for an entry.
func (p *Pipeline) remembered(ctx context.Context, e *Entry) *job {
	j := &job{record: &record{ID: e.ID, Subject: e.Subject}, entry: e, noted: true, done: make(chan result, 1)}
	j.err = guarded(func() error {
		r, err := decodeRecord(e.Tracker)
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
	visit, err := visitOf(j.entry)
	if err != nil {
		return output.Result{}, err
	}
	if visit != nil {
		j.item.Restore(visit)
	}
	return p.publish(ctx, j)
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
