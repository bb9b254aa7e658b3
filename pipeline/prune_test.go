package pipeline_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// pruned is a tracker, a content tree and a memory that outlive single runs.
type pruned struct {
	t       *testing.T
	client  *openproject.Client
	fake    *openprojecttest.Tracker
	dir     string
	store   pipeline.Store
	source  pipeline.Source // nil is the client
	mode    pipeline.PruneMode
	share   float64
	dry     bool
	query   openproject.Query
	wrap    func(pipeline.Sink) pipeline.Sink
	changes []output.Change
}

// published is a site with the documents of work packages 1 to n, each with a
// picture.
func published(t *testing.T, n int) *pruned {
	t.Helper()
	client, fake := tracker(t, n)
	s := &pruned{t: t, client: client, fake: fake, dir: t.TempDir(), store: state.NewMemory(), share: 0.5,
		query: openproject.Query{Project: "medigy-curation", Types: []string{"Curated Content"}}}
	if report := s.full(); report.Counts[pipeline.Created] != n {
		t.Fatalf("first run: %v", report.Counts)
	}
	for id := range n {
		s.put("static/"+s.name(int64(id+1))+"-featuredImage.png", "picture")
	}
	return s
}

const prunedArchetype = "$document: {id: id, draft: {draft: true}}\nid: '= wp.id'\ntitle: '= title'\nstatus: '= wp.status'\n"

// pipeline opens the tree anew, as every process does.
func (s *pruned) pipeline() *pipeline.Pipeline {
	s.t.Helper()
	tree, err := output.Open(filepath.Join(s.dir, "content"), filepath.Join(s.dir, "static"), output.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = tree.Close() })
	made, err := archetype.Parse("test.yaml", []byte(prunedArchetype))
	if err != nil {
		s.t.Fatal(err)
	}
	p := &pipeline.Pipeline{Source: s.client, Sink: tree, Store: s.store, Template: made, Fields: fields(), Workers: 3, DryRun: s.dry,
		Pruning: pipeline.Pruning{Mode: s.mode, MaxShare: s.share, Forgetful: s.store == nil, Rehearse: output.DryRun{Tree: tree}.Remove},
		Observe: func(e pipeline.Event) { s.changes = append(s.changes, e.Changes...) }}
	if s.source != nil {
		p.Source = s.source
	}
	switch {
	case s.dry:
		p.Sink = output.DryRun{Tree: tree}
	case s.wrap != nil:
		p.Sink = s.wrap(tree)
	}
	return p
}

