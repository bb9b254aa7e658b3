package openproject_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
)

// canned answers requests from memory: by the end of the path, else the body.
type canned struct {
	body    []byte
	schemas []byte
}

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	body := c.body
	if strings.Contains(r.URL.Path, "/schemas/") {
		body = c.schemas
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/hal+json; charset=utf-8"}},
		Body:       io.NopCloser(bytes.NewReader(body)),
		Request:    r,
	}, nil
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func from(t testing.TB, transport http.RoundTripper) *openproject.Client {
	t.Helper()
	return client(t, openproject.Options{
		BaseURL:    "https://tracker.example",
		HTTPClient: &http.Client{Transport: transport},
	})
}

// BenchmarkWorkPackage decodes one work package as a tracker answers it alone.
func BenchmarkWorkPackage(b *testing.B) {
	body := file(b, "wp-3960.json")
	c := from(b, canned{body: body, schemas: file(b, "schema.json")})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.WorkPackage(b.Context(), 3960); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList10000 lists ten thousand work packages through pages of 200.
func BenchmarkList10000(b *testing.B) {
	tracker := start(b, capped(nil))
	fill(tracker, 10_000, 700*time.Millisecond)
	c := of(b, tracker)
	b.ReportAllocs()
	for b.Loop() {
		got, err := list(b, c, openproject.Query{}, nil)
		if err != nil || len(got) != 10_000 {
			b.Fatal(len(got), err)
		}
	}
}
