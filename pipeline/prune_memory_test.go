package pipeline_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

func (s *pruned) status(id, status int64) {
	s.fake.Update(id, func(w *openprojecttest.WorkPackage) { w.Status = status })
}

const fresh, rejected = 1, 15

// leaving is a site of 4 whose work package 2 has left.
func leaving(t *testing.T, mode pipeline.PruneMode) *pruned {
	t.Helper()
	s := published(t, 4)
	s.query.Statuses = []string{"New"}
	s.full()
	s.mode = mode
	s.status(2, rejected)
	return s
}

// TestMarkedDocument: once marked, a document is quiet until its work package
// comes back; then it is as it was.
func TestMarkedDocument(t *testing.T) {
	s := leaving(t, pipeline.PruneDraft)
	path := s.document(2)
	was := s.files()[path]
	if report := s.full(); !strings.HasPrefix(says(report, 2), `updated `) || !strings.Contains(s.files()[path], "\ndraft: true\n") {
		t.Fatalf("%s: %q", says(report, 2), s.files()[path])
	}
	marked := s.files()
	for _, mode := range []pipeline.PruneMode{pipeline.PruneDraft, pipeline.PruneReport} {
		s.mode = mode
		s.fake.ForgetRequests()
		report := s.full()
		if says(report, 2) != "" || strings.Count(warned(report), "\n") > 0 || !strings.Contains(warned(report), "any more: 1|") || !maps.Equal(marked, s.files()) {
			t.Errorf("%s: again: %q %q, want one line", mode, says(report, 2), warned(report))
		}
		if s.asked("/work_packages/2") || s.asked("/work_packages/3") {
			t.Errorf("%s: it, or one that is listed, was asked for by its id", mode)
		}
	}
	p := s.pipeline()
	if report, err := p.Render(t.Context(), nil); err != nil || says(report, 2) != "" {
		t.Errorf("render: %s, error %v; want it left alone", says(report, 2), err)
	}
	if report, err := p.Render(t.Context(), []int64{2}); err != nil || !strings.HasPrefix(says(report, 2), "skipped") || !maps.Equal(marked, s.files()) {
		t.Errorf("render of it alone: %s, error %v; want it skipped", says(report, 2), err)
	}
	s.status(2, fresh)
	p = s.pipeline()
	if report, err := p.Run(t.Context(), pipeline.Selection{Query: s.query}); err != nil || !strings.HasPrefix(says(report, 2), "updated") || s.files()[path] != was {
		t.Errorf("it came back: %s, error %v, %q; want %q", says(report, 2), err, s.files()[path], was)
	}
	s.mode = pipeline.PruneDraft
	if report := s.full(); says(report, 2) != "unchanged " || len(report.Warnings) != 0 {
		t.Errorf("the run after: %s %q", says(report, 2), warned(report))
	}
}

// It comes back too when nothing about it has changed but what the site takes.
func TestMarkedDocumentComesBackBySetting(t *testing.T) {
	s := published(t, 4)
	path := s.document(2)
	s.status(2, rejected)
	s.full()
	s.mode, s.query.Statuses = pipeline.PruneDraft, []string{"New"}
	was := s.files()[path]
	if s.full(); s.files()[path] == was {
		t.Fatal("it was not marked")
	}
	s.query.Statuses = nil
	if _, err := s.pipeline().Run(t.Context(), pipeline.Selection{Query: s.query}); err != nil || s.files()[path] != was {
		t.Errorf("error %v, got %q, want %q", err, s.files()[path], was)
	}
}

