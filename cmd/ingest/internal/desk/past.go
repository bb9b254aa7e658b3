package desk

import (
	"context"
	"strings"

	"ingest/cmd/ingest/internal/console"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// history tells what runs made of an entry: what this process did last, with the
// difference that it made, and what the kept reports say.
func (d *Desk) history(ctx context.Context, e *Entry, kept *pipeline.Entry) error {
	past, err := d.Shelf.Past(ctx, e.ID, maxOutcomes)
	if err != nil {
		return err
	}
	own := d.Daemon.Runs()
	e.Outcomes = make([]PastOutcome, 0, len(past))
	for _, p := range past {
		if !p.DryRun {
			e.Outcomes = append(e.Outcomes, PastOutcome{Run: named(own, p.Started), At: p.Started, Outcome: p.Item.Outcome, Text: textOf(p.Item)})
		}
	}
	if e.Last, err = lastOf(d.Daemon.Of(e.ID)); err != nil {
		return err
	}
	e.Warnings = warningsOf(kept, e.Last, past)
	return nil
}

// textOf is what an outcome is told with.
func textOf(item pipeline.ItemReport) string {
	if item.Error == "" && len(item.Warnings) > 0 {
		return item.Warnings[0].Text
	}
	return item.Error
}

// warningsOf are those of the last run, of which the state itself keeps the words
// only.
func warningsOf(kept *pipeline.Entry, last *Last, past []state.PastItem) []pipeline.Warning {
	warnings := []pipeline.Warning{}
	switch {
	case last != nil:
		return append(warnings, last.Item.Warnings...)
	case len(past) > 0 && !past[0].DryRun:
		return append(warnings, past[0].Item.Warnings...)
	case kept.Error == "" && kept.Attention != "":
		return append(warnings, pipeline.Warning{Text: kept.Attention})
	}
	return warnings
}

// maxDiff bounds the text of a difference, in bytes.
const maxDiff = 256 << 10

func lastOf(r *daemon.Result) (*Last, error) {
	if r == nil {
		return nil, nil
	}
	var diff strings.Builder
	if err := console.Diff(&diff, r.Changes, false); err != nil {
		return nil, err
	}
	text := diff.String()
	if len(text) > maxDiff {
		text = strings.ToValidUTF8(text[:maxDiff], "") + "\n"
	}
	return &Last{Run: r.Run, At: r.At, Item: wholeItem(r.Item), Diff: text}, nil
}
