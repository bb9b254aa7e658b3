package openproject

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Query says which work packages to list. The zero Query lists every work
// package the user may see, closed ones included.
type Query struct {
	// Project is an id or identifier; its subprojects are included. Empty means
	// every visible project.
	Project string
	// Types and Statuses are names, trimmed and case-folded. A name that matches
	// nothing or several is a [NameError]. Empty means any, closed statuses too.
	Types    []string
	Statuses []string
	// TypeIDs and StatusIDs are the ids that [Client.Resolve] found for the
	// names. Where they are given the names are not asked for again.
	TypeIDs   []int64
	StatusIDs []int64
	// IDs are the ids of work packages; empty means any.
	IDs []int64
	// OpenOnly leaves out work packages in a closed status. It excludes Statuses.
	OpenOnly bool
	// UpdatedSince leaves out work packages last changed before it, by whole
	// seconds. The zero time means no limit.
	UpdatedSince time.Time
}

// filter is one element of the filters parameter: the API wants objects of one
// key, all of which must hold (API.md 3).
type filter map[string]condition

type condition struct {
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

// resolved is a query in the tracker's terms: ids instead of names.
type resolved struct {
	url      *url.URL
	filters  []filter
	types    map[int64]bool // nil: any
	statuses map[int64]bool // nil: any
	sortKey  string         // "createdAt" or "updatedAt"
	since    time.Time      // whole seconds; zero: no limit
}

func (c *Client) resolve(ctx context.Context, q Query) (*resolved, error) {
	if q.OpenOnly && len(q.Statuses)+len(q.StatusIDs) > 0 {
		return nil, errors.New("list work packages: statuses are named and only open ones are wanted: choose one")
	}
	r := &resolved{url: c.base.api(nil, "work_packages"), sortKey: "createdAt", filters: []filter{}}
	if !q.UpdatedSince.IsZero() {
		r.sortKey, r.since = "updatedAt", q.UpdatedSince.UTC().Truncate(time.Second)
	}
	var err error
	if q.Project != "" {
		if r.url, err = c.base.inProject(nil, q.Project, "work_packages"); err != nil {
			return nil, fmt.Errorf("list work packages of %q: %w", q.Project, err)
		}
	}
	if r.types, err = c.typeIDs(ctx, q); err != nil {
		return nil, err
	}
	if r.statuses, err = c.statusIDs(ctx, q); err != nil {
		return nil, err
	}
	r.addIDs("id", idsOf(q.IDs, refTo))
	r.addIDs("type", r.types)
	r.addIDs("status", r.statuses)
	if q.OpenOnly {
		r.filters = append(r.filters, filter{"status": {Operator: "o", Values: []string{}}})
	}
	return r, nil
}

// Resolve asks the tracker for the ids of the types and statuses that a query
// names, so that a caller can remember them and save those requests next time.
// A remembered id that the tracker no longer knows makes the listing fail with
// an [APIError] of status 400.
func (c *Client) Resolve(ctx context.Context, q Query) (Query, error) {
	types, err := c.typeIDs(ctx, q)
	if err != nil {
		return q, err
	}
	statuses, err := c.statusIDs(ctx, q)
	if err != nil {
		return q, err
	}
	q.TypeIDs, q.StatusIDs = slices.Sorted(maps.Keys(types)), slices.Sorted(maps.Keys(statuses))
	return q, nil
}

// typeIDs returns nil for a query of any type.
func (c *Client) typeIDs(ctx context.Context, q Query) (map[int64]bool, error) {
	if len(q.TypeIDs) > 0 {
		return idsOf(q.TypeIDs, refTo), nil
	}
	if len(q.Types) == 0 {
		return nil, nil
	}
	types, err := c.FindTypes(ctx, q.Project, q.Types)
	return idsOf(types, Type.ref), err
}

// statusIDs returns nil for a query of any status.
func (c *Client) statusIDs(ctx context.Context, q Query) (map[int64]bool, error) {
	if len(q.StatusIDs) > 0 {
		return idsOf(q.StatusIDs, refTo), nil
	}
	if len(q.Statuses) == 0 {
		return nil, nil
	}
	statuses, err := c.FindStatuses(ctx, q.Statuses)
	return idsOf(statuses, Status.ref), err
}

func idsOf[T any](all []T, ref func(T) Ref) map[int64]bool {
	ids := make(map[int64]bool, len(all))
	for _, one := range all {
		ids[ref(one).ID] = true
	}
	return ids
}

func refTo(id int64) Ref { return Ref{ID: id} }

func (r *resolved) addIDs(name string, ids map[int64]bool) {
	if len(ids) == 0 {
		return
	}
	values := make([]string, 0, len(ids))
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		values = append(values, strconv.FormatInt(id, 10))
	}
	slices.Sort(values)
	r.filters = append(r.filters, filter{name: {Operator: "=", Values: values}})
}

// matches repeats the query on a row, for trackers that ignore filters. Rows
// that do not name their type or status pass.
func (r *resolved) matches(wp *WorkPackage) bool {
	return (r.types == nil || wp.Type.ID == 0 || r.types[wp.Type.ID]) &&
		(r.statuses == nil || wp.Status.ID == 0 || r.statuses[wp.Status.ID]) &&
		!wp.UpdatedAt.Truncate(time.Second).Before(r.since)
}

// key is the time by which the listing is sorted.
func (r *resolved) key(wp *WorkPackage) time.Time {
	if r.sortKey == "updatedAt" {
		return wp.UpdatedAt
	}
	return wp.CreatedAt
}

// parameters are those of one page. The filters are always sent, even empty:
// without them the tracker leaves out closed work packages (API.md 3.1).
func (r *resolved) parameters(bound time.Time, offset, size int) (url.Values, error) {
	filters := r.filters
	if !bound.IsZero() {
		since := condition{Operator: "<>d", Values: []string{bound.Format(time.RFC3339), ""}}
		filters = append(filters[:len(filters):len(filters)], filter{r.sortKey: since})
	}
	encoded, err := json.Marshal(filters)
	if err != nil {
		return nil, fmt.Errorf("list work packages: filters: %w", err)
	}
	return url.Values{
		"filters":            {string(encoded)},
		"sortBy":             {fmt.Sprintf(`[[%q,"asc"],["id","asc"]]`, r.sortKey)},
		"includeSubprojects": {"true"},
		"offset":             {strconv.Itoa(offset)},
		"pageSize":           {strconv.Itoa(size)},
	}, nil
}
