package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

func TestAheadGoesBeforeTheRestOfTheListing(t *testing.T) {
	client, _ := tracker(t, 7)
	for name, c := range map[string]struct {
		selection pipeline.Selection
		want      []int64
	}{
		"of the query":          {pipeline.Selection{}, []int64{1, 2, 5, 7, 3, 4, 6}},
		"of named ones":         {pipeline.Selection{IDs: []int64{1, 2, 3, 4, 5, 6}}, []int64{1, 2, 5, 7, 3, 4, 6}},
		"where one is repeated": {pipeline.Selection{IDs: []int64{1, 1, 2, 3}}, []int64{1, 5, 7, 2, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Fields: fields(), Workers: 1,
				Ahead: func(wanted func(int64) bool) []int64 {
					if asked++; asked != 3 { // before the third item
						return nil
					}
					return slices.DeleteFunc([]int64{1, 5, 7}, func(id int64) bool { return !wanted(id) })
				}}
			report, err := p.Run(t.Context(), c.selection)
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(report); !slices.Equal(got, c.want) {
				t.Errorf("items %v, want %v: 5 and 7 ahead and once, 1 not twice", got, c.want)
			}
		})
	}
}

func TestDrainFinishesWhatIsAtHandAndNoMore(t *testing.T) {
	client, _ := tracker(t, 50)
	sink, drain := &memory{}, make(chan struct{})
	var once sync.Once
	p := &pipeline.Pipeline{Source: client, Sink: sink, Template: template(titles), Fields: fields(), Workers: 1, Drain: drain,
		Steps: []pipeline.Step{step(func(context.Context, *enrich.Item) error { once.Do(func() { close(drain) }); return nil })}}
	for name, s := range map[string]pipeline.Selection{"a listing": {}, "named ones": {IDs: []int64{1, 2, 3, 4, 5, 6, 7, 8}}} {
		report, err := p.Run(t.Context(), s)
		if _, drained := errors.AsType[*pipeline.DrainedError](err); !drained || !report.Interrupted || report.Error != "" {
			t.Errorf("%s: err = %v, interrupted %t, error %q, want a DrainedError and an interrupted report", name, err, report.Interrupted, report.Error)
		}
		if len(report.Items) >= 8 {
			t.Errorf("%s: %d items were worked on after the drain", name, len(report.Items))
		}
	}
	if len(sink.documents) == 0 {
		t.Error("the item at hand was not finished")
	}
}

func TestEnterTellsTheSteps(t *testing.T) {
	client, _ := tracker(t, 1)
	var entered []string
	p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Fields: fields(),
		Steps: []pipeline.Step{step(func(context.Context, *enrich.Item) error { return nil })},
		Enter: func(_ int64, step string) { entered = append(entered, step) }}
	if _, err := p.Run(t.Context(), pipeline.Selection{}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"test", "write"}; !slices.Equal(entered, want) {
		t.Errorf("entered %v, want %v", entered, want)
	}
}

// hiccup is a tracker that cannot read one work package once.
type hiccup struct {
	*openproject.Client
	id   int64
	once sync.Once
}

func (h *hiccup) WorkPackage(ctx context.Context, id int64) (wp *openproject.WorkPackage, err error) {
	if id == h.id {
		h.once.Do(func() { err = errors.New("502 once") })
	}
	if err != nil {
		return nil, err
	}
	return h.Client.WorkPackage(ctx, id)
}

// giveOnce is an Ahead that gives one work package, once.
func giveOnce(id int64) func(func(int64) bool) []int64 {
	given := false
	return func(wanted func(int64) bool) []int64 {
		if given || !wanted(id) {
			return nil
		}
		given = true
		return []int64{id}
	}
}

// The watermark moves only past work packages that are done or recorded.
func TestWhatCouldNotBeReadAheadIsMetInTheListing(t *testing.T) {
	client, fake := tracker(t, 5)
	long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	fake.Add(openprojecttest.WorkPackage{ID: 50, Subject: "Old", CreatedAt: long, UpdatedAt: long, Fields: map[string]any{"Source URL": "https://example.org/50"}})
	sink := &memory{}
	p := remembering(&hiccup{Client: client, id: 50}, sink, state.NewMemory(), night())
	p.Ahead = giveOnce(50)
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	if _, made := sink.documents[50]; !made || report.Counts[pipeline.Failed] != 1 || report.Counts[pipeline.Created] != 6 {
		t.Errorf("counts %v, want the failure told and all 6 made", report.Counts)
	}
}

// A work package that the tracker does not show is told as such: no later run looks
// at it again.
func TestUnreadIsToldApart(t *testing.T) {
	client, _ := tracker(t, 2)
	p := remembering(client, &memory{}, state.NewMemory(), night())
	p.First = []pipeline.Step{refusing{2}}
	report, err := p.Run(t.Context(), pipeline.Selection{IDs: []int64{1, 2, 404}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, false, true} {
		if got := report.Items[i]; got.Unread != want {
			t.Errorf("work package %d (%s): unread %t, want %t", got.ID, got.Outcome, got.Unread, want)
		}
	}
}

// Prune goes by what the query lists.
func TestWhatDoesNotBelongAheadIsPrunedAllTheSame(t *testing.T) {
	s := published(t, 4)
	s.mode = pipeline.PruneDelete
	s.fake.Update(3, func(wp *openprojecttest.WorkPackage) { wp.Type = 8 })
	p := s.pipeline()
	p.Ahead = giveOnce(3)
	report, err := p.Run(t.Context(), pipeline.Selection{Full: true, Query: s.query})
	if err != nil || report.Counts[pipeline.Removed] != 1 {
		t.Errorf("counts %v, error %v, want 3 removed", report.Counts, err)
	}
}

// refusing is a first step that one work package does not pass.
type refusing struct{ id int64 }

func (refusing) Name() string { return "clean" }

func (s refusing) Apply(_ context.Context, it *enrich.Item) error {
	if it.ID == s.id {
		return errors.New("no source")
	}
	return nil
}

// Two jobs on one work package at once would write over each other's memory.
func TestWhatFailedAheadIsWorkedOnOnce(t *testing.T) {
	client, _ := tracker(t, 5)
	store := state.NewMemory()
	p := remembering(client, &memory{}, store, night())
	p.First = []pipeline.Step{refusing{3}}
	p.Ahead = giveOnce(3)
	report, err := p.Run(t.Context(), pipeline.Selection{Full: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(report), []int64{3, 1, 2, 4, 5}; !slices.Equal(got, want) || report.Counts[pipeline.Failed] != 1 {
		t.Errorf("items %v, counts %v, want %v and one failure", got, report.Counts, want)
	}
	if e, err := store.Entry(t.Context(), 3); err != nil || e.Failures != 1 || e.NextTry.IsZero() {
		t.Errorf("remembered %+v, error %v, want one failure and its next try", e, err)
	}
}
