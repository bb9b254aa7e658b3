package pipeline_test

import (
	"maps"
	"strings"
	"testing"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// forgotten is a site of 4 whose work package 2 has left after a hand has edited
// its document and the memory was lost.
func forgotten(t *testing.T, mode pipeline.PruneMode) *pruned {
	t.Helper()
	s := leaving(t, mode)
	s.edit(2, "Body.", "Words of a hand.")
	s.store = state.NewMemory()
	return s
}

// Nobody knows what a hand has written where nothing is remembered: only a hand may
// delete it.
func TestPruneKeepsWhatIsForgotten(t *testing.T) {
	for name, prune := range map[string]func(*pruned) *pipeline.Report{
		"full": (*pruned).full, "prune": func(s *pruned) *pipeline.Report { return s.prune() }, "named": func(s *pruned) *pipeline.Report { return s.prune(2) },
	} {
		t.Run(name, func(t *testing.T) {
			s := forgotten(t, pipeline.PruneDelete)
			before, path := s.files(), s.document(2)
			s.dry = true
			dry := says(prune(s), 2)
			if s.dry = false; !maps.Equal(before, s.files()) || s.entries() != "" {
				t.Error("the dry run left a trace")
			}
			got := says(prune(s), 2)
			if text := s.files()[path]; !strings.Contains(text, "Words of a hand.") || !strings.Contains(text, "\ndraft: true\n") || len(s.files()) != len(before) {
				t.Errorf("left %q of %d files", text, len(before))
			}
			if !strings.HasPrefix(got, "updated") || !strings.Contains(got, "nobody knows whether it was edited by hand|look into the file") || got != dry {
				t.Errorf("it says %q, the dry run %q", got, dry)
			}
			marked := s.files()
			for range 2 {
				if report := s.full(); says(report, 2) != "" || !strings.Contains(warned(report), "any more: 1|") || !maps.Equal(marked, s.files()) {
					t.Errorf("again: %s %q; want it counted and left alone", says(report, 2), warned(report))
				}
			}
		})
	}
}

// What is remembered of a work package may be another thing than its document: one
// that only ever failed was never written.
func TestPruneKeepsWhatWasNeverWritten(t *testing.T) {
	s := leaving(t, pipeline.PruneDelete)
	amend(t, s.store, 2, func(e *pipeline.Entry) { e.Outcome, e.Path, e.Written, e.Visit = pipeline.Failed, "", nil, nil })
	if report := s.full(); !strings.HasPrefix(says(report, 2), "updated") || s.document(2) == "" {
		t.Errorf("got %s, want it marked", says(report, 2))
	}
}

// A person who takes the mark away is not overruled, and one who brings the work
// package back is told of the mark once.
func TestMarkOfAForgottenDocument(t *testing.T) {
	for _, mode := range []pipeline.PruneMode{pipeline.PruneDraft, pipeline.PruneDelete} {
		s := forgotten(t, mode)
		s.full()
		s.edit(2, "draft: true\n", "")
		was := s.files()
		if report := s.full(); !maps.Equal(was, s.files()) || !strings.Contains(warned(report), "put back on the site by hand") {
			t.Errorf("%s: the mark was taken away: %s %q", mode, says(report, 2), warned(report))
		}
		s = forgotten(t, mode)
		s.full()
		s.status(2, fresh)
		if report := s.full(); !strings.Contains(says(report, 2), "is marked as a draft") || !strings.Contains(says(report, 2), "take the mark away by hand") {
			t.Errorf("%s: it came back: %s, want the mark told of", mode, says(report, 2))
		}
		if report := s.full(); strings.Contains(says(report, 2), "mark") {
			t.Errorf("%s: told again: %s", mode, says(report, 2))
		}
	}
}