// TestMarkOfAPerson: who made a document a draft by hand, or took our mark away,
// is not overruled.
func TestMarkOfAPerson(t *testing.T) {
	s := leaving(t, pipeline.PruneDraft)
	s.edit(2, "---\n", "---\ndraft: true\n")
	path, was := s.document(2), s.files()
	if report := s.full(); says(report, 2) != "" || !maps.Equal(was, s.files()) {
		t.Errorf("a draft by hand: %s", says(report, 2))
	}
	s.status(2, fresh)
	if s.full(); !strings.Contains(s.files()[path], "\ndraft: true\n") {
		t.Errorf("it came back: %q, want the person's mark in it", s.files()[path])
	}

	for _, mode := range []pipeline.PruneMode{pipeline.PruneDraft, pipeline.PruneDelete} {
		s = leaving(t, pipeline.PruneDraft)
		s.full()
		s.edit(2, "draft: true\n", "")
		was, s.mode = s.files(), mode
		report := s.full()
		if !maps.Equal(was, s.files()) {
			t.Errorf("%s: the mark was taken away by hand: %s", mode, says(report, 2))
		}
		s.mode = pipeline.PruneReport
		for _, text := range []string{warned(report), warned(s.full())} {
			if !strings.Contains(text, "put back on the site by hand") || strings.Count(text, filepath.Base(s.document(2))) != 1 || strings.Contains(text, "kept off") {
				t.Errorf("%s: it is told of as %q, want it named once and not counted as kept off", mode, text)
			}
		}
	}
	s.mode = pipeline.PruneDraft
	if s.prune(2); maps.Equal(was, s.files()) {
		t.Error("named on the command line, it was not marked again")
	}
}

// TestHandEditedDocumentIsMarked: the tracker does not have what was written by
// hand, so it stays, and is told once.
func TestHandEditedDocumentIsMarked(t *testing.T) {
	s := leaving(t, pipeline.PruneDelete)
	s.edit(2, "title: Item 2", "title: By hand")
	path := s.document(2)
	if report := s.full(); !strings.HasPrefix(says(report, 2), "updated") || !strings.Contains(says(report, 2), "title was edited by hand") || !strings.Contains(s.files()[path], "draft: true\n") {
		t.Errorf("%s: %q", says(report, 2), s.files()[path])
	}
	marked := s.files()
	if report := s.full(); says(report, 2) != "" || !maps.Equal(marked, s.files()) {
		t.Errorf("again: %s", says(report, 2))
	}
	s.edit(2, "title: By hand", "title: Item 2")
	if report := s.full(); !strings.HasPrefix(says(report, 2), "removed") || s.document(2) != "" {
		t.Errorf("the edit was taken back: %s", says(report, 2))
	}
}

// TestMarkedBeforeItIsDeleted: what was marked is deleted once the mode says so.
func TestMarkedBeforeItIsDeleted(t *testing.T) {
	s := leaving(t, pipeline.PruneDraft)
	s.full()
	s.mode = pipeline.PruneDelete
	if report := s.full(); !strings.HasPrefix(says(report, 2), "removed") || s.document(2) != "" {
		t.Errorf("got %s", says(report, 2))
	}
	if e, err := s.store.Entry(t.Context(), 2); e != nil || err != nil {
		t.Errorf("still remembered: %+v, %v", e, err)
	}
	s.status(2, fresh)
	if report := s.full(); !strings.HasPrefix(says(report, 2), "created") {
		t.Errorf("it came back: %s", says(report, 2))
	}
}

// TestPruneWithoutMemory: the tree alone is enough to find what is gone, and to
// stay quiet about what is marked.
func TestPruneWithoutMemory(t *testing.T) {
	s := published(t, 4)
	s.store = nil
	s.fake.Delete(2)
	s.mode = pipeline.PruneDraft
	if report := s.full(); !strings.Contains(says(report, 2), "its project medigy-curation is visible") || !strings.Contains(says(report, 2), "by hand should the work package come back") {
		t.Errorf("got %s", says(report, 2))
	}
	marked := s.files()
	if report := s.full(); says(report, 2) != "" || !strings.Contains(warned(report), "any more: 1|") || !maps.Equal(marked, s.files()) {
		t.Errorf("again: %s %q", says(report, 2), warned(report))
	}
	s.query.Project = ""
	if report := s.prune(); !strings.Contains(says(report, 2), "cannot be told") {
		t.Errorf("without a project: %s", says(report, 2))
	}
	s.query.Project = "medigy-curation"
	s.mode = pipeline.PruneDelete
	if report := s.prune(); !strings.HasPrefix(says(report, 2), "removed") || len(s.files()) != len(marked)-2 {
		t.Errorf("got %s", says(report, 2))
	}
}

