package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// TestServiceShowsEntriesWithoutItsStateFile: somebody removes the state file of a
// running service. It is a cache: what the service still knows is shown as before.
func TestServiceShowsEntriesWithoutItsStateFile(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 2, nil)
	site := newKillSite(t, source.serviceConfig(""), nil)
	service := site.serve(t)
	service.starts(t)
	if err := os.RemoveAll(filepath.Join(site.dir, ".ingest")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/entries/1", "/api/v1/entries/1"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, service.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Errorf("%s: %v\n%s", path, err, service.log.tail())
			continue
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.Body.Close() != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, error %v\n%.500s\n%s", path, resp.StatusCode, err, text, service.log.tail())
		}
	}
}
