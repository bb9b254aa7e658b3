package adopt

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"ingest/output"
	"ingest/pipeline"
)

// Watch stands before the sink of a dry run and notes what would become of the
// documents. Its zero value with a Sink is ready.
type Watch struct {
	pipeline.Sink

	mu      sync.Mutex
	assets  int
	changes tally
	edits   tally
}

// Write asks the sink and notes its answer.
func (w *Watch) Write(ctx context.Context, d output.Document) (output.Result, error) {
	result, err := w.Sink.Write(ctx, d)
	if err != nil {
		return result, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, change := range result.Files {
		switch {
		case change.Asset:
			w.assets++
		case change.Kind == output.Updated:
			w.changed(d.ID, change)
		}
	}
	for _, edit := range result.HandEdits {
		w.edits.add(d.ID, edit.Difference())
	}
	return result, nil
}

// styleKey stands for bytes that change without a value.
const styleKey = "(style)"

func (w *Watch) changed(id int64, change output.Change) {
	all, err := output.Compare(change.Old, change.New)
	if err != nil || len(all) == 0 { // the sink has read both, so there is no error
		all = []output.Difference{{Path: styleKey}}
	}
	for _, d := range all {
		w.changes.add(id, d)
	}
}

// Preview returns what was noted during a run.
func (w *Watch) Preview(run *pipeline.Report) *Preview {
	w.mu.Lock()
	defer w.mu.Unlock()
	return &Preview{Run: run, Assets: w.assets, Changes: w.changes.keys(), HandEdits: w.edits.keys()}
}

// tally counts keys.
type tally map[string]*Key

// maxExamples is how many examples are kept of a key.
const maxExamples = 3

func (t *tally) add(id int64, d output.Difference) {
	if *t == nil {
		*t = tally{}
	}
	key := (*t)[d.Path]
	if key == nil {
		key = &Key{Key: d.Path}
		(*t)[d.Path] = key
	}
	key.Count++
	key.Examples = append(key.Examples, Example{id, d.Old, d.New}) // in any order: workers are many
	slices.SortStableFunc(key.Examples, func(a, b Example) int { return cmp.Compare(a.ID, b.ID) })
	key.Examples = key.Examples[:min(len(key.Examples), maxExamples)]
}

// keys lists the most frequent first.
func (t tally) keys() []Key {
	keys := make([]Key, 0, len(t))
	for _, key := range slices.Sorted(maps.Keys(t)) {
		keys = append(keys, *t[key])
	}
	slices.SortStableFunc(keys, func(a, b Key) int { return cmp.Compare(b.Count, a.Count) })
	return keys
}