// TestDryPruneForetells: a dry run reports what the real one does and touches
// neither files nor memory.
func TestDryPruneForetells(t *testing.T) {
	for _, mode := range []pipeline.PruneMode{pipeline.PruneReport, pipeline.PruneDraft, pipeline.PruneDelete} {
		s := leaving(t, mode)
		s.fake.Delete(3)
		s.put("static/29985fd1-4f97-5c7c-b4b9-176a3b1ab4f4-icon.png", "x")
		before, remembered := s.files(), s.entries()
		s.dry, s.changes = true, nil
		dry, changes := s.prune(), s.changes
		if !maps.Equal(before, s.files()) || s.entries() != remembered {
			t.Errorf("%s: the dry run left a trace", mode)
		}
		for _, c := range changes {
			if !c.Asset && c.Old == nil {
				t.Errorf("%s: nothing is shown of %s", mode, c.File)
			}
		}
		s.dry, s.changes = false, nil
		done := s.prune()
		for _, id := range []int64{0, 2, 3} {
			if got, want := says(dry, id), says(done, id); got != want {
				t.Errorf("%s: %d: dry %q, real %q", mode, id, got, want)
			}
		}
		if got, want := outline(changes), outline(s.changes); got != want || warned(dry) != warned(done) || (mode != pipeline.PruneReport) == (got == "") {
			t.Errorf("%s: dry\n%s\nreal\n%s", mode, got, want)
		}
	}
}

func outline(changes []output.Change) string {
	var b strings.Builder
	for _, c := range changes {
		b.WriteString(string(c.Kind) + " " + filepath.Base(c.File) + "\n")
	}
	return b.String()
}

// entries is all that is remembered, as text.
func (s *pruned) entries() string {
	var b strings.Builder
	for e, err := range s.store.Entries(s.t.Context()) {
		if err != nil {
			s.t.Fatal(err)
		}
		b.WriteString(e.Path + " " + string(e.Outcome) + " " + string(e.Written) + "\n")
	}
	return b.String()
}

