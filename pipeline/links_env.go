package pipeline

import (
	"context"
	"errors"

	"ingest/enrich/linkhealth"
	"ingest/output/archetype"
)

// linkHealth is what is known of the link of a work package, for its document.
func (p *Pipeline) linkHealth(ctx context.Context, id int64) (*LinkHealth, error) {
	store, ok := p.Store.(LinkStore)
	if !ok {
		return nil, nil
	}
	h, err := store.LinkHealth(ctx, id)
	if damaged, ok := errors.AsType[*DamagedLinkError](err); ok {
		return nil, damaged // a value that was published must not be replaced by a gap
	}
	if err != nil {
		return nil, &StoreError{err}
	}
	return h, nil
}

// withHealth adds to a link what is known of it, when that is about the same
// address.
func withHealth(l *archetype.Link, h *LinkHealth) *archetype.Link {
	if l == nil || h == nil || h.URL != l.Href {
		return l
	}
	if h.Verdict.State != linkhealth.Undecided {
		l.Health = string(h.Verdict.State)
	}
	l.Archived = h.Archived.URL
	return l
}
