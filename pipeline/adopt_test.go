package pipeline_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// TestAdopt: once the tree is the base, a document that nobody remembers is
// adopted if its work package has not changed since; one that was written since
// has a memory of its own.
func TestAdopt(t *testing.T) {
	client, fake := tracker(t, 0)
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for i, updated := range []time.Time{at.Add(-time.Hour), at, at.Add(time.Second), at.Add(-time.Hour)} {
		fake.Add(openprojecttest.WorkPackage{ID: int64(i + 1), Subject: "Item", CreatedAt: at.AddDate(-1, 0, 0), UpdatedAt: updated})
	}
	sink, store, clock := &memory{documents: map[int64]output.Document{}}, state.NewMemory(), night()
	p := remembering(client, sink, store, clock)
	if err := store.Put(t.Context(), &pipeline.Entry{ID: 4, Tracker: []byte("{}"), Written: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	adopted := func(what string, want ...bool) {
		t.Helper()
		run(t, p, pipeline.Selection{Full: true})
		for i, want := range want {
			if got := sink.documents[int64(i+1)].Adopted; got != want {
				t.Errorf("%s: work package %d adopted: %v, want %v", what, i+1, got, want)
			}
		}
	}
	p.DryRun = true // so that nothing comes to be remembered
	adopted("before", false, false, false, false)
	p.Adopted = at
	adopted("in a rehearsal", true, true, false, false)
	p.Store = nil
	adopted("without a state", true, true, false, true)
	p.Adopted, p.Store = time.Time{}, store
	if err := pipeline.Adopt(t.Context(), store, at.Add(900*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if fact, err := store.Fact(t.Context(), "adopted"); err != nil || fact != "2026-11-22T02:00:00Z" {
		t.Errorf("fact %q, error %v", fact, err)
	}
	adopted("after", true, true, false, false)
	p.DryRun = false
	adopted("the first run", true, true, false, false)
}

func TestAdoptedFactThatCannotBeRead(t *testing.T) {
	client, _ := tracker(t, 1)
	store := state.NewMemory()
	if err := store.SetFact(t.Context(), "adopted", "yesterday"); err != nil {
		t.Fatal(err)
	}
	_, err := remembering(client, &memory{}, store, night()).Run(t.Context(), pipeline.Selection{})
	if _, damaged := errors.AsType[*pipeline.DamagedAdoptionError](err); !damaged || !strings.Contains(pipeline.HintOf(err), "ingest adopt") {
		t.Errorf("error %v, hint %q", err, pipeline.HintOf(err))
	}
}

func TestSourced(t *testing.T) {
	client, fake := tracker(t, 2)
	fake.Add(openprojecttest.WorkPackage{ID: 3, Subject: "No link", Fields: map[string]any{"Source URL": "javascript:alert(1)"}})
	p := &pipeline.Pipeline{Source: client, Fields: fields(), First: []pipeline.Step{enrich.Clean{Cleaner: &urlclean.Cleaner{}, Required: true}}}
	want := map[int64]string{1: "https://example.org/1", 2: "https://example.org/2", 3: ""}
	found := 0
	for wp, err := range p.Sourced(t.Context(), openproject.Query{}) {
		if err != nil || wp.Clean != want[wp.ID] {
			t.Errorf("got %+v, %v; want %q", wp, err, want[wp.ID])
		}
		found++
	}
	if found != 3 {
		t.Errorf("found %d, want 3", found)
	}
	for _, err := range p.Sourced(t.Context(), openproject.Query{}) {
		if err != nil {
			t.Error(err)
		}
		break // and nothing hangs
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var failed error
	for _, err := range p.Sourced(ctx, openproject.Query{}) {
		failed = err
	}
	if failed == nil {
		t.Error("no error from a listing that cannot be had")
	}
}
