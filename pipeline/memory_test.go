package pipeline_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// remembering is a pipeline with a store, whose clock the test moves.
func remembering(client pipeline.Source, sink pipeline.Sink, store pipeline.Store, clock *time.Time) *pipeline.Pipeline {
	return &pipeline.Pipeline{Source: client, Sink: sink, Store: store, Template: template(titles), Fields: fields(), Workers: 3,
		Now: func() time.Time { return *clock }}
}

func night() *time.Time {
	t := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	return &t
}

func run(t *testing.T, p *pipeline.Pipeline, s pipeline.Selection) []int64 {
	t.Helper()
	report, err := p.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return ids(report)
}

func TestNextRunLooksOnlyAtWhatChanged(t *testing.T) {
	client, fake := tracker(t, 40)
	sink, clock := &memory{}, night()
	p := remembering(client, sink, state.NewMemory(), clock)
	prepared := 0
	p.Prepare = func(context.Context) error { prepared++; return nil }
	if got := run(t, p, pipeline.Selection{}); len(got) != 40 || prepared != 1 {
		t.Fatalf("first run: %d items, prepared %d times", len(got), prepared)
	}
	sink.written = nil
	run(t, p, pipeline.Selection{})
	if len(sink.written) != 0 || prepared != 1 {
		t.Errorf("a night without a change wrote %d documents and prepared %d times", len(sink.written), prepared-1)
	}
	fake.Update(7, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Seven" })
	run(t, p, pipeline.Selection{})
	if !slices.Equal(sink.written, []int64{7}) {
		t.Errorf("after one edit the documents of %v were written, want only that of 7", sink.written)
	}
	sink.written = nil
	run(t, p, pipeline.Selection{Full: true})
	if len(sink.written) != 40 {
		t.Errorf("a full run looked at %d, want 40", len(sink.written))
	}
}

// What is not done or recorded must be listed again: a listing that breaks off
// leaves the watermark where it was.
func TestWatermarkStaysWhenAListingBreaksOff(t *testing.T) {
	client, _ := tracker(t, 300)
	store, clock := state.NewMemory(), night()
	sink := &memory{}
	p := remembering(&brokenListing{Client: client, after: 250}, sink, store, clock)
	if _, err := p.Run(t.Context(), pipeline.Selection{}); err == nil {
		t.Fatal("the listing did not break off")
	}
	p.Source = client
	if got := run(t, p, pipeline.Selection{}); len(got) != 300 || len(sink.documents) != 300 {
		t.Errorf("the next run listed %d and %d documents are there, want all 300", len(got), len(sink.documents))
	}
}

// A failure is tried again in the next run, then with growing patience, also
// when its work package changed so long ago that no listing shows it.
func TestFailuresAreTriedAgainWithPatience(t *testing.T) {
	client, fake := tracker(t, 3)
	long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	fake.Add(openprojecttest.WorkPackage{ID: 50, Subject: "Old", CreatedAt: long, UpdatedAt: long, Fields: map[string]any{"Source URL": "https://example.org/50"}})
	clock, tries := night(), []time.Duration{}
	started := *clock
	p := remembering(client, &memory{}, state.NewMemory(), clock)
	p.Steps = []pipeline.Step{step(func(_ context.Context, it *enrich.Item) error {
		if it.ID != 50 {
			return nil
		}
		tries = append(tries, clock.Sub(started))
		return errors.New("no luck")
	})}
	for range 24 * 30 {
		if _, err := p.Run(t.Context(), pipeline.Selection{}); err != nil {
			t.Fatal(err)
		}
		*clock = clock.Add(time.Hour)
	}
	const day = 24 * time.Hour
	want := []time.Duration{0, time.Hour, 13 * time.Hour, day + 13*time.Hour, 3*day + 13*time.Hour, 7*day + 13*time.Hour, 14*day + 13*time.Hour, 21*day + 13*time.Hour, 28*day + 13*time.Hour}
	if !slices.Equal(tries, want) {
		t.Errorf("tried after %v, want %v", tries, want)
	}
	e, err := p.Store.Entry(t.Context(), 50)
	if err != nil || e.Outcome != pipeline.Failed || e.Error == "" || e.Attention == "" {
		t.Errorf("entry %+v, error %v; want a failure that says why", e, err)
	}
}

func TestQueryThatChangedIsListedWhole(t *testing.T) {
	client, _ := tracker(t, 20)
	p := remembering(client, &memory{}, state.NewMemory(), night())
	run(t, p, pipeline.Selection{Query: openproject.Query{Project: "medigy-curation"}})
	got := run(t, p, pipeline.Selection{Query: openproject.Query{Types: []string{"Curated Content"}}})
	if len(got) != 20 {
		t.Errorf("another query listed %d, want all 20", len(got))
	}
}

// Ids of types that the tracker has forgotten are asked for again.
func TestForgottenIDsAreFoundAgain(t *testing.T) {
	client, fake := tracker(t, 5)
	store := state.NewMemory()
	q := openproject.Query{Types: []string{"Curated Content"}}
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{Query: q})
	fact, err := store.Fact(t.Context(), "listed")
	if err != nil || !strings.Contains(fact, `"types":[7]`) {
		t.Fatalf("fact %q, error %v; want the type's id in it", fact, err)
	}
	if err := store.SetFact(t.Context(), "listed", strings.Replace(fact, "[7]", "[7777]", 1)); err != nil {
		t.Fatal(err)
	}
	fake.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.Contains(r.URL.Query().Get("filters"), "7777") {
			return &openprojecttest.Fault{Status: 400, Header: http.Header{"Content-Type": {"application/hal+json"}},
				Body: `{"_type":"Error","errorIdentifier":"urn:openproject-org:api:v3:errors:InvalidQuery","message":"Type filter has invalid values."}`}
		}
		return nil
	})
	run(t, p, pipeline.Selection{Query: q})
	if fact, _ = store.Fact(t.Context(), "listed"); !strings.Contains(fact, `"types":[7]`) {
		t.Errorf("fact %q, want the right id back", fact)
	}
}