func (s *pruned) full() *pipeline.Report {
	s.t.Helper()
	report, err := s.pipeline().Run(s.t.Context(), pipeline.Selection{Query: s.query, Full: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

func (s *pruned) prune(ids ...int64) *pipeline.Report {
	s.t.Helper()
	report, err := s.pipeline().Prune(s.t.Context(), pipeline.Selection{Query: s.query, IDs: ids})
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

func (s *pruned) put(path, text string) {
	s.t.Helper()
	path = filepath.Join(s.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// files are the texts of all files by their paths.
func (s *pruned) files() map[string]string {
	s.t.Helper()
	found := map[string]string{}
	root := os.DirFS(s.dir)
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		found[path] = string(text)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// document is the path of a work package's document, "" when it has none.
func (s *pruned) document(id int64) string {
	s.t.Helper()
	for path, text := range s.files() {
		if strings.Contains(text, fmt.Sprintf("\nid: %d\n", id)) {
			return path
		}
	}
	return ""
}

func (s *pruned) name(id int64) string {
	s.t.Helper()
	return strings.TrimSuffix(filepath.Base(s.document(id)), ".md")
}

// edit changes a document as a person with an editor does.
func (s *pruned) edit(id int64, before, after string) {
	s.t.Helper()
	path := s.document(id)
	text := s.files()[path]
	if !strings.Contains(text, before) {
		s.t.Fatalf("%q is not in %q", before, text)
	}
	s.put(path, strings.Replace(text, before, after, 1))
}

// says returns what a report says of a work package: outcome and warnings.
func says(r *pipeline.Report, id int64) string {
	for _, item := range r.Items {
		if item.ID == id {
			text := string(item.Outcome) + " " + item.Error
			for _, w := range item.Warnings {
				text += w.Text + "|" + w.Hint + "\n"
			}
			return text
		}
	}
	return ""
}

func warned(r *pipeline.Report) string {
	var texts []string
	for _, w := range r.Warnings {
		texts = append(texts, w.Text+"|"+w.Hint)
	}
	return strings.Join(texts, "\n")
}

// answer makes the tracker answer requests below a path with an error of its own.
func (s *pruned) answer(status int, identifier string, paths ...string) {
	s.fake.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if !slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(r.URL.Path, "/api/v3/"+path) }) {
			return nil
		}
		f := &openprojecttest.Fault{Status: status, Body: "<h1>An error</h1>"}
		if identifier != "" {
			f.Header = http.Header{"Content-Type": {"application/hal+json"}}
			f.Body = fmt.Sprintf(`{"_type":"Error","errorIdentifier":"urn:openproject-org:api:v3:errors:%s","message":"No."}`, identifier)
		}
		return f
	})
}

// TestPruneTellsReasonsApart: each reason has its word, and only where it is
// sure that the work package left may its document go.
func TestPruneTellsReasonsApart(t *testing.T) {
	change := func(f func(*openprojecttest.WorkPackage)) func(*pruned) {
		return func(s *pruned) { s.fake.Update(2, f) }
	}
	for name, c := range map[string]struct {
		leave  func(*pruned)
		reason string
		goes   bool
		failed bool
	}{
		"moved":          {change(func(w *openprojecttest.WorkPackage) { w.Project = 42 }), `it is in project`, true, false},
		"another type":   {change(func(w *openprojecttest.WorkPackage) { w.Type = 8 }), `its type is "Offering"`, true, false},
		"another status": {change(func(w *openprojecttest.WorkPackage) { w.Status = 15 }), `its status is "Rejected"`, true, false},
		"deleted":        {func(s *pruned) { s.fake.Delete(2) }, `deleted or was moved out of sight (404), while its project 41 is visible`, true, false},
		"moved out of sight": {func(s *pruned) {
			s.fake.AddProject(openprojecttest.Project{ID: 60, Identifier: "board", Name: "Board", Hidden: true})
			s.fake.Update(2, func(w *openprojecttest.WorkPackage) { w.Project = 60 })
		}, `moved out of sight`, true, false},
		"its project is hidden": {func(s *pruned) {
			s.fake.Delete(2)
			s.answer(404, "NotFound", "projects/41")
		}, `no longer visible (404), and neither is its project 41`, false, false},
		"its project is forbidden": {func(s *pruned) {
			s.fake.Delete(2)
			s.answer(403, "MissingPermission", "projects/41")
		}, `no longer visible (404), and neither is its project 41`, false, false},
		"refused":                 {func(s *pruned) { s.fake.Delete(2); s.answer(403, "MissingPermission", "work_packages/2") }, `refuses to show it`, false, false},
		"a proxy's 404":           {func(s *pruned) { s.fake.Delete(2); s.answer(404, "", "work_packages/2") }, `404`, false, true},
		"an error":                {func(s *pruned) { s.fake.Delete(2); s.answer(500, "InternalServerError", "work_packages/2") }, `500`, false, true},
		"an error of the project": {func(s *pruned) { s.fake.Delete(2); s.answer(500, "InternalServerError", "projects/41") }, `500`, false, true},
		"its schema is 404": {func(s *pruned) {
			s.fake.Update(2, func(w *openprojecttest.WorkPackage) { w.Type = 1 })
			s.answer(404, "NotFound", "work_packages/schemas/41-1")
		}, `404`, false, true},
		"listed after all": {func(*pruned) {}, "", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, mode := range []pipeline.PruneMode{pipeline.PruneReport, pipeline.PruneDraft, pipeline.PruneDelete} {
				s := published(t, 4)
				path := s.document(2)
				s.query.Statuses = []string{"New"}
				c.leave(s)
				s.mode, s.source = mode, &shiftedListing{s.client, 2}
				before := s.files()
				report := s.prune()
				got, after := says(report, 2), s.files()
				want := map[bool]string{true: map[pipeline.PruneMode]string{pipeline.PruneReport: "skipped", pipeline.PruneDraft: "updated", pipeline.PruneDelete: "removed"}[mode],
					false: "skipped"}[c.goes]
				if c.failed {
					want = "failed"
				}
				if c.reason == "" {
					want = ""
				}
				if !strings.HasPrefix(got, want) || !strings.Contains(got, c.reason) || (got == "") != (c.reason == "") {
					t.Errorf("%s: the report says %q, want %s because of %q", mode, got, want, c.reason)
				}
				if outcome, reason, _ := strings.Cut(got, " "); outcome == "skipped" && !strings.Contains(reason, path[len("content/"):]+" stays|") {
					t.Errorf("%s: the report says %q, want the document and that it stays", mode, got)
				}
				_, there := after[path]
				switch {
				case !c.goes || mode == pipeline.PruneReport:
					if !maps.Equal(before, after) {
						t.Errorf("%s: the tree changed", mode)
					}
				case mode == pipeline.PruneDraft:
					if !strings.Contains(after[path], "\ndraft: true\n") || len(after) != len(before) {
						t.Errorf("draft: the document is %q", after[path])
					}
				case there || len(after) != len(before)-2:
					t.Errorf("delete: %d files are left of %d, the document there: %v", len(after), len(before), there)
				}
			}
		})
	}
}

// shiftedListing is a tracker whose listing of the work packages 1 to 4 lacks one.
type shiftedListing struct {
	*openproject.Client
	without int64
}

func (l *shiftedListing) WorkPackages(_ context.Context, _ openproject.Query) iter.Seq2[*openproject.WorkPackage, error] {
	return func(yield func(*openproject.WorkPackage, error) bool) {
		for id := int64(1); id <= 4; id++ {
			if id != l.without && !yield(&openproject.WorkPackage{ID: id}, nil) {
				return
			}
		}
	}
}
