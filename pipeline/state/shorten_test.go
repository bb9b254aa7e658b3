package state_test

import (
	"fmt"
	"strings"
	"testing"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// A report that is longer than what can be read back is kept in part: its counts, and
// what happened before what did not.
func TestLongReportIsKeptInPart(t *testing.T) {
	db := open(t, t.TempDir(), state.Options{})
	long := []pipeline.Warning{{Text: strings.Repeat("x", 1<<20)}}
	r := &pipeline.Report{ID: "night", Counts: map[pipeline.Outcome]int{pipeline.Unchanged: 70, pipeline.Failed: 2}, Warnings: []pipeline.Warning{{Text: "one of the run"}},
		Links: &pipeline.LinkReport{Checked: 1, Items: []pipeline.LinkItem{{ID: 1, URL: "https://example.org/1", Verdict: linkhealth.Verdict{State: linkhealth.Dead}}}}}
	for id := range int64(70) {
		r.Items = append(r.Items, pipeline.ItemReport{ID: id, Subject: "quiet", Outcome: pipeline.Unchanged, Warnings: long})
	}
	for id := range int64(2) {
		r.Items = append(r.Items, pipeline.ItemReport{ID: 100 + id, Subject: "loud", Outcome: pipeline.Failed, Error: "no luck", Warnings: long})
	}
	if err := db.SaveRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if len(r.Items) != 72 || len(r.Warnings) != 1 || len(r.Links.Items) != 1 {
		t.Errorf("the caller's report was shortened: %d items, %d warnings, %d links", len(r.Items), len(r.Warnings), len(r.Links.Items))
	}
	runs, err := db.Runs(t.Context(), 1)
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d reports, error %v; want it to be read back", len(runs), err)
	}
	got := runs[0]
	left := len(r.Items) - len(got.Items)
	if got.ID != "night" || fmt.Sprint(got.Counts) != fmt.Sprint(r.Counts) || got.Links == nil || got.Links.Checked != 1 || left < 8 || left > 12 {
		t.Errorf("kept %d items, counts %v, links %+v; want some 62 items and the rest whole", len(got.Items), got.Counts, got.Links)
	}
	if n := len(got.Items); got.Items[0].ID != 0 || got.Items[n-2].ID != 100 || got.Items[n-1].ID != 101 {
		t.Error("what failed was left out, or the order is another")
	}
	links := 1 - len(got.Links.Items)
	want := fmt.Sprintf("%d items, warnings and links are left out", left+links)
	if n := len(got.Warnings); n != 2 || got.Warnings[0].Text != "one of the run" || !strings.Contains(got.Warnings[1].Text, want) {
		t.Errorf("warnings %+v, want that of the run and one that says %q", got.Warnings, want)
	}
	past, err := db.Past(t.Context(), 101, 5)
	if err != nil || len(past) != 1 || past[0].Item.Error != "no luck" {
		t.Errorf("past %d, error %v; want the failure", len(past), err)
	}
}
