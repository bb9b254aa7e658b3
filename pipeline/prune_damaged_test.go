package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// forgetting is a site of 4 whose work package 2 has left, and of which what is
// remembered cannot be read.
func forgetting(t *testing.T, mode pipeline.PruneMode) (*pruned, *scratched) {
	t.Helper()
	s := leaving(t, mode)
	damaged := &scratched{Memory: s.store.(*state.Memory)}
	damaged.id.Store(2)
	s.store = damaged
	return s, damaged
}

func (s *pruned) lose(id int64) {
	s.t.Helper()
	if err := os.Remove(filepath.Join(s.dir, s.document(id))); err != nil {
		s.t.Fatal(err)
	}
}

// remembered says whether the store has an entry, readable or not.
func (s *scratched) remembered(t *testing.T, id int64) bool {
	t.Helper()
	e, err := s.Memory.Entry(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return e != nil
}

// What cannot be read of the memory may hold that a hand edited the document: it
// stays until a person says what becomes of it.
func TestPruneWithADamagedEntry(t *testing.T) {
	s, _ := forgetting(t, pipeline.PruneDelete)
	s.fake.Delete(3)
	if report := s.prune(); !strings.HasPrefix(says(report, 2), "failed its status is \"Rejected\"; its document") || s.document(2) == "" || !strings.HasPrefix(says(report, 3), "removed") {
		t.Errorf("%s; %s; want the damaged one to fail alone", says(report, 2), says(report, 3))
	} else if hint := report.Items[0].Hint; !strings.Contains(hint, "ingest prune --wp 2 --mode draft") {
		t.Errorf("hint %q", hint)
	}
	s.mode = pipeline.PruneDraft
	if report := s.full(); !strings.HasPrefix(says(report, 2), "failed") || strings.Contains(s.files()[s.document(2)], "draft: true") {
		t.Errorf("nobody asked for the mark: %s", says(report, 2))
	}
	s.mode = pipeline.PruneReport
	if report := s.full(); !strings.HasPrefix(says(report, 2), "skipped") || !strings.Contains(says(report, 2), "|remove it by hand, then ingest prune --wp 2 forgets it; until then ingest prune --wp 2 --mode draft") {
		t.Errorf("reported: %s", says(report, 2))
	}
	s.mode = pipeline.PruneDraft
	if report := s.prune(2); !strings.HasPrefix(says(report, 2), "updated") || !strings.Contains(s.files()[s.document(2)], "draft: true") {
		t.Errorf("the hint does not help: %s", says(report, 2))
	}
	for _, mode := range []pipeline.PruneMode{pipeline.PruneDraft, pipeline.PruneDelete} {
		s.mode = mode
		if report := s.full(); says(report, 2) != "" || s.document(2) == "" {
			t.Errorf("%s, marked: %s, want nothing more of it", mode, says(report, 2))
		}
	}
	s.status(2, fresh)
	if report := s.full(); !strings.Contains(says(report, 2), "is marked as a draft") || !strings.Contains(says(report, 2), "take the mark away by hand") {
		t.Errorf("it came back: %s, want the mark told of", says(report, 2))
	}
	if report := s.full(); strings.Contains(says(report, 2), "mark") {
		t.Errorf("told again: %s", says(report, 2))
	}
}

// Where no file is left there is nothing to keep what cannot be read for.
func TestPruneForgetsADamagedEntryWithoutADocument(t *testing.T) {
	for name, c := range map[string]struct {
		mode  pipeline.PruneMode
		prune func(*pruned) *pipeline.Report
	}{
		"full":            {pipeline.PruneDelete, (*pruned).full},
		"prune":           {pipeline.PruneDelete, func(s *pruned) *pipeline.Report { return s.prune() }},
		"named":           {pipeline.PruneDelete, func(s *pruned) *pipeline.Report { return s.prune(2) }},
		"named, draft":    {pipeline.PruneDraft, func(s *pruned) *pipeline.Report { return s.prune(2) }},
		"named, reported": {pipeline.PruneReport, func(s *pruned) *pipeline.Report { return s.prune(2) }},
	} {
		for part, tear := range tornParts() {
			t.Run(name+" without a sound "+part, func(t *testing.T) {
				s := leaving(t, c.mode)
				store := &scratched{Memory: s.store.(*state.Memory)}
				amend(t, store, 2, tear)
				s.store = store
				s.fake.Delete(2)
				s.lose(2)
				s.dry = true
				if report := c.prune(s); !strings.HasPrefix(says(report, 2), "skipped") || !store.remembered(t, 2) {
					t.Errorf("a dry run: %s", says(report, 2))
				}
				s.dry = false
				if report := c.prune(s); !strings.HasPrefix(says(report, 2), "skipped") || !strings.Contains(says(report, 2), "is forgotten") || store.remembered(t, 2) {
					t.Errorf("%s; want it forgotten and told", says(report, 2))
				}
				if report := s.full(); says(report, 2) != "" {
					t.Errorf("again: %s", says(report, 2))
				}
			})
		}
	}
}

// What is read anew by the next run, or may have a file after all, is not forgotten.
func TestPruneKeepsADamagedEntry(t *testing.T) {
	s, store := forgetting(t, pipeline.PruneDelete)
	s.lose(2)
	s.status(2, fresh)
	if report := s.prune(2); !strings.HasPrefix(says(report, 2), "failed") || !strings.Contains(report.Items[0].Hint, "ingest --wp 2") || !store.remembered(t, 2) {
		t.Errorf("%s; want it left to a run", says(report, 2))
	}

	s, store = forgetting(t, pipeline.PruneDelete)
	text := s.files()[s.document(2)]
	s.lose(2)
	s.put("content/once.md", text)
	s.put("content/twice.md", text)
	for _, mode := range []pipeline.PruneMode{pipeline.PruneDelete, pipeline.PruneDraft, pipeline.PruneReport} {
		s.mode = mode
		if report := s.prune(2); !strings.HasPrefix(says(report, 2), "failed") || !store.remembered(t, 2) {
			t.Errorf("%s, two files have its id: %s", mode, says(report, 2))
		}
	}
}

// A look that fails says nothing of what a hand has changed: the damage stays known.
func TestFailedLookDoesNotMendADamagedEntry(t *testing.T) {
	s := published(t, 4)
	s.query.Statuses = []string{"New"}
	s.full()
	s.edit(2, "Body.", "Words of a hand.")
	store := &scratched{Memory: s.store.(*state.Memory)}
	store.id.Store(2)
	s.store = store
	p := s.pipeline()
	p.Steps = []pipeline.Step{refusing{2}}
	if _, err := p.Run(t.Context(), pipeline.Selection{Query: s.query, Full: true}); err != nil {
		t.Fatal(err)
	}
	report, err := s.pipeline().Render(t.Context(), nil)
	if err != nil || report.Counts[pipeline.Failed] != 1 {
		t.Errorf("render counts %v, error %v, want the damage told", report.Counts, err)
	}
	s.status(2, rejected)
	s.mode = pipeline.PruneDelete
	if says := says(s.prune(), 2); !strings.Contains(s.files()[s.document(2)], "Words of a hand.") {
		t.Errorf("the document with words of a hand is gone: %s", says)
	}
}
