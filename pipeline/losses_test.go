package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
)

// night runs as every night does: only what changed is listed.
func (s *pruned) night() *pipeline.Report {
	s.t.Helper()
	report, err := s.pipeline().Run(s.t.Context(), pipeline.Selection{Query: s.query})
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

func (s *pruned) remove(path string) {
	s.t.Helper()
	if err := os.RemoveAll(filepath.Join(s.dir, filepath.FromSlash(path))); err != nil {
		s.t.Fatal(err)
	}
}

// A state that was restored beside an empty checkout publishes everything again,
// and says why.
func TestTreeThatIsGoneComesBack(t *testing.T) {
	s := published(t, 5)
	was := s.files()
	s.night()
	s.remove("content")
	const told = "the state remembers 5 published documents, and the content tree has not one of them"
	for _, s.dry = range []bool{true, false} {
		report := s.night()
		if report.Counts[pipeline.Created] != 5 || len(report.Warnings) != 1 || report.Warnings[0].Text != told || report.Warnings[0].Hint == "" {
			t.Errorf("dry %v: %v, warnings %q; want 5 created and %q", s.dry, report.Counts, warned(report), told)
		}
	}
	if got := s.files(); !maps.Equal(got, was) {
		t.Errorf("got %q, want %q", got, was)
	}
	if report := s.night(); report.Counts[pipeline.Created] != 0 || len(report.Warnings) != 0 {
		t.Errorf("the night after: %v, warnings %q", report.Counts, warned(report))
	}
}

// A file that is missing comes back to its place, whatever the title is today; a
// file that was moved or cannot be read is not missing.
func TestMissingFileComesBack(t *testing.T) {
	s := published(t, 6)
	was, path := s.files(), s.document(2)
	s.night()
	s.remove(path)
	if report := s.night(); says(report, 2) != "created " || report.Counts[pipeline.Created] != 1 || len(report.Warnings) != 0 {
		t.Errorf("a missing file: %v, %s", report.Counts, says(report, 2))
	}
	if got := s.files(); !maps.Equal(got, was) {
		t.Errorf("got %q, want %q", got, was)
	}
	moved, broken := s.document(3), s.document(4)
	s.put("content/moved/by-hand.md", was[moved])
	s.remove(moved)
	s.put(broken, "---\n<<<<<<< a merge\n"+was[broken])
	if report := s.night(); len(report.Items) > 0 && report.Counts[pipeline.Unchanged] != len(report.Items) {
		t.Errorf("a file that was moved and one that cannot be read: %v", report.Counts)
	}
	if got := s.files(); got[moved] != "" || !strings.Contains(got[broken], "a merge") {
		t.Errorf("got %q", got)
	}
}

// What does not belong to the site any more is not asked for every night because
// its file is gone too.
func TestMissingFileOfWhatIsGone(t *testing.T) {
	s := published(t, 4)
	s.status(2, rejected)
	s.remove(s.document(2))
	s.query.Statuses = []string{"New"}
	s.full()
	cost := func() int {
		before := len(s.fake.Requests())
		s.night()
		return len(s.fake.Requests()) - before
	}
	s.night()
	first, second, third := cost(), cost(), cost()
	t.Log(first, second, third)
	if second != 1 || third != 1 || s.document(2) != "" {
		t.Errorf("the nights after cost %d, %d and %d requests, want 1 in the end", first, second, third)
	}
}

// A tree that is not mounted for a night takes nothing with it: neither assets nor what
// is remembered of documents whose work packages have left meanwhile.
func TestTreeThatIsNotMountedLosesNothing(t *testing.T) {
	for name, run := range map[string]func(*pruned) *pipeline.Report{"a night": (*pruned).night, "a full run": (*pruned).full} {
		t.Run(name, func(t *testing.T) {
			s := published(t, 6)
			s.night()
			s.mode, s.share = pipeline.PruneDelete, 0.1
			was := s.files()
			content, aside := filepath.Join(s.dir, "content"), filepath.Join(s.dir, "aside")
			if err := os.Rename(content, aside); err != nil {
				t.Fatal(err)
			}
			for id := int64(2); id <= 6; id++ {
				s.fake.Update(id, func(w *openprojecttest.WorkPackage) { w.Type = 1 })
			}
			run(s)
			s.remove("content")
			if err := os.Rename(aside, content); err != nil {
				t.Fatal(err)
			}
			if got := s.files(); !maps.Equal(got, was) {
				t.Errorf("got %q, want %q", got, was)
			}
			for id := int64(1); id <= 6; id++ {
				if e, err := s.store.Entry(t.Context(), id); err != nil || e == nil {
					t.Errorf("work package %d: entry %v, error %v; want it remembered", id, e, err)
				}
			}
		})
	}
}

// What has left, and was deleted by hand, is not listed anew every night.
func TestWhatIsGoneAltogetherIsToldOnce(t *testing.T) {
	s := published(t, 2)
	s.night()
	for id := int64(1); id <= 2; id++ {
		s.fake.Update(id, func(w *openprojecttest.WorkPackage) { w.Type = 1 })
	}
	s.remove("content")
	s.night()
	if report := s.night(); len(report.Warnings) != 0 {
		t.Errorf("the second night: %q", warned(report))
	}
}
