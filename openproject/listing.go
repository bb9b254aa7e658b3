package openproject

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"
	"time"
)

// WorkPackages lists work packages. Every one that matches from the beginning
// to the end of the listing is yielded, once, in the state first seen, whatever
// changes meanwhile; the order is nearly, not strictly, that of creation (with
// UpdatedSince: of change). The first error is the last thing yielded. Stopping
// early is fine. See the package comment for how it works.
func (c *Client) WorkPackages(ctx context.Context, q Query) iter.Seq2[*WorkPackage, error] {
	return func(yield func(*WorkPackage, error) bool) {
		query, err := c.resolve(ctx, q)
		if err != nil {
			yield(nil, err)
			return
		}
		l := &listing{c: c, query: query, met: map[int64]bool{}, bound: lowerBound(query.since)}
		for !l.done {
			rows, err := l.next(ctx)
			for _, wp := range rows {
				if !yield(wp, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// lowerBound is a bound that surely includes t, whether the tracker compares
// inclusively or not (API.md 3.2): the second before the one t lies in.
func lowerBound(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Truncate(time.Second).Add(-time.Second)
}

// maxPatience bounds the pages without anything new that are borne in any
// listing: enough for a second that holds a thousand pages.
const maxPatience = 4000

// listing reads pages from a lower bound that follows the last row.
type listing struct {
	c     *Client
	query *resolved
	met   map[int64]bool // ids read so far; true: yielded

	bound   time.Time           // rows from here on are being read; zero: all
	refused time.Time           // a later bound that could not be trusted
	plain   bool                // the tracker ignores bounds: count pages
	current rowPage             // last page read under bound
	window  map[int64]time.Time // rows read under bound, with their keys

	idle     int // pages since one brought something new
	patience int // how many of those are borne; see fresh
	done     bool
}

// next reads on and returns what is new. It may return rows and an error.
func (l *listing) next(ctx context.Context) ([]*WorkPackage, error) {
	if l.window == nil {
		p, err := l.read(ctx, l.bound, 1)
		if err != nil {
			return nil, err
		}
		return l.enter(l.bound, p), nil
	}
	bound := lowerBound(l.lastKey())
	if l.plain || !bound.After(l.bound) || !bound.After(l.refused) {
		return l.step(ctx)
	}
	return l.advance(ctx, bound)
}

// advance tries a later bound. The tracker's totals must show that every row
// between the old bound and the new one has been read; if not, whatever the
// reason, the old bound stays.
func (l *listing) advance(ctx context.Context, bound time.Time) ([]*WorkPackage, error) {
	p, err := l.read(ctx, bound, 1)
	var refusal *APIError
	switch {
	case errors.As(err, &refusal) && refusal.Status == http.StatusBadRequest, err == nil && l.startsBefore(p, bound):
		l.plain = true
		return l.fresh(p), nil
	case err != nil:
		return nil, err
	case p.total+l.readBefore(bound) < l.current.total:
		l.refused = bound
		return l.fresh(p), nil
	}
	return l.enter(bound, p), nil
}

// enter makes bound the lower bound and p, its first page, the current page.
func (l *listing) enter(bound time.Time, p rowPage) []*WorkPackage {
	l.bound = bound
	l.window = map[int64]time.Time{}
	return l.accept(p)
}

// step reads the next page under the same bound and then, once more, the one
// before it: rows that moved up when an earlier row vanished are found there.
func (l *listing) step(ctx context.Context) ([]*WorkPackage, error) {
	offset := l.current.offset
	p, err := l.read(ctx, l.bound, offset+1)
	if err != nil {
		return nil, err
	}
	var rows []*WorkPackage
	if offset > 0 {
		again, err := l.read(ctx, l.bound, offset)
		if err != nil {
			return nil, err
		}
		rows = l.fresh(again)
		l.remember(again)
	}
	rows = append(rows, l.accept(p)...)
	stuck := p.offset <= offset || len(p.rows) == 0 || l.idle > l.patience
	if stuck && !l.done {
		l.done = true
		if len(l.window) < p.total {
			return rows, &IncompleteError{Op: "list work packages", Got: len(l.window), Total: p.total}
		}
	}
	return rows, nil
}

// accept makes p the current page and returns what is new in it. A last page
// is the end only if as many rows as the tracker counts have come by; else the
// pages are read again from the first.
func (l *listing) accept(p rowPage) []*WorkPackage {
	l.current = p
	l.remember(p)
	if p.complete() {
		l.done = len(l.window) >= p.total
		l.current.offset = 0
	}
	return l.fresh(p)
}

func (l *listing) remember(p rowPage) {
	for _, wp := range p.rows {
		l.window[wp.ID] = l.query.key(wp)
	}
}

// fresh returns the rows of p that were not yielded and belong to the query.
// Each new row renews the patience: reading a crowded second again under a later
// bound, each page twice, takes about four times as many pages as there are.
func (l *listing) fresh(p rowPage) []*WorkPackage {
	var rows []*WorkPackage
	l.idle++
	for _, wp := range p.rows {
		yielded, known := l.met[wp.ID]
		if !known {
			l.idle, l.patience = 0, 16+min(4*p.total/len(p.rows), maxPatience)
		}
		l.met[wp.ID] = yielded || l.query.matches(wp)
		if !yielded && l.met[wp.ID] {
			rows = append(rows, wp)
		}
	}
	return rows
}

func (l *listing) lastKey() time.Time {
	if n := len(l.current.rows); n > 0 {
		return l.query.key(l.current.rows[n-1])
	}
	return time.Time{}
}

// readBefore counts the rows read under the current bound that a later bound
// leaves out.
func (l *listing) readBefore(bound time.Time) int {
	n := 0
	for _, key := range l.window {
		if key.Before(bound) {
			n++
		}
	}
	return n
}

// startsBefore tells that a bound was ignored.
func (l *listing) startsBefore(p rowPage, bound time.Time) bool {
	return !bound.IsZero() && slices.ContainsFunc(p.rows, func(wp *WorkPackage) bool {
		return l.query.key(wp).Before(bound)
	})
}
