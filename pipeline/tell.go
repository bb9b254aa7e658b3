package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ingest/enrich"
)

// Teller brings what became of a work package back to where its editor works.
// *feedback.Tracker is one. It is called by several goroutines.
type Teller interface {
	// Tell returns when the tracker changed the work package because of it, so that
	// the next run does not take that for news; zero when nothing was written.
	Tell(ctx context.Context, t Told) (changed time.Time, err error)
}

// Told is what there is to tell of one work package.
type Told struct {
	Item ItemReport
	// UpdatedAt and Fields (by our names) are of the work package, as the run read
	// it, Status is its status.
	UpdatedAt time.Time
	Fields    map[string]any
	Status    string
	// Address is the document's on the site and Path its place in the content
	// folder; "" when it is not there or that is not known.
	Address, Path string
	// Visit is what was found at the source; nil when it was not visited.
	Visit *enrich.Visit
	// Asked says that a person asked for this run in a comment.
	Asked bool
}

// tell lets the teller speak. That it cannot be heard is a warning: the document
// is written all the same.
func (p *Pipeline) tell(ctx context.Context, j *job, r *result) {
	if p.Teller == nil || p.DryRun || !j.noted || j.still || j.recast {
		return
	}
	t := Told{Item: r.item, UpdatedAt: j.record.UpdatedAt, Status: j.record.Status, Address: j.address, Path: p.Sink.Place(j.record.ID), Fields: map[string]any{}}
	for name, label := range p.Fields {
		t.Fields[name] = j.record.field(label)
	}
	if j.item != nil && j.visited {
		t.Visit = j.item.Visit()
	}
	if p.Asked != nil {
		t.Asked = p.Asked(j.record.ID)
	}
	changed, err := p.Teller.Tell(ctx, t)
	if err != nil && ctx.Err() == nil {
		r.item.Warnings = append(r.item.Warnings, Warning{Step: "feedback", Text: err.Error(), Hint: hintOf(err)})
	}
	if _, refused := errors.AsType[*StoreError](err); refused {
		r.err = err
	}
	j.told = changed
}

// unstamp gives a work package that only our own words have changed since the last
// run the time it had before them: they must not reach the site as a change.
func (p *Pipeline) unstamp(j *job) error {
	if j.entry == nil || !j.entry.UpdatedAt.Equal(j.record.UpdatedAt) {
		return nil
	}
	before, err := decodeRecord(j.entry.Tracker)
	if err != nil {
		return fmt.Errorf("work package %d: %w", j.record.ID, err)
	}
	j.record.UpdatedAt = before.UpdatedAt
	return nil
}
