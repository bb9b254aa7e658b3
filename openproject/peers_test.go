package openproject_test

import (
	"testing"
	"time"

	"ingest/openproject"
)

// The defects of programs that do a like job, where they concern the tracker's
// lists.

// TestPeersReadOnlyTheFirstPage: what does not fit on the first page of a list,
// which the server cuts without a word, is never seen.
func TestPeersReadOnlyTheFirstPage(t *testing.T) {
	tracker := start(t, capped(nil))
	ids := fill(tracker, 401, time.Second) // two pages and one row
	for name, q := range map[string]openproject.Query{
		"everything":         {},
		"of a project":       {Project: "medigy-curation"},
		"changed since":      {UpdatedSince: epoch().Add(-time.Hour)},
		"of a type, by name": {Types: []string{"Curated Content"}},
	} {
		got, err := list(t, of(t, tracker), q, nil)
		if err != nil || len(got) != 401 {
			t.Errorf("%s: %d work packages, error %v; want 401", name, len(got), err)
		}
		wantAll(t, got, ids)
	}
}
