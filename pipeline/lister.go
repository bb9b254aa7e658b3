package pipeline

import (
	"context"
	"slices"
	"time"

	"ingest/openproject"
)

// lister walks a query, and what is due besides it, or named work packages.
type lister struct {
	p        *Pipeline
	s        Selection
	plan     *plan
	hand     func(*job) bool // false: the run was stopped
	met      map[int64]bool
	tried    map[int64]bool // ahead of the listing
	left     map[int64]bool // of them, those found not to belong any more, and noted as such
	prepared bool
	latest   time.Time // change that was seen
}

func (l *lister) run(ctx context.Context) error {
	err := l.walk(ctx, l.plan.query)
	if l.plan.forgotten(err) && len(l.met) == 0 {
		if err = l.resolve(ctx); err == nil {
			err = l.walk(ctx, l.plan.query)
		}
	}
	if err == nil {
		err = l.walkExtra(ctx)
	}
	l.plan.latest, l.plan.met = l.latest, l.met
	return err
}

// runNamed reads the named work packages one by one. One that cannot be read fails
// alone.
func (l *lister) runNamed(ctx context.Context) error {
	for _, id := range l.s.IDs {
		if err := l.ahead(ctx); err != nil {
			return err
		}
		if l.met[id] || l.tried[id] { // it was among those
			continue
		}
		l.met[id] = true
		j := l.p.named(ctx, l.s, id)
		if err := l.ready(ctx, j); err != nil {
			return err
		}
		if !l.hand(j) {
			break
		}
	}
	return context.Cause(ctx)
}

// ready prepares the run for the first job that is not settled.
func (l *lister) ready(ctx context.Context, j *job) error {
	if l.prepared || j.still || l.p.Prepare == nil {
		return nil
	}
	l.prepared = true
	return l.p.Prepare(ctx)
}

// resolve asks for the ids of types and statuses anew.
func (l *lister) resolve(ctx context.Context) error {
	q := l.plan.query
	q.TypeIDs, q.StatusIDs = nil, nil
	q, err := l.p.Source.Resolve(ctx, q)
	if err != nil {
		return err
	}
	l.plan.query, l.plan.known.Types, l.plan.known.Statuses = q, q.TypeIDs, q.StatusIDs
	return nil
}

func (l *lister) walk(ctx context.Context, q openproject.Query) error {
	for wp, err := range l.p.Source.WorkPackages(ctx, q) {
		switch {
		case err != nil && ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			return err
		case l.met[wp.ID] || l.left[wp.ID]:
			continue
		}
		if err := l.ahead(ctx); err != nil {
			return err
		}
		if l.met[wp.ID] || l.left[wp.ID] { // it was among those
			continue
		}
		l.met[wp.ID] = true
		if wp.UpdatedAt.After(l.latest) {
			l.latest = wp.UpdatedAt
		}
		j := l.p.prepare(ctx, wp, l.plan.settle)
		if err := l.ready(ctx, j); err != nil {
			return err
		}
		if !l.hand(j) {
			return context.Cause(ctx)
		}
	}
	return nil
}

// extraChunk is how many ids stand in one request: with ten digits each they
// fit into any server's limit for an address.
const extraChunk = 100

// walkExtra lists the work packages that are due. Those that the query no
// longer finds are left for a full run to explain.
func (l *lister) walkExtra(ctx context.Context) error {
	extra := slices.DeleteFunc(slices.Clone(l.plan.extra), func(id int64) bool { return l.met[id] || l.left[id] })
	for ids := range slices.Chunk(extra, extraChunk) {
		q := l.plan.query
		q.UpdatedSince, q.IDs = time.Time{}, ids
		if err := l.walk(ctx, q); err != nil {
			return err
		}
		for _, id := range ids {
			if l.met[id] {
				continue
			}
			if err := l.p.absent(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}
