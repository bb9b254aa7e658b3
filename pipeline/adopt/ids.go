package adopt

import (
	"context"

	"ingest/output"
	"ingest/pipeline"
)

// WriteIDs puts the ids into the files that were matched. One that cannot be
// written is told in the report, and the others go on; the error is that of a
// context that ended.
func (f *Finder) WriteIDs(ctx context.Context, r *Report) error {
	return f.each(ctx, r, func(m *Match) error {
		err := f.Survey.WriteID(ctx, m.page, m.ID)
		m.IDWritten = err == nil
		return err
	})
}

// PlanIDs tells what WriteIDs would do, and shows each change.
func (f *Finder) PlanIDs(ctx context.Context, r *Report, show func(output.Change) error) error {
	var failed error
	err := f.each(ctx, r, func(m *Match) error {
		change, err := f.Survey.PlanID(m.page, m.ID)
		if err == nil && failed == nil {
			failed = show(change)
		}
		return err
	})
	if err == nil {
		err = failed
	}
	return err
}

func (f *Finder) each(ctx context.Context, r *Report, do func(*Match) error) error {
	for i := range r.Matched {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		m := &r.Matched[i]
		if err := do(m); err != nil {
			m.Error, m.Hint = err.Error(), pipeline.HintOf(err)
		}
	}
	return nil
}
