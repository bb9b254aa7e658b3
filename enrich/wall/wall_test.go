package wall_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ingest/enrich/wall"
)

// load reads a page of testdata: lines of what is known of the answer, a blank
// one, then the page.
func load(t testing.TB, path string) wall.Answer {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, page, ok := strings.Cut(string(b), "\n\n")
	if !ok {
		t.Fatalf("%s has no head", path)
	}
	a := wall.Answer{Header: http.Header{}, HTML: []byte(page)}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "asked":
			a.Asked = value
		case "url":
			a.URL = value
		case "status":
			a.Status, _ = strconv.Atoi(value) // a test file; the first run shows a mistake
		case "header":
			name, value, _ := strings.Cut(value, ": ")
			a.Header.Add(name, value)
		default:
			t.Fatalf("%s: unknown line %q", path, line)
		}
	}
	return a
}

func files(t testing.TB, folder string, least int) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("testdata", folder, "*.html"))
	if err != nil || len(found) < least {
		t.Fatalf("%d files in %s, error %v, want %d at least", len(found), folder, err, least)
	}
	return found
}

func TestWalls(t *testing.T) {
	kinds := map[string]wall.Kind{"bot": wall.Bot, "consent": wall.Consent, "login": wall.Login, "parked": wall.Parked, "soft": wall.SoftError}
	for _, path := range files(t, "walls", 80) {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			kind, _, _ := strings.Cut(name, "-")
			found, ok := wall.Recognize(load(t, path))
			if !ok || found.Kind != kinds[kind] || found.Reason == "" || found.Hint() == "" {
				t.Errorf("got %+v, %v, hint %q; want a %s", found, ok, found.Hint(), kinds[kind])
			}
		})
	}
}

func TestContent(t *testing.T) {
	for _, path := range files(t, "content", 40) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".html"), func(t *testing.T) {
			if found, ok := wall.Recognize(load(t, path)); ok {
				t.Errorf("taken for a %s: %s", found.Kind, found.Reason)
			}
		})
	}
}
