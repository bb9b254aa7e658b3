package pipeline_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// scratched is a store that cannot read one entry until it is put anew.
type scratched struct {
	pipeline.Store
	id atomic.Int64
}

func (s *scratched) Entry(ctx context.Context, id int64) (*pipeline.Entry, error) {
	if id == s.id.Load() {
		return nil, &pipeline.DamagedEntryError{ID: id, Err: errors.New("bytes that are none of ours")}
	}
	return s.Store.Entry(ctx, id)
}

func (s *scratched) Put(ctx context.Context, e *pipeline.Entry) error {
	s.id.CompareAndSwap(e.ID, 0)
	return s.Store.Put(ctx, e)
}

func TestDamagedEntryIsLookedAtAnew(t *testing.T) {
	client, _ := tracker(t, 3)
	store := &scratched{Store: state.NewMemory()}
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	report, err := p.Run(t.Context(), pipeline.Selection{Full: true})
	if err != nil {
		t.Fatal(err)
	}
	if item := report.Items[1]; item.Outcome == pipeline.Failed || len(item.Warnings) == 0 || !strings.Contains(item.Warnings[0].Text, "work package 2 cannot be read") {
		t.Errorf("item %+v, want it done with a warning", item)
	}
	if store.id.Load() != 0 {
		t.Error("the entry was not remembered anew")
	}
}
