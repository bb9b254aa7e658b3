package desk

import (
	"context"
	"errors"
	"slices"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// maxOutcomes is how many past outcomes of an entry are told.
const maxOutcomes = 20

// Entry tells all that is known of a work package; a *NotFoundError says that it is
// nothing. What cannot be told at present, as the document of a file that is
// damaged, is a warning.
func (d *Desk) Entry(ctx context.Context, id int64) (*Entry, error) {
	kept, err := d.kept(ctx, id)
	if damaged, ok := errors.AsType[*pipeline.DamagedEntryError](err); ok {
		return d.outline(ctx, damaged)
	}
	if err != nil {
		return nil, err
	}
	entry, err := d.sketch(ctx, kept)
	if err != nil {
		return nil, err
	}
	if err := d.history(ctx, entry, kept); err != nil {
		return nil, err
	}
	d.document(ctx, entry)
	d.explained(ctx, entry)
	if err := d.visited(ctx, entry, kept); err != nil {
		return nil, err
	}
	return entry, ctx.Err()
}

// outline is an entry that the state cannot read, as far as its columns, the runs and
// the file tell of it. A refresh mends it.
func (d *Desk) outline(ctx context.Context, damaged *pipeline.DamagedEntryError) (*Entry, error) {
	kept := &pipeline.Entry{ID: damaged.ID}
	entry, err := d.sketch(ctx, kept)
	if _, torn := errors.AsType[*state.CorruptError](err); torn {
		entry, err = d.begin(Summary{ID: damaged.ID, State: Attention}), nil
	}
	if err != nil {
		return nil, err
	}
	kept.Attention = entry.Attention
	if err := d.history(ctx, entry, kept); err != nil {
		return nil, err
	}
	entry.warn("state", "", damaged)
	d.document(ctx, entry)
	return entry, ctx.Err()
}

// kept is what the state has of a work package.
func (d *Desk) kept(ctx context.Context, id int64) (*pipeline.Entry, error) {
	kept, err := d.Shelf.Entry(ctx, id)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return nil, d.notKnown(id)
	}
	return kept, nil
}

// sketch is an entry as the state's columns tell it.
func (d *Desk) sketch(ctx context.Context, kept *pipeline.Entry) (*Entry, error) {
	found, err := d.byID(ctx, []int64{kept.ID})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 { // forgotten just now
		return nil, d.notKnown(kept.ID)
	}
	e := d.begin(found[0])
	e.Canonical, e.Failures, e.NextTry = kept.Canonical, kept.Failures, instant(kept.NextTry)
	e.Duplicates, err = d.twins(ctx, kept)
	return e, err
}

// begin is an entry of which no more is known than its line.
func (d *Desk) begin(s Summary) *Entry {
	e := &Entry{Summary: s, Pending: d.pending(s.ID), Duplicates: []int64{}}
	if d.WorkPackageURL != nil {
		e.WorkPackageURL = d.WorkPackageURL(s.ID)
	}
	return e
}

// twins are the other work packages with one of the entry's addresses.
func (d *Desk) twins(ctx context.Context, kept *pipeline.Entry) ([]int64, error) {
	twins := []int64{}
	for _, url := range []string{kept.Clean, kept.Canonical} {
		ids, err := d.Shelf.WithURL(ctx, url)
		if err != nil {
			return nil, err
		}
		twins = append(twins, ids...)
	}
	slices.Sort(twins)
	twins = slices.DeleteFunc(slices.Compact(twins), func(id int64) bool { return id == kept.ID })
	if len(twins) == 0 || state.StandingOf(kept) == state.Gone {
		return []int64{}, nil
	}
	listing, err := d.Shelf.List(ctx, state.Choice{IDs: twins, Standings: present(), Limit: len(twins)})
	if err != nil {
		return nil, err
	}
	twins = twins[:0]
	for _, l := range listing.Lines {
		twins = append(twins, l.ID)
	}
	slices.Sort(twins)
	return twins, nil
}

// document reads the file.
func (d *Desk) document(ctx context.Context, e *Entry) {
	if d.Read == nil || e.Path == "" {
		return
	}
	matter, body, found, err := d.Read(ctx, e.ID)
	switch {
	case err != nil:
		e.warn("tree", "the document cannot be read: ", err)
	case found:
		e.FrontMatter, e.Body = matter, body
	}
}

// explained says where the values come from, and where the document is published.
func (d *Desk) explained(ctx context.Context, e *Entry) {
	if d.Explain == nil {
		return
	}
	x, err := d.Explain(ctx, e.ID)
	if err != nil {
		e.warn("explain", "where the values come from cannot be told: ", err)
		return
	}
	e.Explanation = wholeExplanation(x)
	if x != nil && x.Address != "" && e.State != Gone && d.SiteURL != nil {
		e.SiteURL = d.SiteURL(x.Address)
	}
}

// warn adds what could not be told.
func (e *Entry) warn(step, what string, err error) {
	e.Warnings = append(e.Warnings, pipeline.Warning{Step: step, Text: what + plain(err.Error()), Hint: pipeline.HintOf(err)})
}
