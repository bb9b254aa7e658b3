package pipeline_test

import (
	"context"
	"errors"
	"testing"

	"ingest/enrich"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// TestPeersLoseRejectedEntriesFromTheCount: an entry that is refused, fails or
// breaks the program is in no number of the report, and so nobody looks for it.
func TestPeersLoseRejectedEntriesFromTheCount(t *testing.T) {
	client, _ := tracker(t, 12)
	p := remembering(client, &memory{}, state.NewMemory(), night())
	p.Steps = []pipeline.Step{step(func(_ context.Context, it *enrich.Item) error {
		switch it.ID % 4 {
		case 1:
			return enrich.Skipf("", "not wanted")
		case 2:
			return errors.New("no luck")
		case 3:
			panic("a defect")
		}
		return nil
	})}
	for _, selection := range []pipeline.Selection{{}, {Full: true}, {IDs: []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}} {
		report, err := p.Run(t.Context(), selection)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, n := range report.Counts {
			sum += n
		}
		if sum != 12 || len(report.Items) != 12 || report.Counts[pipeline.Skipped] != 3 || report.Counts[pipeline.Failed] != 6 {
			t.Errorf("%+v: counts %v over %d items, want 12: 3 skipped, 6 failed", selection, report.Counts, len(report.Items))
		}
		for _, item := range report.Items {
			if said := item.Error != "" || len(item.Warnings) > 0; said != (item.ID%4 != 0) {
				t.Errorf("work package %d, %s: error %q, warnings %v", item.ID, item.Outcome, item.Error, item.Warnings)
			}
		}
	}
}
