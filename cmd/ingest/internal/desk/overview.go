package desk

import (
	"cmp"
	"context"
	"slices"

	"ingest/enrich/linkhealth"
	"ingest/pipeline/state"
)

// Lengths of what the first page shows.
const (
	overviewEntries = 20 // also of groups of duplicates, and of the entries of one
	overviewRuns    = 10
)

// Overview gathers what the first page shows.
func (d *Desk) Overview(ctx context.Context) (Overview, error) {
	o := Overview{Counts: map[State]int{}, Next: d.Upcoming(), Queue: len(d.Queue.Waiting()), Delay: d.delay()}
	standings, err := d.Shelf.Standings(ctx)
	if err != nil {
		return Overview{}, err
	}
	for _, s := range States() {
		o.Counts[s] = standings[state.Standing(s)]
	}
	if o.Attention, err = d.some(ctx, state.Choice{Standings: []state.Standing{state.Attention, state.Failed}}); err != nil {
		return Overview{}, err
	}
	if o.Dead, err = d.some(ctx, state.Choice{Standings: present(), Link: linkhealth.Dead}); err != nil {
		return Overview{}, err
	}
	if o.Duplicates, err = d.groups(ctx); err != nil {
		return Overview{}, err
	}
	o.Runs, err = d.Runs(ctx, overviewRuns)
	return o, err
}

// some are the first entries of a choice.
func (d *Desk) some(ctx context.Context, c state.Choice) ([]Summary, error) {
	c.Limit = overviewEntries
	listing, err := d.Shelf.List(ctx, c)
	if err != nil {
		return nil, err
	}
	return summaries(listing.Lines), nil
}

// groups are the first groups of duplicates.
func (d *Desk) groups(ctx context.Context) ([][]Summary, error) {
	groups, err := d.Shelf.Duplicates(ctx)
	if err != nil {
		return nil, err
	}
	shown := make([][]Summary, 0, overviewEntries)
	for _, ids := range groups[:min(len(groups), overviewEntries)] {
		group, err := d.byID(ctx, ids[:min(len(ids), overviewEntries)])
		if err != nil {
			return nil, err
		}
		slices.SortFunc(group, func(a, b Summary) int { return cmp.Compare(a.ID, b.ID) })
		shown = append(shown, group)
	}
	return shown, nil
}

// byID are the named entries, as far as they are known.
func (d *Desk) byID(ctx context.Context, ids []int64) ([]Summary, error) {
	listing, err := d.Shelf.List(ctx, state.Choice{IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	return summaries(listing.Lines), nil
}
