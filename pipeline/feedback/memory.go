package feedback

import (
	"context"
	"encoding/json"

	"ingest/pipeline"
)

// memory is what is remembered of one work package.
type memory struct {
	Comment int64  `json:"comment,omitempty"` // its id; 0 is none that is known
	Digest  string `json:"digest,omitempty"`  // of what it says
	// Edition is that for which the status was last set.
	Edition string `json:"edition,omitempty"`
	// Link is the clean URL that was last written and LinkIs what the tracker made of
	// it: a tracker with ways of its own is not written to again and again.
	Link   string `json:"link,omitempty"`
	LinkIs string `json:"link_is,omitempty"`
}

// recall reads the memory of a work package. One that cannot be read is none: the
// comment is found by its mark.
func (t *Tracker) recall(ctx context.Context, id int64, into *memory) error {
	if t.Store == nil {
		return nil
	}
	text, err := t.Store.Fact(ctx, pipeline.TellerFact(id))
	if err != nil {
		return &pipeline.StoreError{Err: err}
	}
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.log().WarnContext(ctx, "memory of feedback is damaged", "wp_id", id, "error", err)
		*into = memory{}
	}
	return nil
}

func (t *Tracker) remember(ctx context.Context, id int64, m memory) error {
	if t.Store == nil {
		return nil
	}
	text, err := json.Marshal(m)
	if err == nil {
		err = t.Store.SetFact(ctx, pipeline.TellerFact(id), string(text))
	}
	if err != nil {
		return &pipeline.StoreError{Err: err}
	}
	return nil
}
