package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"ingest/openproject"
)

// overlap is how far before the watermark a listing begins. The tracker stamps
// a change before it commits it, so one may appear behind the watermark a
// little later; those seen before are known by their updatedAt and cost nothing.
const overlap = 10 * time.Minute

// maxStale is how many pages are read again in one run because they are old,
// so that a corpus that was read in one night is not read again in one night.
const maxStale = 500

// plan is what a run lists.
type plan struct {
	query openproject.Query
	// extra are remembered work packages to look at besides the query's: those
	// whose next try has come and those whose page is old.
	extra []int64
	// settle passes over work packages that have not changed since they were
	// worked on.
	settle bool
	// whole says that the listing shows everything that belongs to the site.
	whole bool
	// moves says that the watermark may move once all is done.
	moves  bool
	known  listed    // what is remembered of listings
	told   []Warning // what of it is lost
	latest time.Time // change that the listing saw
	began  time.Time // the listing
	met    map[int64]bool
}

// listed is what is remembered between listings of one query.
type listed struct {
	Query     string    `json:"query"` // the query as it was configured
	Types     []int64   `json:"types"` // ids found for its names
	Statuses  []int64   `json:"statuses"`
	Watermark time.Time `json:"watermark"` // the latest change that was seen
	// Settled says that a listing long after the watermark has found nothing that was
	// stamped before it and committed later.
	Settled bool `json:"settled,omitempty"`
}

// listedFact is the key under which it is remembered.
const listedFact = "listed"

// plan decides what a run lists. Without a store every run lists everything.
func (p *Pipeline) plan(ctx context.Context, s Selection) (*plan, error) {
	pl := &plan{query: s.Query, began: p.now(), whole: len(s.IDs) == 0 && s.Query.UpdatedSince.IsZero()}
	if p.Store == nil || len(s.IDs) > 0 {
		return pl, nil
	}
	if err := p.recallListed(ctx, s.Query, pl); err != nil {
		return nil, err
	}
	pl.query.TypeIDs, pl.query.StatusIDs = pl.known.Types, pl.known.Statuses
	if !pl.whole {
		return pl, nil
	}
	pl.moves, pl.settle = true, !s.Full
	if s.Full || pl.known.Watermark.IsZero() {
		return pl, nil
	}
	lost, err := p.losses(ctx)
	if err != nil {
		return nil, err
	}
	if lost.all { // everything is listed, and nothing pruned: the tree may not be the right one
		pl.told, pl.settle, pl.whole, pl.extra = append(pl.told, lost.warning()), false, false, lost.ids
		return pl, nil
	}
	pl.whole = false
	pl.query.UpdatedSince = pl.known.Watermark
	if !pl.known.Settled {
		pl.query.UpdatedSince = pl.known.Watermark.Add(-overlap)
	}
	pl.extra, err = p.due(ctx, lost.ids)
	return pl, err
}

// recallListed reads what is remembered of the query, or makes it: a query that
// was changed is a new one, and so is one of which that cannot be read.
func (p *Pipeline) recallListed(ctx context.Context, q openproject.Query, pl *plan) error {
	text, err := p.Store.Fact(ctx, listedFact)
	if err != nil {
		return err
	}
	into := &pl.known
	if text != "" {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			*into = listed{}
			pl.told = append(pl.told, Warning{Step: "state", Text: fmt.Sprintf("what is remembered of the last listing cannot be read: %s", err),
				Hint: "everything is listed once more; if this happens again, look at the disk under the state file"})
		}
	}
	configured := openproject.Query{Project: q.Project, Types: q.Types, Statuses: q.Statuses}
	key, err := json.Marshal(configured)
	if err != nil {
		return err
	}
	if into.Query == string(key) {
		return nil
	}
	resolved, err := p.Source.Resolve(ctx, configured)
	if err != nil {
		return err
	}
	*into = listed{Query: string(key), Types: resolved.TypeIDs, Statuses: resolved.StatusIDs}
	return nil
}

// due lists the remembered work packages that want another look, the lost among
// them.
func (p *Pipeline) due(ctx context.Context, lost []int64) ([]int64, error) {
	due, err := p.Store.Due(ctx, p.now())
	if err != nil {
		return nil, err
	}
	due = append(due, lost...)
	if p.RefreshAfter > 0 {
		stale, err := p.Store.Stale(ctx, p.now().Add(-p.RefreshAfter), maxStale)
		if err != nil {
			return nil, err
		}
		due = append(due, stale...)
	}
	slices.Sort(due)
	return slices.Compact(due), nil
}

// settled says that nothing happened to a work package since it was worked on,
// nor to its file, so that there is nothing to do.
func (p *Pipeline) settled(e *Entry, updatedAt time.Time) bool {
	if e == nil || !e.UpdatedAt.Equal(updatedAt) || e.Outcome == Failed || e.Outcome == Removed {
		return false
	}
	old := p.RefreshAfter > 0 && !e.ReadAt.IsZero() && p.now().Sub(e.ReadAt) > p.RefreshAfter
	due := !e.NextTry.IsZero() && !p.now().Before(e.NextTry)
	return !due && !old && !p.gone(e)
}

// advance moves the watermark past everything that was done or recorded.
func (p *Pipeline) advance(ctx context.Context, pl *plan) error {
	if !pl.moves || p.DryRun {
		return nil
	}
	// Twice the overlap, so that a clock of ours that runs fast does no harm.
	pl.known.Settled = !pl.latest.After(pl.known.Watermark) && pl.began.Sub(pl.known.Watermark) > 2*overlap
	if pl.latest.After(pl.known.Watermark) {
		pl.known.Watermark = pl.latest
	}
	text, err := json.Marshal(pl.known)
	if err != nil {
		return err
	}
	return p.Store.SetFact(ctx, listedFact, string(text))
}

// forgotten says that a listing failed because the tracker no longer knows the
// remembered ids of its types or statuses.
func (pl *plan) forgotten(err error) bool {
	api, ok := errors.AsType[*openproject.APIError](err)
	return ok && api.Status == http.StatusBadRequest && len(pl.query.TypeIDs)+len(pl.query.StatusIDs) > 0
}
