package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ingest/enrich/linkhealth"
	"ingest/pipeline/state"
)

// Bounds of a list of entries.
const (
	DefaultPerPage = 50
	MaxPerPage     = 200
	MaxPage        = 100_000
	MaxQuery       = 8000 // characters of what is looked for: a link within a link is long
)

// States lists the states in the order of their urgency.
func States() []State { return []State{Failed, Attention, Skipped, Published, Gone} }

// Entries lists a page of the entries, the latest change of a work package first.
// The error is an *OrderError for a filter that cannot be.
func (d *Desk) Entries(ctx context.Context, f Filter) (List, error) {
	if err := f.check(); err != nil {
		return List{}, err
	}
	f.Page, f.PerPage = max(f.Page, 1), cmp.Or(f.PerPage, DefaultPerPage)
	c := state.Choice{Text: f.Text, Limit: f.PerPage, Offset: (f.Page - 1) * f.PerPage}
	if f.State != "" {
		c.Standings = []state.Standing{state.Standing(f.State)}
	}
	if f.Dead {
		c.Link = linkhealth.Dead
		if f.State == "" {
			c.Standings = present()
		}
	}
	if f.Duplicates {
		groups, err := d.Shelf.Duplicates(ctx)
		if err != nil {
			return List{}, err
		}
		c.IDs = []int64{} // not nil, which is any
		for _, group := range groups {
			c.IDs = append(c.IDs, group...)
		}
	}
	return d.page(ctx, c, f)
}

func (d *Desk) page(ctx context.Context, c state.Choice, f Filter) (List, error) {
	listing, err := d.Shelf.List(ctx, c)
	if err != nil {
		return List{}, err
	}
	return List{Entries: summaries(listing.Lines), Total: listing.Total, Page: f.Page, PerPage: f.PerPage}, nil
}

func (f Filter) check() error {
	switch {
	case f.State != "" && !slices.Contains(States(), f.State):
		return &OrderError{"there is no state " + string(f.State), "ask for failed, attention, skipped, published or gone"}
	case f.Page < 0 || f.Page > MaxPage:
		return &OrderError{"there is no such page", "pages count from 1"}
	case f.PerPage < 0 || f.PerPage > MaxPerPage:
		return &OrderError{"too many entries for a page", "ask for 1 to 200"}
	}
	return checkQuery(f.Text)
}

func checkQuery(text string) error {
	switch {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return &OrderError{"the text to look for is not UTF-8", "escape it as UTF-8"}
	case utf8.RuneCountInString(text) > MaxQuery:
		return &OrderError{"the text to look for is too long", fmt.Sprintf("a few words will do; at most %d characters are looked for", MaxQuery)}
	}
	return nil
}

// present are the states of what is, or may be, on the site.
func present() []state.Standing {
	return []state.Standing{state.Failed, state.Attention, state.Skipped, state.Published}
}

func summaries(lines []state.Line) []Summary {
	all := make([]Summary, 0, len(lines))
	for _, l := range lines {
		all = append(all, Summary{ID: l.ID, Title: l.Subject, State: State(l.Standing), Attention: plain(cmp.Or(l.Attention, l.Error)), Outcome: l.Outcome,
			URL: l.Clean, Path: l.Path, UpdatedAt: l.UpdatedAt, CheckedAt: l.CheckedAt, Link: string(l.Link)})
	}
	return all
}
