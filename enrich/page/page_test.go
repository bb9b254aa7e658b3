package page_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/page"
)

var update = flag.Bool("update", false, "write want.json of every case anew")

// parse reads a page, which must succeed.
func parse(t *testing.T, markup, address string) *page.Page {
	t.Helper()
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p, err := page.Parse([]byte(markup), base)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return p
}

// servedFrom reads the address from the comment that begins every page.html.
func servedFrom(t *testing.T, markup string) string {
	t.Helper()
	_, rest, found := strings.Cut(markup, "<!-- served from ")
	address, _, ended := strings.Cut(rest, " -->")
	if !found || !ended {
		t.Fatal("page.html must begin with <!-- served from ADDRESS -->")
	}
	return address
}

// TestGoldenPages reads each testdata/<case>/page.html and compares the whole Page, sources included, with want.json.
func TestGoldenPages(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/*/page.html")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	for _, file := range cases {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			t.Parallel()
			markup, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := parse(t, string(markup), servedFrom(t, string(markup)))
			compareGolden(t, filepath.Join(filepath.Dir(file), "want.json"), p)
		})
	}
}

func compareGolden(t *testing.T, file string, p *page.Page) {
	t.Helper()
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("page differs from %s (-want +got):\n%s", file, diff)
	}
}
