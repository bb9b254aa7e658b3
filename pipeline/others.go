package pipeline

import (
	"context"
	"errors"
)

// others tells the sink of the other work packages with a link of a job, which
// this run may not look at: older ones keep what is theirs, and all are duplicates
// of this one.
func (p *Pipeline) others(ctx context.Context, j *job, url string) error {
	if p.Store == nil {
		return nil
	}
	ids, err := p.withURL(ctx, url)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id == j.record.ID || p.Sink.Knows(id) {
			continue
		}
		e, err := p.Store.Entry(ctx, id)
		if _, damaged := errors.AsType[*DamagedEntryError](err); damaged {
			continue // its own look tells
		}
		if err != nil {
			return &StoreError{err}
		}
		if e != nil {
			p.Sink.Known(id, e.Clean, e.Canonical)
		}
	}
	return nil
}

// othersOfPage is others for what the page calls itself, which is known only after
// the visit. Nobody tells of duplicates where nothing is visited.
func (p *Pipeline) othersOfPage(ctx context.Context, j *job) error {
	link := j.item.Link
	if j.recast || link == nil || link.Canonical == link.Clean {
		return nil
	}
	return p.others(ctx, j, link.Canonical)
}
