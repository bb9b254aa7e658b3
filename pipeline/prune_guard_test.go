package pipeline_test

import (
	"errors"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// TestPruneGuards: what a doubtful listing lacks stays.
func TestPruneGuards(t *testing.T) {
	gone := func(s *pruned, n int64) {
		for id := int64(1); id <= n; id++ {
			s.fake.Delete(id)
		}
	}
	for name, c := range map[string]struct {
		documents int
		doubt     func(*pruned)
		refused   string
		hint      string
	}{
		"an empty listing": {3, func(s *pruned) { s.query.Statuses = []string{"In progress"} }, "listed no work package at all, but the tree has 3 documents", "--wp"},
		"too many of many": {20, func(s *pruned) { gone(s, 3); s.share = 0.1 }, "3 of 20 documents would be taken off the site, more than the 2", "--mode delete --max-share 15%"},
		"two of five":      {5, func(s *pruned) { gone(s, 2); s.share = 0.1 }, "2 of 5 documents would be taken off the site, more than the 1", "--max-share 40%"},
		"one of two":       {2, func(s *pruned) { gone(s, 1); s.share = 0.1 }, "", ""},
		"as many as may":   {20, func(s *pruned) { gone(s, 2); s.share = 0.1 }, "", ""},
		"29 % of 100":      {100, func(s *pruned) { gone(s, 29); s.share = 0.29 }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := published(t, c.documents)
			c.doubt(s)
			s.mode = pipeline.PruneDelete
			before := s.files()
			report := s.full()
			if text := warned(report); !strings.Contains(text, c.refused) || !strings.Contains(text, c.hint) || (text == "") != (c.refused == "") {
				t.Errorf("the run warns %q, want %q with the hint %q", text, c.refused, c.hint)
			}
			if report.PruneRefused != (c.refused != "") {
				t.Errorf("the report says refused: %v", report.PruneRefused)
			}
			s.mode = pipeline.PruneReport
			if c.refused != "" && s.full().PruneRefused {
				t.Error("refused although nothing was to go")
			}
			s.mode = pipeline.PruneDelete
			if c.refused == "" {
				if after := s.files(); maps.Equal(before, after) || s.document(1) != "" {
					t.Errorf("nothing went: %v", report.Counts)
				}
				return
			}
			if strings.HasPrefix(says(report, 1), "removed") || !maps.Equal(before, s.files()) {
				t.Errorf("%s; want that everything stays", says(report, 1))
			}
			report, err := s.pipeline().Prune(t.Context(), pipeline.Selection{Query: s.query})
			refused, ok := errors.AsType[*pipeline.PruneRefusedError](err)
			if !ok || report.Error != refused.Error() || report.Hint == "" || !maps.Equal(before, s.files()) {
				t.Errorf("prune: %v, report %q; want it refused and everything as it was", err, report.Error)
			}
			if s.share = 1; refused.Going > 0 && s.prune().Counts[pipeline.Removed] != refused.Going {
				t.Error("a larger share did not let them go")
			}
		})
	}
}

// A listing that failed, broke off or was limited says nothing of what it lacks.
func TestOnlyAWholeListingPrunes(t *testing.T) {
	for name, c := range map[string]struct {
		source    func(*openproject.Client) pipeline.Source
		selection pipeline.Selection
		fails     bool
	}{
		"broken off":         {func(c *openproject.Client) pipeline.Source { return &brokenListing{Client: c, after: 1} }, pipeline.Selection{Full: true}, true},
		"by id":              {nil, pipeline.Selection{IDs: []int64{1}}, false},
		"since a time":       {nil, pipeline.Selection{Query: openproject.Query{UpdatedSince: time.Now().Add(-time.Hour)}}, false},
		"since the last run": {nil, pipeline.Selection{}, false},
		"whole":              {nil, pipeline.Selection{Full: true}, false},
	} {
		s := published(t, 4)
		s.fake.Delete(2)
		s.mode = pipeline.PruneDelete
		p := s.pipeline()
		if c.source != nil {
			p.Source = c.source(s.client)
		}
		c.selection.Query.Project = s.query.Project
		c.selection.Query.Types = s.query.Types
		report, err := p.Run(t.Context(), c.selection)
		if gone := s.document(2) == ""; (err != nil) != c.fails || gone != (name == "whole") {
			t.Errorf("%s: error %v, the document is gone: %v; %s", name, err, gone, says(report, 2))
		}
		if p.Source = s.client; c.source != nil {
			p = s.pipeline()
			p.Source = c.source(s.client)
			if _, err := p.Prune(t.Context(), pipeline.Selection{Query: s.query}); err == nil || s.document(2) == "" {
				t.Errorf("%s: prune: error %v, want that of the listing and the document where it is", name, err)
			}
		}
	}
}

