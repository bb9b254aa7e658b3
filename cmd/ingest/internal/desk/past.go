package desk

import (
	"context"
	"slices"
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
	past = slices.DeleteFunc(past, func(p state.PastItem) bool { return p.Run.DryRun })
	e.Outcomes = make([]PastOutcome, 0, len(past))
	for _, p := range past {
		e.Outcomes = append(e.Outcomes, PastOutcome{Run: idOf(p.Run), At: p.Run.Started, Outcome: p.Item.Outcome, Text: textOf(p.Item)})
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
		return plain(item.Warnings[0].Text)
	}
	return plain(item.Error)
}

// warningsOf are those of the last run; where no report of it is kept, the state
// has their words.
func warningsOf(kept *pipeline.Entry, last *Last, past []state.PastItem) []pipeline.Warning {
	switch {
	case last != nil && (len(past) == 0 || !past[0].Run.Started.After(last.At)):
		return last.Item.Warnings
	case len(past) > 0:
		return wholeWarnings(past[0].Item.Warnings)
	case kept.Error == "" && kept.Attention != "":
		return []pipeline.Warning{{Text: plain(kept.Attention)}}
	}
	return []pipeline.Warning{}
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
