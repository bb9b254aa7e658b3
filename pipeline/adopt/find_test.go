package adopt_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/adopt"
)

// tree makes a content folder of files and surveys it.
func tree(t testing.TB, files map[string]string) (*adopt.Finder, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	survey, err := output.Look(dir, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = survey.Close() })
	clean := func(_ context.Context, link string) string {
		if !strings.HasPrefix(link, "https://") {
			return ""
		}
		link, _, _ = strings.Cut(link, "?utm")
		return link
	}
	show := func(file string) string { return strings.TrimPrefix(file, filepath.ToSlash(dir)+"/") }
	return &adopt.Finder{Survey: survey, Clean: clean, Show: show}, dir
}

func listing(wps ...pipeline.Sourced) iter.Seq2[pipeline.Sourced, error] {
	return func(yield func(pipeline.Sourced, error) bool) {
		for _, wp := range wps {
			if !yield(wp, nil) {
				return
			}
		}
	}
}

func matter(lines ...string) string { return "---\n" + strings.Join(lines, "\n") + "\n---\n" }

func TestFind(t *testing.T) {
	finder, _ := tree(t, map[string]string{
		"known.md":   matter("id: 1"),
		"unknown.md": matter("id: 99"),
		"twice.md":   matter("id: 2"),
		"two.md":     matter("id: 2"),
		"used.md":    matter("id: 3"),
		"0d3f5a52-2a3e-5e0f-8a53-1f2d3c4b5a69.md": matter("id: 3"),
		"clear.md":     matter("a: 1", "link: {original: ' https://e.example/4?utm=1 '}", "again: https://e.example/4"),
		"both.md":      matter("link: https://e.example/5", "see: https://e.example/6"),
		"rival-a.md":   matter("link: https://e.example/7"),
		"rival-b.md":   matter("link: https://e.example/7"),
		"taken.md":     matter("link: https://e.example/1"), // work package 1 has a document
		"doubtful.md":  matter("link: https://e.example/2"), // so has 2, though it is unclear which
		"duplicate.md": matter("link: https://e.example/d"),
		"about.md":     matter("title: Us", "link: https://other.example/"),
		"query.md":     matter("link: https://e.example/q"),
		"plain.md":     "https://e.example/9\n",
		"broken.md":    matter("link: https://e.example/9", "x: ["),
	})
	link := func(id int64, path string) pipeline.Sourced {
		return pipeline.Sourced{ID: id, Clean: "https://e.example/" + path}
	}
	report := adopt.New(time.Time{}, "content")
	err := finder.Find(t.Context(), report, listing(link(1, "1"), link(2, "2"), link(3, "3"), link(4, "4"), link(5, "5"), link(6, "6"), link(7, "7"),
		link(8, "d"), link(10, "d"), link(9, "9"), link(11, "q?"), pipeline.Sourced{ID: 12}, link(4, "4")))
	if err != nil {
		t.Fatal(err)
	}
	want := adopt.New(time.Time{}, "content")
	want.WorkPackages, want.Files = 12, 17
	want.Known = []adopt.Document{{ID: 3, File: "0d3f5a52-2a3e-5e0f-8a53-1f2d3c4b5a69.md"}, {ID: 1, File: "known.md"}}
	want.Unknown = []adopt.Document{{ID: 99, File: "unknown.md"}}
	want.Matched = []adopt.Match{{ID: 4, File: "clear.md", Key: "link.original", URL: "https://e.example/4"}, {ID: 11, File: "query.md", Key: "link", URL: "https://e.example/q"}}
	want.Ambiguous = []adopt.Ambiguity{{IDs: []int64{5, 6}, Files: []string{"both.md"}}, {IDs: []int64{8, 10}, Files: []string{"duplicate.md"}}, {IDs: []int64{7}, Files: []string{"rival-a.md", "rival-b.md"}}}
	want.SharedIDs = []adopt.SharedID{{ID: 2, Files: []string{"twice.md", "two.md"}}, {ID: 3, Files: []string{"0d3f5a52-2a3e-5e0f-8a53-1f2d3c4b5a69.md", "used.md"}, Used: "0d3f5a52-2a3e-5e0f-8a53-1f2d3c4b5a69.md"}}
	want.Duplicates = []adopt.Duplicate{{URL: "https://e.example/d", IDs: []int64{8, 10}}}
	want.Own = []string{"about.md", "doubtful.md", "plain.md", "taken.md"}
	got := *report
	got.Unreadable = want.Unreadable
	if diff := cmp.Diff(want, &got, cmpopts.IgnoreUnexported(adopt.Match{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(report.Unreadable) != 1 || !strings.Contains(report.Unreadable[0].Error, "broken.md") || report.Unreadable[0].Hint == "" {
		t.Errorf("unreadable: %+v", report.Unreadable)
	}
}

func TestFindWhatCannotBeListed(t *testing.T) {
	finder, _ := tree(t, nil)
	broken := errors.New("broke off")
	err := finder.Find(t.Context(), adopt.New(time.Time{}, ""), func(yield func(pipeline.Sourced, error) bool) { yield(pipeline.Sourced{}, broken) })
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestWriteIDs(t *testing.T) {
	finder, dir := tree(t, map[string]string{
		"a.md": matter("title:   x # by hand", "link: https://e.example/1"),
		"b.md": matter("id: tide-clocks", "link: https://e.example/2"),
		"c.md": matter("link: https://e.example/3"),
	})
	report := adopt.New(time.Time{}, "")
	if err := finder.Find(t.Context(), report, listing(pipeline.Sourced{ID: 1, Clean: "https://e.example/1"}, pipeline.Sourced{ID: 2, Clean: "https://e.example/2"}, pipeline.Sourced{ID: 3, Clean: "https://e.example/3"})); err != nil {
		t.Fatal(err)
	}
	var planned []string
	err := finder.PlanIDs(t.Context(), report, func(c output.Change) error {
		planned = append(planned, c.Path+": "+strings.TrimSuffix(string(c.New), string(c.Old[4:])))
		return nil
	})
	if want := []string{"a.md: ---\nid: 1\n", "c.md: ---\nid: 3\n"}; err != nil || !cmp.Equal(planned, want) {
		t.Errorf("planned %q, %v; want %q", planned, err, want)
	}
	if report.Matched[0].IDWritten || report.Matched[1].Error == "" {
		t.Errorf("planned: %+v", report.Matched)
	}
	if err := finder.WriteIDs(t.Context(), report); err != nil {
		t.Fatal(err)
	}
	if m := report.Matched; !m[0].IDWritten || m[1].IDWritten || m[1].Error == "" || m[1].Hint == "" || !m[2].IDWritten {
		t.Errorf("written: %+v", m)
	}
	for name, want := range map[string]string{"a.md": matter("id: 1", "title:   x # by hand", "link: https://e.example/1"), "b.md": matter("id: tide-clocks", "link: https://e.example/2")} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, want)
		}
	}
}