// A state that cannot be written ends the run: work that is not recorded would
// be forgotten.
func TestStateThatCannotBeWrittenEndsTheRun(t *testing.T) {
	client, _ := tracker(t, 400)
	full := errors.New("no space")
	source := &stoppedListing{Client: client}
	p := remembering(source, &memory{}, &fullStore{Memory: state.NewMemory(), err: full, wait: source.wait}, night())
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if _, ok := errors.AsType[*pipeline.StoreError](err); !ok || !errors.Is(err, full) {
		t.Errorf("got %v, want a StoreError of the store's own", err)
	}
	if n := len(report.Items); n == 0 || n > 23 {
		t.Errorf("%d items reported, want not more than were at hand", n)
	}
}

type fullStore struct {
	*state.Memory
	err  error
	wait func(id int64)
}

func (s *fullStore) Put(_ context.Context, e *pipeline.Entry) error {
	s.wait(e.ID)
	return s.err
}

func TestDryRunLeavesTheStateAlone(t *testing.T) {
	client, _ := tracker(t, 3)
	store := state.NewMemory()
	p := remembering(client, &memory{}, store, night())
	p.DryRun = true
	run(t, p, pipeline.Selection{})
	for e, err := range store.Entries(t.Context()) {
		t.Errorf("entry %+v, error %v; want none", e, err)
	}
	if fact, err := store.Fact(t.Context(), "listed"); err != nil || fact != "" {
		t.Errorf("fact %q, error %v; want none", fact, err)
	}
}

// Rendering needs neither the tracker nor the steps that visit a source.
func TestRenderFromWhatIsRemembered(t *testing.T) {
	client, fake := tracker(t, 5)
	sink := &memory{}
	p := remembering(client, sink, state.NewMemory(), night())
	var visited atomic.Int32
	p.Steps = []pipeline.Step{step(func(context.Context, *enrich.Item) error { visited.Add(1); return nil })}
	run(t, p, pipeline.Selection{})
	sink.documents = map[int64]output.Document{}
	visited.Store(0)
	fake.Close()
	report, err := p.Render(t.Context(), nil)
	if err != nil || !slices.Equal(ids(report), []int64{1, 2, 3, 4, 5}) || visited.Load() != 0 {
		t.Fatalf("rendered %v, visited %d, error %v", ids(report), visited.Load(), err)
	}
	if d := sink.documents[3]; d.Body != "Body." || d.Source != "https://example.org/3?utm_source=x" {
		t.Errorf("document %+v", d)
	}
	report, err = p.Render(t.Context(), []int64{4, 99})
	if err != nil || len(report.Items) != 2 || report.Items[1].Outcome != pipeline.Failed || report.Items[1].Hint == "" {
		t.Errorf("by id: %+v, error %v; want 4 and a failure with a hint", report.Items, err)
	}
}