// TestPruneTouchesOnlyOurs: files without an id, and those whose id cannot be
// told, are no one's to remove.
func TestPruneTouchesOnlyOurs(t *testing.T) {
	s := published(t, 4)
	s.put("content/by-hand.md", "---\ntitle: T\n---\n")
	s.put("content/copy.md", "---\nid: 900\n---\n")
	s.put("content/copy of copy.md", "---\nid: 900\n---\n")
	s.put("content/merge.md", "---\n<<<<<<< x: [\nid: 901\n---\n")
	s.put("static/by-hand.png", "x")
	before := s.files()
	s.mode, s.share = pipeline.PruneDelete, 1
	if report := s.prune(); len(report.Items) != 0 || !maps.Equal(before, s.files()) {
		t.Errorf("report %+v", report.Items)
	}
	if report := s.prune(900, 77); report.Counts[pipeline.Failed] != 2 || !maps.Equal(before, s.files()) {
		t.Errorf("by id: %s %s; want failures", says(report, 900), says(report, 77))
	}
	// a document in the middle of a merge keeps its assets, though the memory has it
	path := s.document(2)
	s.fake.Delete(2)
	s.edit(2, "id: 2", "image: "+s.name(2)+"-featuredImage.png\n<<<<<<< x: [\nid: 2")
	before = s.files()
	if report := s.prune(); !maps.Equal(before, s.files()) {
		t.Errorf("%s: its assets went: %+v", path, report.Items)
	}
}

// TestPruneOrphans: what no document has and none speaks of goes with ingest
// prune, in doubt not.
func TestPruneOrphans(t *testing.T) {
	const orphan, spoken = "static/29985fd1-4f97-5c7c-b4b9-176a3b1ab4f4-icon.png", "static/39985fd1-4f97-5c7c-b4b9-176a3b1ab4f4-icon.png"
	s := published(t, 4)
	s.put(orphan, "x")
	s.put(spoken, "x")
	s.put("content/by-hand.md", "![]("+filepath.Base(spoken)+")")
	before := s.files()
	for _, mode := range []pipeline.PruneMode{pipeline.PruneReport, pipeline.PruneDraft} {
		s.mode = mode
		if report := s.prune(); !strings.Contains(warned(report), "assets that belong to no document any more: 1 ("+filepath.Base(orphan)+")") || !maps.Equal(before, s.files()) {
			t.Errorf("%s: %q", mode, warned(report))
		}
	}
	s.mode = pipeline.PruneDelete
	s.full()
	if s.prune(1); !maps.Equal(before, s.files()) {
		t.Error("a run, or a prune of one document, removed an orphan")
	}
	s.share = 0.1
	for _, digit := range "45" {
		s.put(strings.Replace(orphan, "2", string(digit), 1), "x")
	}
	if report := s.prune(); !strings.Contains(warned(report), "any more: 3 (") || !strings.Contains(warned(report), "--max-share") || len(report.Items) != 0 {
		t.Errorf("too many: %q %+v", warned(report), report.Items)
	}
	for _, digit := range "45" {
		if err := os.Remove(filepath.Join(s.dir, strings.Replace(orphan, "2", string(digit), 1))); err != nil {
			t.Fatal(err)
		}
	}
	s.dry = true
	if report := s.prune(); !strings.HasPrefix(says(report, 0), "removed") || !maps.Equal(before, s.files()) {
		t.Errorf("dry: %s", says(report, 0))
	}
	s.dry = false
	report := s.prune()
	delete(before, orphan)
	if !strings.Contains(says(report, 0), filepath.Base(orphan)) || !maps.Equal(before, s.files()) || len(report.Items[0].Files) != 1 {
		t.Errorf("delete: %q %+v", says(report, 0), report.Items)
	}
	if err := os.RemoveAll(filepath.Join(s.dir, "content")); err != nil {
		t.Fatal(err)
	}
	s.store, s.share = state.NewMemory(), 1
	if report = s.prune(); !strings.Contains(warned(report), "output.content_dir") || len(s.files()) != len(before)-5 {
		t.Errorf("another content folder: %q, %d files", warned(report), len(s.files()))
	}
}

// An error about one work package is its own; one that all would meet ends the
// questions, and nothing has gone yet.
func TestPruneWhenTheTrackerFails(t *testing.T) {
	s := published(t, 40)
	s.mode, s.share = pipeline.PruneDelete, 1
	for id := int64(2); id <= 40; id++ {
		s.fake.Update(id, func(w *openprojecttest.WorkPackage) { w.Status = 15 })
	}
	s.query.Statuses = []string{"New"}
	s.answer(500, "", "work_packages/9")
	if report := s.prune(); report.Counts[pipeline.Failed] != 1 || report.Counts[pipeline.Removed] != 38 {
		t.Errorf("one that cannot be told: %v, want 1 failed and the others removed", report.Counts)
	}
	s = published(t, 40)
	s.mode = pipeline.PruneDelete
	for id := int64(2); id <= 40; id++ {
		s.fake.Delete(id)
	}
	before := s.files()
	s.answer(401, "Unauthenticated", "work_packages/2")
	if _, err := s.pipeline().Prune(t.Context(), pipeline.Selection{Query: s.query}); err == nil || !maps.Equal(before, s.files()) {
		t.Errorf("refused credentials: %v, want the error and everything as it was", err)
	}
	s.fake.ForgetRequests()
	s.fake.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.HasPrefix(r.URL.Path, "/api/v3/work_packages/") {
			return &openprojecttest.Fault{Drop: true}
		}
		return nil
	})
	if _, err := s.pipeline().Prune(t.Context(), pipeline.Selection{Query: s.query}); err == nil || !strings.Contains(err.Error(), "no longer answers") || len(s.fake.Requests()) > 20 {
		t.Errorf("silence: %v after %d requests, want the end soon", err, len(s.fake.Requests()))
	}
}