// TestPruneKilledInBetween: at whatever moment a run dies, the next one does the
// rest.
func TestPruneKilledInBetween(t *testing.T) {
	t.Run("between document and assets", func(t *testing.T) {
		s := leaving(t, pipeline.PruneDelete)
		for id := range int64(4) {
			e, err := s.store.Entry(t.Context(), id+1)
			if err != nil {
				t.Fatal(err)
			}
			e.Assets = []pipeline.StoredAsset{{Name: "extra-" + s.name(id+1) + ".pdf"}}
			s.put("static/"+e.Assets[0].Name, "x")
			if err := s.store.Put(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		before := len(s.files())
		s.wrap = func(sink pipeline.Sink) pipeline.Sink { return &dyingSink{Sink: sink, before: documentOnly(s)} }
		if report := s.full(); !strings.HasPrefix(says(report, 2), "failed") || len(s.files()) != before-1 {
			t.Fatalf("%s: %d files of %d", says(report, 2), len(s.files()), before)
		}
		s.wrap, s.dry = nil, true
		if report := s.prune(); !strings.HasPrefix(says(report, 2), "removed") || says(report, 0) != "" {
			t.Errorf("dry: %s %s; want its assets told of once", says(report, 2), says(report, 0))
		}
		s.answer(404, "NotFound", "work_packages/2", "projects/41")
		if report := s.prune(); says(report, 2) != "" {
			t.Errorf("no longer visible: %s; want silence, since no document stays", says(report, 2))
		}
		s.fake.SetFault(nil)
		s.dry = false
		for _, mode := range []pipeline.PruneMode{pipeline.PruneReport, pipeline.PruneDraft, pipeline.PruneDelete} {
			s.mode = mode
			report := s.full()
			if got, want := len(s.files()), map[bool]int{true: before - 3, false: before - 1}[mode == pipeline.PruneDelete]; got != want {
				t.Errorf("%s: %s: %d files of %d, want %d", mode, says(report, 2), got, before, want)
			}
		}
		if e, err := s.store.Entry(t.Context(), 2); e != nil || err != nil {
			t.Errorf("still remembered: %+v, %v", e, err)
		}
	})
	t.Run("between file and memory", func(t *testing.T) {
		for _, after := range []bool{false, true} {
			s := leaving(t, pipeline.PruneDraft)
			path := s.document(2)
			was := s.files()[path]
			s.wrap = func(sink pipeline.Sink) pipeline.Sink { return &dyingSink{Sink: sink, after: after} }
			if s.full(); (s.files()[path] != was) != after {
				t.Fatalf("after %v: %q", after, s.files()[path])
			}
			s.wrap = nil
			if s.full(); s.files()[path] == was {
				t.Errorf("after %v: not marked by the next run", after)
			}
			s.fake.ForgetRequests()
			if s.full(); s.asked("/work_packages/2") {
				t.Errorf("after %v: it is asked for again", after)
			}
			s.status(2, fresh)
			if s.full(); s.files()[path] != was {
				t.Errorf("after %v: it came back: %q, want %q", after, s.files()[path], was)
			}
		}
	})
	t.Run("between file and memory, and now it is to be deleted", func(t *testing.T) {
		for _, after := range []bool{false, true} {
			s := leaving(t, pipeline.PruneDraft)
			s.wrap = func(sink pipeline.Sink) pipeline.Sink { return &dyingSink{Sink: sink, after: after} }
			s.full()
			s.wrap, s.mode = nil, pipeline.PruneDelete
			if report := s.full(); !strings.HasPrefix(says(report, 2), "removed") || s.document(2) != "" {
				t.Errorf("after %v: %s; want neither the mark nor its absence taken for a person's", after, says(report, 2))
			}
		}
	})
	t.Run("between file and memory, and a person has edited it too", func(t *testing.T) {
		s := leaving(t, pipeline.PruneDraft)
		path := s.document(2)
		s.wrap = func(sink pipeline.Sink) pipeline.Sink { return &dyingSink{Sink: sink, after: true} }
		s.full()
		s.wrap = nil
		s.edit(2, "title: Item 2", "title: By hand")
		s.full()
		s.status(2, fresh)
		if report := s.full(); strings.Contains(s.files()[path], "draft") || !strings.Contains(s.files()[path], "title: By hand\n") {
			t.Errorf("it came back: %s: %q, want no mark and the person's title", says(report, 2), s.files()[path])
		}
	})
}

var errDied = errors.New("died")

// dyingSink fails in Remove: after having done something, or after all of it.
type dyingSink struct {
	pipeline.Sink
	before func(output.Removal)
	after  bool
}

func (s *dyingSink) Remove(ctx context.Context, r output.Removal) (output.Result, error) {
	if s.before != nil {
		s.before(r)
	}
	if s.after {
		if _, err := s.Sink.Remove(ctx, r); err != nil {
			return output.Result{}, err
		}
	}
	return output.Result{}, errDied
}

// documentOnly removes a document and not its assets.
func documentOnly(s *pruned) func(output.Removal) {
	return func(r output.Removal) {
		tree, err := output.Open(filepath.Join(s.dir, "content"), filepath.Join(s.dir, "nothing"), output.Options{})
		if err != nil {
			s.t.Fatal(err)
		}
		defer tree.Close() //nolint:errcheck // only a test's
		if _, err := tree.Remove(s.t.Context(), output.Removal{ID: r.ID, Delete: true, Forgetful: true}); err != nil {
			s.t.Fatal(err)
		}
	}
}

// A state of a file behaves as that of the memory.
func TestPruneWithAStateFile(t *testing.T) {
	s := published(t, 4)
	db, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s.store, s.mode = db, pipeline.PruneDraft
	s.query.Statuses = []string{"New"}
	s.full()
	path := s.document(2)
	was := s.files()[path]
	s.status(2, rejected)
	if s.full(); s.files()[path] == was {
		t.Error("not marked")
	}
	s.status(2, fresh)
	if s.full(); s.files()[path] != was {
		t.Error("the mark is still there")
	}
	s.fake.Delete(2)
	s.mode = pipeline.PruneDelete
	if s.full(); s.document(2) != "" {
		t.Error("not removed")
	}
}

// asked says whether the tracker was asked for a path with the given end.
func (s *pruned) asked(end string) bool {
	for _, r := range s.fake.Requests() {
		if strings.HasSuffix(r.Path, end) {
			return true
		}
	}
	return false
}
