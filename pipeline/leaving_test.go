package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output/archetype"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// named looks at one work package that somebody asked for in a comment, and gives what
// the tracker is told of it.
func (s *pruned) named(id int64) (*listener, string) {
	s.t.Helper()
	p, ear := s.pipeline(), &listener{}
	p.Teller, p.Asked = ear, func(int64) bool { return true }
	report, err := p.Run(s.t.Context(), pipeline.Selection{Query: s.query, IDs: []int64{id}})
	if err != nil {
		s.t.Fatal(err)
	}
	return ear, says(report, id)
}

func (s *pruned) incremental() {
	s.t.Helper()
	if _, err := s.pipeline().Run(s.t.Context(), pipeline.Selection{Query: s.query}); err != nil {
		s.t.Fatal(err)
	}
}

// renderAnew makes the documents again by an archetype with another key.
func (s *pruned) renderAnew() {
	s.t.Helper()
	made, err := archetype.Parse("test.yaml", []byte(prunedArchetype+"kind: article\n"))
	if err != nil {
		s.t.Fatal(err)
	}
	p := s.pipeline()
	p.Template = made
	if report, err := p.Render(s.t.Context(), nil); err != nil || report.Counts[pipeline.Updated] != 3 {
		s.t.Fatalf("render: %v, error %v, want all made again", report.Counts, err)
	}
}

func (s *pruned) entry(id int64) *pipeline.Entry {
	s.t.Helper()
	e, err := s.store.Entry(s.t.Context(), id)
	if err != nil || e == nil {
		s.t.Fatalf("entry %d: %v, error %v", id, e, err)
	}
	return e
}

// TestWhatShouldLeaveIsTold: a published work package that no longer belongs keeps its
// document and what is remembered of it, tells why it should go and what takes it off,
// is answered where the tracker can be written to, and is well once it belongs again.
func TestWhatShouldLeaveIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		leave  func(*pruned)
		reason string
		answer bool
	}{
		"type":    {func(s *pruned) { s.fake.Update(2, func(w *openprojecttest.WorkPackage) { w.Type = 8 }) }, `type "Offering"`, true},
		"status":  {func(s *pruned) { s.status(2, rejected) }, `status "Rejected"`, true},
		"project": {func(s *pruned) { s.fake.Update(2, func(w *openprojecttest.WorkPackage) { w.Project = 42 }) }, "it is in project", true},
		"deleted": {func(s *pruned) { s.fake.Delete(2) }, "does not show it any more (404)", false},
		"query":   {func(s *pruned) { s.query.Statuses = []string{"Rejected"} }, `status "New"`, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := published(t, 3)
			s.query.Statuses = []string{"New"}
			s.incremental()
			wp, _ := s.fake.Get(2)
			query, before, file := s.query, s.entry(2), s.files()[s.document(2)]
			c.leave(s)
			ear, said := s.named(2)
			leaving := s.entry(2)
			if state.StandingOf(leaving) != state.Attention || !strings.Contains(leaving.Attention, c.reason) || !strings.Contains(leaving.Attention, "ingest prune --wp 2 --mode delete") {
				t.Errorf("standing %q, attention %q, want %q and what to do", state.StandingOf(leaving), leaving.Attention, c.reason)
			}
			if !bytes.Equal(leaving.Tracker, before.Tracker) || !bytes.Equal(leaving.Written, before.Written) || leaving.Path != before.Path || s.files()[s.document(2)] != file {
				t.Errorf("document or memory changed: %+v", leaving)
			}
			told, answered := ear.told[2]
			if answered != c.answer || c.answer && (told.Item.Outcome != pipeline.Skipped || told.Path == "" || !told.Asked || told.Project == 0) {
				t.Errorf("%s; told %t: %+v, want %t", said, answered, told, c.answer)
			}
			s.renderAnew()
			s.incremental()
			if got := s.entry(2); got.Attention != leaving.Attention || s.document(2) == "" {
				t.Errorf("after a render and an incremental run: attention %q", got.Attention)
			}
			s.query = query
			switch name {
			case "query": // nothing has changed in the tracker
			case "deleted":
				s.fake.Add(wp)
			default:
				s.fake.Update(2, func(w *openprojecttest.WorkPackage) { at := w.UpdatedAt; *w = wp; w.UpdatedAt = at })
			}
			s.incremental()
			if got := s.entry(2); state.StandingOf(got) != state.Published || got.Error != "" {
				t.Errorf("once it belongs again: standing %q, error %q", state.StandingOf(got), got.Error)
			}
		})
	}
}

// A mode that takes documents off says that a full run does, and it does.
func TestWhatShouldLeaveLeaves(t *testing.T) {
	s := published(t, 3)
	s.mode = pipeline.PruneDraft
	s.fake.Update(2, func(w *openprojecttest.WorkPackage) { w.Type = 8 })
	s.named(2)
	if got := s.entry(2).Attention; !strings.Contains(got, "until a full run or ingest prune --wp 2 takes it off") {
		t.Errorf("attention %q", got)
	}
	s.full()
	if got := s.entry(2); state.StandingOf(got) != state.Gone || got.Attention != "" {
		t.Errorf("standing %q, attention %q, want it gone", state.StandingOf(got), got.Attention)
	}
	s.named(2)
	if got := s.entry(2); state.StandingOf(got) != state.Gone {
		t.Errorf("standing %q, want what left to stay gone", state.StandingOf(got))
	}
}

// concealing is a tracker that does not show one work package by its id.
type concealing struct {
	*openproject.Client
	id int64
}

func (c concealing) WorkPackage(ctx context.Context, id int64) (*openproject.WorkPackage, error) {
	if id == c.id {
		return nil, &openproject.APIError{Status: http.StatusNotFound, Identifier: "NotFound", URL: fmt.Sprintf("https://tracker.example/work_packages/%d", id)}
	}
	return c.Client.WorkPackage(ctx, id)
}

// Two jobs on one work package at once would write over each other's memory: what was
// found to leave ahead of a listing is not worked on in it, but by the next run.
func TestWhatLeavesAheadIsWorkedOnOnce(t *testing.T) {
	s := published(t, 4)
	s.incremental()
	s.fake.Update(3, func(w *openprojecttest.WorkPackage) { w.Description = "News." })
	s.source = concealing{s.client, 3}
	p := s.pipeline()
	p.Ahead = giveOnce(3)
	report, err := p.Run(t.Context(), pipeline.Selection{Query: s.query})
	if err != nil {
		t.Fatal(err)
	}
	worked := slices.DeleteFunc(ids(report), func(id int64) bool { return id != 3 })
	if len(worked) != 1 || report.Counts[pipeline.Failed] != 1 || state.StandingOf(s.entry(3)) != state.Attention {
		t.Errorf("items %v, counts %v, standing %q, want 3 once", ids(report), report.Counts, state.StandingOf(s.entry(3)))
	}
	s.source = nil
	s.incremental()
	if got := s.entry(3); state.StandingOf(got) != state.Published || !strings.Contains(s.files()[s.document(3)], "News.") {
		t.Errorf("after the next run: %q, attention %q", state.StandingOf(got), got.Attention)
	}
}
