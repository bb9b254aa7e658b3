package adopt_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/adopt"
)

// answers is a sink that has its results ready.
type answers struct {
	pipeline.Sink
	results map[int64]output.Result
}

func (a answers) Write(_ context.Context, d output.Document) (output.Result, error) {
	if r, ok := a.results[d.ID]; ok {
		return r, nil
	}
	return output.Result{Files: []output.Change{{Kind: output.Updated, Asset: true}}}, errors.New("no")
}

func TestWatch(t *testing.T) {
	updated := func(before, after string) []output.Change {
		return []output.Change{{Asset: true, Kind: output.Created}, {Kind: output.Updated, Old: []byte(before), New: []byte(after)}}
	}
	edit := []output.HandEdit{{Path: "layOut", Hand: "wide", Ours: "single"}, {Path: "gone", Ours: int64(1), Deleted: true}, {Path: output.BodyKey, Hand: "a", Ours: "b"}}
	sink := answers{results: map[int64]output.Result{
		1: {Outcome: output.Created, Files: []output.Change{{Kind: output.Created, New: []byte(matter("title: x"))}}},
		2: {Files: updated(matter("title: a", "m: {x: 1}"), matter("title: b", "m: {x: 2}")), HandEdits: edit},
		3: {Files: updated(matter("title: a"), matter("title: c"))},
		4: {Files: updated(matter("title: a"), matter("title: d"))},
		5: {Files: updated(matter("title: a"), matter("title: e")), HandEdits: edit[:1]},
		6: {Files: updated(matter("x: 'y'"), matter("x: y"))},
	}}
	watch := &adopt.Watch{Sink: sink}
	for _, id := range []int64{5, 9, 4, 6, 3, 2, 1} {
		if _, err := watch.Write(t.Context(), output.Document{ID: id}); (err != nil) != (id == 9) {
			t.Fatal(id, err)
		}
	}
	title := func(id int64, to string) adopt.Example { return adopt.Example{ID: id, InFile: `"a"`, FromTracker: to} }
	want := &adopt.Preview{Assets: 5,
		Changes: []adopt.Key{{Key: "title", Count: 4, Examples: []adopt.Example{title(2, `"b"`), title(3, `"c"`), title(4, `"d"`)}},
			{Key: "(style)", Count: 1, Examples: []adopt.Example{{ID: 6}}}, {Key: "m.x", Count: 1, Examples: []adopt.Example{{ID: 2, InFile: "1", FromTracker: "2"}}}},
		HandEdits: []adopt.Key{{Key: "layOut", Count: 2, Examples: []adopt.Example{{ID: 2, InFile: `"wide"`, FromTracker: `"single"`}, {ID: 5, InFile: `"wide"`, FromTracker: `"single"`}}},
			{Key: "(body)", Count: 1, Examples: []adopt.Example{{ID: 2}}}, {Key: "gone", Count: 1, Examples: []adopt.Example{{ID: 2, FromTracker: "1"}}}}}
	if diff := cmp.Diff(want, watch.Preview(nil)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// The names in the JSON are a promise.
func TestReportJSON(t *testing.T) {
	text, err := json.Marshal(adopt.New(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), "content/news"))
	want := `{"started":"2026-11-22T00:00:00Z","duration_seconds":0,"content_dir":"content/news","dry_run":false,"adopted":false,` +
		`"work_packages":0,"files":0,"known":[],"unknown":[],"matched":[],"ambiguous":[],"shared_ids":[],"duplicates":[],"unreadable":[],"own":[],"preview":null,"warnings":[]}`
	if err != nil || string(text) != want {
		t.Errorf("got\n%s\nwant\n%s, error %v", text, want, err)
	}
}
