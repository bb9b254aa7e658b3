package pipeline

import (
	"context"
	"time"

	"ingest/enrich/linkhealth"
)

// LinkHealth is what is known of the link that a document publishes.
type LinkHealth struct {
	ID      int64              `json:"id"`  // of the work package
	URL     string             `json:"url"` // the published one; of another nothing here speaks
	Verdict linkhealth.Verdict `json:"verdict"`
	// Evidence is what the verdict was made of, the oldest first, bounded by
	// linkhealth.Trim.
	Evidence []linkhealth.Evidence `json:"evidence"`
	// Archived is the archived copy to propose, zero when none is known, and
	// AskedAt when the archive was last asked and answered.
	Archived linkhealth.Copy `json:"archived,omitzero"`
	AskedAt  time.Time       `json:"archive_asked_at,omitzero"`
}

// CheckedAt is when the latest evidence was found, zero when there is none.
func (h *LinkHealth) CheckedAt() time.Time { return h.latest().At }

func (h *LinkHealth) latest() linkhealth.Evidence {
	if len(h.Evidence) == 0 {
		return linkhealth.Evidence{}
	}
	return h.Evidence[len(h.Evidence)-1]
}

// LinkStore is a [Store] that also remembers the health of links; *state.DB is
// one. The same holds for its methods as for those of Store.
type LinkStore interface {
	Store
	// LinkHealth returns what is known of the link of a work package, nil when
	// that is nothing. The error is a *DamagedLinkError when only this cannot be
	// read: PutLinkHealth takes its place.
	LinkHealth(ctx context.Context, id int64) (*LinkHealth, error)
	// PutLinkHealth remembers what is known of links, all of them or none, in
	// place of what was known. It is forgotten with the work package's entry;
	// one that has no entry is not remembered at all.
	PutLinkHealth(ctx context.Context, all ...*LinkHealth) error
}
