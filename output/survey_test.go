package output_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ingest/output"
)

func look(t testing.TB, s site, key string) *output.Survey {
	t.Helper()
	survey, err := output.Look(s.content, output.Options{IDKey: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := survey.Close(); err != nil {
			t.Error(err)
		}
	})
	return survey
}

func TestLook(t *testing.T) {
	s := newSite(t)
	s.put(t, "b.md", "---\nid: 7\n---\n")
	s.put(t, "a/index.md", "---\ntitle: Ours\n---\n")
	s.put(t, "c.md", "---\nid: 8\n---\n")
	s.put(t, "d.md", "---\nid: 8\n---\n")
	s.put(t, "broken.md", "---\nid: [\n---\n")
	s.put(t, "picture.png", "x")
	outside := put(t, s.dir, "elsewhere/e.md", "---\nid: 9\n---\n")
	for link, to := range map[string]string{"shared": filepath.Dir(outside), "e.md": outside, "gone": "nowhere", "inside": "a", "logo.png": "picture.png"} {
		if err := os.Symlink(to, filepath.Join(s.content, link)); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	before := s.listing(t)
	survey := look(t, s, "")
	want := []output.Page{{Path: "a/index.md"}, {Path: "b.md", ID: 7}, {Path: "c.md", ID: 8}, {Path: "d.md", ID: 8}}
	if !slices.Equal(survey.Pages, want) {
		t.Errorf("pages %v, want %v", survey.Pages, want)
	}
	var told []string
	for _, err := range survey.Unreadable {
		text := strings.ReplaceAll(err.Error(), s.content, "")
		told = append(told, strings.SplitN(text, ":", 2)[0])
		if hint(err) == "" {
			t.Errorf("%v has no hint", err)
		}
	}
	slices.Sort(told)
	if want := []string{"/broken.md", "/gone is a link and is not followed", "/inside is a link and is not followed", "/shared is a link and is not followed", "read /e.md"}; !slices.Equal(told, want) {
		t.Errorf("unreadable %q, want %q", told, want)
	}
	if len(survey.Shared) != 1 || survey.Shared[0].ID != 8 || len(survey.Shared[0].Files) != 2 {
		t.Errorf("shared %v, want 8 in two files", survey.Shared)
	}
	if s.listing(t) != before {
		t.Error("looking has written something")
	}
}

func TestLookAtUnreadableFiles(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	s := newSite(t)
	s.put(t, "a.md", "---\nid: 7\n---\n")
	file := s.put(t, "closed.md", "---\nid: 8\n---\n")
	dir := filepath.Dir(s.put(t, "shut/c.md", "---\nid: 9\n---\n"))
	for _, name := range []string{file, dir} {
		if err := os.Chmod(name, 0); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(name, 0o755) //nolint:errcheck // so that the folder can be removed
	}
	survey := look(t, s, "")
	if len(survey.Pages) != 1 || len(survey.Unreadable) != 2 || !strings.Contains(hint(survey.Unreadable[0]), "let the user") {
		t.Errorf("pages %v, unreadable %v", survey.Pages, survey.Unreadable)
	}
}

func TestLookWithoutAFolder(t *testing.T) {
	_, err := output.Look(filepath.Join(t.TempDir(), "content"), output.Options{})
	if _, ok := errors.AsType[*output.FileError](err); !ok || hint(err) == "" {
		t.Errorf("got %v, want a FileError with a hint", err)
	}
}

func TestLinks(t *testing.T) {
	s := newSite(t)
	s.put(t, "a.md", "---\ntitle: x\nlink: https://a.example/?b=1\nmore:\n  - y\n  - {href: \"https:\\/\\/b.example\"}\nn: 1\n---\nhttps://c.example\n")
	s.put(t, "broken.md", "---\nlink: https://a.example/\ntitle: [\n---\n")
	survey := look(t, s, "")
	got, err := survey.Links(output.Page{Path: "a.md"})
	want := []output.Text{{Key: "link", Text: "https://a.example/?b=1"}, {Key: "more.2.href", Text: "https://b.example"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	if _, err := survey.Links(output.Page{Path: "broken.md"}); err == nil {
		t.Error("no error for front matter that does not parse")
	}
}

// TestWriteIDInStyles: whoever wrote a file, one line is all that the id changes.
func TestWriteIDInStyles(t *testing.T) {
	files, err := filepath.Glob("testdata/styles/*.md")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	line := regexp.MustCompile(`(?m)^id: +3960\r?\n`)
	for _, file := range files {
		if filepath.Base(file) == "README.md" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil || !line.Match(text) {
				t.Fatal("no document", err)
			}
			text = line.ReplaceAll(text, nil)
			s := newSite(t)
			s.put(t, "x.md", string(text))
			survey := look(t, s, "")
			page := output.Page{Path: "x.md"}
			change, err := survey.PlanID(page, 3960)
			if err != nil {
				t.Fatal(err)
			}
			if err := survey.WriteID(t.Context(), page, 3960); err != nil {
				t.Fatal(err)
			}
			got := []byte(s.files(t)["content/news/x.md"])
			if !bytes.Equal(line.ReplaceAll(got, nil), text) || len(line.FindAll(got, -1)) != 1 {
				t.Errorf("got\n%s", got)
			}
			if !bytes.Equal(change.New, got) || !bytes.Equal(change.Old, text) {
				t.Error("the plan says otherwise")
			}
			if again := look(t, s, ""); again.Pages[0].ID != 3960 {
				t.Error("the id is not found again")
			}
			before := s.listing(t)
			if err := survey.WriteID(t.Context(), page, 3960); err != nil || s.listing(t) != before {
				t.Errorf("a second time: %v", err)
			}
		})
	}
}

func TestWriteIDNested(t *testing.T) {
	s := newSite(t)
	s.put(t, "x.md", "\ufeff---\r\nparams: # ours\r\n    # the order matters\r\n    tags: [ a,  b ]\r\n---\r\nBody\r\n")
	survey := look(t, s, "params.ingest.wp")
	if err := survey.WriteID(t.Context(), survey.Pages[0], 7); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff---\r\nparams: # ours\r\n    # the order matters\r\n    ingest:\r\n      wp: 7\r\n    tags: [ a,  b ]\r\n---\r\nBody\r\n"
	if got := s.files(t)["content/news/x.md"]; got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// What has no room for the id is left as it is, with an error that says why.
func TestWriteIDRefuses(t *testing.T) {
	tests := map[string]struct{ key, file, want string }{
		"another value":        {"id", "---\nid: tide-clocks\n---\n", `there is "tide-clocks" already`},
		"another number":       {"id", "---\nid: '8'\n---\n", "does not belong to work package 7"},
		"another work package": {"id", "---\nid: 8\n---\n", "does not belong to work package 7"},
		"a text on the way":    {"params.wp", "---\nparams: none\n---\n", `there is "none" already`},
		"keys in braces":       {"id", "---\n{title: x} # mine\n---\n", "its keys stand in braces"},
		"not YAML":             {"id", "---\ntitle: [\n---\n", "not valid YAML"},
		"no end":               {"id", "---\ntitle: x\n", "---"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", tt.file)
			before := s.listing(t)
			err := look(t, s, tt.key).WriteID(t.Context(), output.Page{Path: "x.md"}, 7)
			if err == nil || !strings.Contains(err.Error(), tt.want) || hint(err) == "" {
				t.Errorf("got %v, hint %q; want %q", err, hint(err), tt.want)
			}
			if s.listing(t) != before {
				t.Error("the file was touched")
			}
		})
	}
	t.Run("the id in quotes is the id", func(t *testing.T) {
		s := newSite(t)
		s.put(t, "x.md", "---\nid: '7' # ours\n---\n")
		if err := look(t, s, "").WriteID(t.Context(), output.Page{Path: "x.md"}, 7); err != nil {
			t.Fatal(err)
		}
		if got := s.files(t)["content/news/x.md"]; got != "---\nid: '7' # ours\n---\n" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("gone since", func(t *testing.T) {
		s := newSite(t)
		file := s.put(t, "x.md", "---\ntitle: x\n---\n")
		survey := look(t, s, "")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		_, planned := survey.PlanID(survey.Pages[0], 7)
		for _, err := range []error{planned, survey.WriteID(t.Context(), survey.Pages[0], 7)} {
			if !errors.Is(err, os.ErrNotExist) {
				t.Errorf("got %v, want that there is no such file", err)
			}
		}
		if got := s.files(t); len(got) != 0 {
			t.Errorf("made %q", got)
		}
	})
	t.Run("interrupted", func(t *testing.T) {
		s := newSite(t)
		s.put(t, "x.md", "---\ntitle: x\n---\n")
		before := s.files(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := look(t, s, "").WriteID(ctx, output.Page{Path: "x.md"}, 7); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if got := s.files(t); len(got) != 1 || got["content/news/x.md"] != before["content/news/x.md"] {
			t.Errorf("left %q", got)
		}
	})
}

func TestCompare(t *testing.T) {
	before := "---\na: 1\nm: {x: 1, y: 2, z: null}\ngone: true\nstyle: 'x'\n---\nBody\n"
	after := "---\nnew: w\na: 1.0\nm:\n  x: 1\n  y: 3\nstyle: x\n---\nBody 2\n"
	got, err := output.Compare([]byte(before), []byte(after))
	want := []output.Difference{{"new", "", `"w"`}, {"m.y", "2", "3"}, {"m.z", "null", ""}, {"gone", "true", ""}, {output.BodyKey, "", ""}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v\nwant %v", got, err, want)
	}
	if got, err = output.Compare([]byte(before), []byte(before)); err != nil || len(got) > 0 {
		t.Errorf("of itself: %v, %v", got, err)
	}
}

// BenchmarkLook surveys a tree of 20,000 documents, every tenth without an id.
func BenchmarkLook(b *testing.B) {
	text, err := os.ReadFile("testdata/styles/pyyaml.md")
	if err != nil {
		b.Fatal(err)
	}
	const n = 20000
	s := newSite(b)
	for i := range n {
		id := fmt.Sprintf("id: %d\n", i+1)
		if i%10 == 0 {
			id = ""
		}
		s.put(b, fmt.Sprintf("%02d/%d.md", i%100, i), strings.Replace(string(text), "id: 3960\n", id, 1))
	}
	for b.Loop() {
		survey := look(b, s, "")
		links := 0
		for _, p := range survey.Pages {
			if p.ID != 0 {
				continue
			}
			found, err := survey.Links(p)
			if err != nil {
				b.Fatal(err)
			}
			links += len(found)
		}
		if len(survey.Pages) != n || links == 0 {
			b.Fatal(len(survey.Pages), links)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}
