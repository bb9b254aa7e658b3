package pipeline_test

import (
	"testing"

	"ingest/pipeline"
)

// What a second run says of a file that stays is told: an edit made by hand and a
// change of the tracker that meet in one key are reported once. What every run
// says of a work package is not.
func TestIncludeTellsOfConflicts(t *testing.T) {
	item := func(id int64, step string) pipeline.ItemReport {
		return pipeline.ItemReport{ID: id, Outcome: pipeline.Unchanged, Warnings: []pipeline.Warning{{Step: step, Text: "text"}}}
	}
	first := &pipeline.Report{Counts: map[pipeline.Outcome]int{}}
	first.Include(&pipeline.Report{Items: []pipeline.ItemReport{item(1, "tree"), item(2, "body")}})
	if len(first.Items) != 1 || first.Items[0].ID != 1 || first.Counts[pipeline.Unchanged] != 1 {
		t.Errorf("got %+v and %v, want the first item alone", first.Items, first.Counts)
	}
}
