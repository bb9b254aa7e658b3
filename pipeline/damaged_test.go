package pipeline_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// scratched is a store that cannot read one entry until it is put anew.
type scratched struct {
	*state.Memory
	id atomic.Int64
}

func (s *scratched) damaged() error {
	return &pipeline.DamagedEntryError{ID: s.id.Load(), Err: errors.New("bytes that are none of ours")}
}

func (s *scratched) Entry(ctx context.Context, id int64) (*pipeline.Entry, error) {
	if id == s.id.Load() {
		return nil, s.damaged()
	}
	return s.Memory.Entry(ctx, id)
}

func (s *scratched) Entries(ctx context.Context) iter.Seq2[*pipeline.Entry, error] {
	return func(yield func(*pipeline.Entry, error) bool) {
		for e, err := range s.Memory.Entries(ctx) {
			if e != nil && e.ID == s.id.Load() {
				e, err = nil, s.damaged()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func (s *scratched) Put(ctx context.Context, e *pipeline.Entry) error {
	s.id.CompareAndSwap(e.ID, 0)
	return s.Memory.Put(ctx, e)
}

func TestDamagedEntryIsLookedAtAnew(t *testing.T) {
	client, _ := tracker(t, 3)
	store := &scratched{Memory: state.NewMemory()}
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

// One of which nothing can be read fails alone, and the others are made again.
func TestRenderWithADamagedEntry(t *testing.T) {
	client, _ := tracker(t, 3)
	store := &scratched{Memory: state.NewMemory()}
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	for _, named := range [][]int64{nil, {1, 2, 3}} {
		report, err := p.Render(t.Context(), named)
		if err != nil || !slices.Equal(ids(report), []int64{1, 2, 3}) || report.Counts[pipeline.Unchanged] != 2 {
			t.Fatalf("%v: %v, %v, error %v; want two unchanged and one told of", named, ids(report), report.Counts, err)
		}
		item := report.Items[1]
		if item.Outcome != pipeline.Failed || !strings.Contains(item.Error, "work package 2 cannot be read") || !strings.Contains(item.Hint, "ingest --wp 2") {
			t.Errorf("%v: %+v, want it to fail with a hint", named, item)
		}
	}
}

// A work package that is due, cannot be read from the memory and is not listed any
// more does not end the night's run.
func TestDamagedEntryThatIsDueAndGone(t *testing.T) {
	client, fake := tracker(t, 3)
	store := &scratched{Memory: state.NewMemory()}
	p := remembering(client, &memory{fail: func(id int64) error {
		if id == 2 {
			return errors.New("no luck")
		}
		return nil
	}}, store, night())
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	fake.Delete(2)
	fake.Update(3, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Three" })
	for range 2 {
		if report, err := p.Run(t.Context(), pipeline.Selection{}); err != nil || report.Counts[pipeline.Failed] > 0 || !slices.Contains(ids(report), 3) {
			t.Errorf("%+v, error %v; want the others looked at", report.Counts, err)
		}
	}
}

// The links of the others are checked.
func TestLinksWithADamagedEntry(t *testing.T) {
	w := newLinks(t, 3)
	store := &scratched{Memory: w.store}
	store.id.Store(2)
	w.run.Store = store
	for _, s := range []pipeline.LinkSelection{{All: true}, {IDs: []int64{1, 2, 3}}} {
		report, asked := w.night(s)
		if !slices.Equal(asked, []int64{1, 3}) || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0].Text, "work package 2 cannot be read") {
			t.Errorf("%+v: asked %v, warnings %v; want 1 and 3, and 2 told of once", s, asked, report.Warnings)
		}
	}
}

// scratchedLink is a store that cannot read what is known of one link until it is
// put anew.
type scratchedLink struct {
	*state.Memory
	id int64
}

func (s *scratchedLink) LinkHealth(ctx context.Context, id int64) (*pipeline.LinkHealth, error) {
	if id == s.id {
		return nil, &pipeline.DamagedLinkError{ID: id, Err: errors.New("bytes that are none of ours")}
	}
	return s.Memory.LinkHealth(ctx, id)
}

func (s *scratchedLink) PutLinkHealth(ctx context.Context, all ...*pipeline.LinkHealth) error {
	for _, h := range all {
		if h.ID == s.id {
			s.id = 0
		}
	}
	return s.Memory.PutLinkHealth(ctx, all...)
}

// A document may show what is known of its link, so that it is not made without; a
// links run finds it out anew.
func TestDamagedLink(t *testing.T) {
	client, _ := tracker(t, 3)
	w := newLinks(t, 3)
	store := &scratchedLink{Memory: w.store}
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{})
	w.publish(2, "https://example.org/2", time.Time{})
	store.id = 2
	report, err := p.Run(t.Context(), pipeline.Selection{Full: true})
	if err != nil || report.Counts[pipeline.Failed] != 1 || !strings.Contains(says(report, 2), "link of work package 2 cannot be read") || !strings.Contains(report.Items[1].Hint, "ingest links --wp 2") {
		t.Fatalf("%+v, error %v; want 2 to fail alone, with a hint", report.Items, err)
	}
	w.run.Store = store
	if report, asked := w.night(pipeline.LinkSelection{IDs: []int64{2}}); !slices.Equal(asked, []int64{2}) || store.id != 0 || len(report.Warnings) != 1 {
		t.Errorf("asked %v, still damaged: %v, warnings %v; want it checked anew", asked, store.id != 0, report.Warnings)
	}
	if report, err := p.Run(t.Context(), pipeline.Selection{Full: true}); err != nil || report.Counts[pipeline.Failed] != 0 {
		t.Errorf("after it: %v, error %v", report.Counts, err)
	}
}
