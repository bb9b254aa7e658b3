package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/demo"
	"ingest/output/archetype"
)

// TestExplainGolden holds the account of one rich work package, made by the real
// program over the demo's world, to golden text and JSON.
func TestExplainGolden(t *testing.T) {
	w := startDemo(t)
	s := newGitSite(t, t.TempDir(), w)
	s.ingest(t)
	if err := edit(filepath.Join(s.dir, "content"), "\nlayOut: single\n", "\nlayOut: wide\n"); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"hops.txt":    {"explain", "4101"},
		"hops.json":   {"explain", "4101", "--json"},
		"refused.txt": {"explain", "4118", "--key", "featuredImage,layOut"},
	} {
		holdTo(t, filepath.Join("testdata", "explain", name), steady(w, s.ingest(t, args...)))
	}
}

// steady takes out of a text what is another on every run.
func steady(w *demo.World, text string) string {
	text = strings.NewReplacer(w.SiteURL, "http://site.example", w.Tracker.URL(), "http://tracker.example").Replace(text)
	text = regexp.MustCompile(`20\d\d-\d\d-\d\d \d\d:\d\d UTC`).ReplaceAllString(text, "NOW")
	text = regexp.MustCompile(`("(?:checked|read)_at": )"[^"]*"`).ReplaceAllString(text, `$1"NOW"`)
	return regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`).ReplaceAllString(text, "UUID")
}

// edit replaces a text in every document that has it.
func edit(dir, old, replacement string) error {
	return filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(strings.Replace(string(text), old, replacement, 1)), 0o600)
	})
}

// holdTo compares with a golden file.
func holdTo(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs\ngot:\n%s\nwant:\n%s", file, got, want)
	}
}

// TestSettingsAreNamedAsInTheConfiguration holds the names under which an
// explanation speaks of settings to those of the configuration.
func TestSettingsAreNamedAsInTheConfiguration(t *testing.T) {
	known := map[string]bool{}
	settings := reflect.TypeFor[config.Site]()
	for i := range settings.NumField() {
		known[settings.Field(i).Tag.Get("yaml")] = true
	}
	site := reflect.TypeFor[archetype.Site]()
	for i := range site.NumField() {
		name := site.Field(i).Tag.Get("expr")
		snake := strings.ToLower(regexp.MustCompile(`[A-Z]`).ReplaceAllString(name, "_$0"))
		if name != "archetype" && !known[snake] { // which has no setting
			t.Errorf("site.%s would be explained by the setting site.%s, which is not there", name, snake)
		}
	}
}

// An explanation neither writes nor asks: everything works on after the tracker
// and the site are gone, and the state is as it was.
func TestExplainAsksNobody(t *testing.T) {
	w, err := demo.Start(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	s := newGitSite(t, t.TempDir(), w)
	s.ingest(t, "--wp", "4101")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	before := contents(t, s.dir)
	s.ingest(t, "explain", "4101")
	if after := contents(t, s.dir); after != before {
		t.Error("explain wrote into the site or the state")
	}
	var said bytes.Buffer
	if code := s.call(t, &said, &said, "--wp", "4101"); code == exitDone {
		t.Errorf("a run without the tracker went well; the test shows nothing\n%s", &said)
	}
}

func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	if err := walk(os.DirFS(dir), func(path string, content []byte) { b.WriteString(path + "\n" + string(content)) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
