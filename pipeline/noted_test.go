package pipeline_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// noting is a store that keeps what it was given in between.
type noting struct {
	*state.Memory
	put []pipeline.Entry
}

func (n *noting) Put(ctx context.Context, e *pipeline.Entry) error {
	n.put = append(n.put, *e)
	return n.Memory.Put(ctx, e)
}

// A change of an existing document is noted before the file is touched, with the
// work package still as it was, and once more when it is done. What stays the
// same is not noted at all when it is made again.
func TestWhatIsNotedOfAChange(t *testing.T) {
	client, fake := tracker(t, 3)
	dir := t.TempDir()
	tree, err := output.Open(filepath.Join(dir, "content"), filepath.Join(dir, "assets"), output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tree.Close() })
	store := &noting{Memory: state.NewMemory()}
	p := remembering(client, tree, store, night())
	p.Workers = 1
	run(t, p, pipeline.Selection{})
	if len(store.put) != 3 {
		t.Errorf("three new documents were noted %d times, want 3", len(store.put))
	}
	was, err := store.Entry(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	fake.Update(2, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Two" })
	store.put = nil
	run(t, p, pipeline.Selection{})
	if len(store.put) != 2 || !bytes.Contains(store.put[0].Written, []byte(`"pending":`)) || bytes.Contains(store.put[1].Written, []byte(`"pending":`)) {
		t.Fatalf("a change was noted %d times, want twice: pending, then done", len(store.put))
	}
	if before, after := store.put[0].UpdatedAt, store.put[1].UpdatedAt; !before.Equal(was.UpdatedAt) || !after.After(before) {
		t.Errorf("of the work package of %v is noted %v, then %v; want it new when it is done only", was.UpdatedAt, before, after)
	}
	store.put = nil
	if report, err := p.Render(t.Context(), nil); err != nil || report.Counts[pipeline.Unchanged] != 3 || len(store.put) != 0 {
		t.Errorf("render: %v, error %v, noted %d times; want 3 unchanged and nothing noted", report.Counts, err, len(store.put))
	}
}
