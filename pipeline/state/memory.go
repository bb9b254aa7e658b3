package state

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"ingest/pipeline"
)

// Memory is a [pipeline.Store] that lasts as long as the program. Its zero value
// is ready. All reports are kept.
type Memory struct {
	mu      sync.Mutex
	entries map[int64]*pipeline.Entry
	links   map[int64][]byte // JSON, so that what is known comes back as from a file
	facts   map[string]string
	runs    [][]byte // JSON, so that a report comes back as from a file
}

var _ pipeline.Store = (*Memory)(nil)

// NewMemory returns an empty store.
func NewMemory() *Memory { return new(Memory) }

// Entry returns what is remembered of a work package, nil when that is nothing.
func (m *Memory) Entry(ctx context.Context, id int64) (*pipeline.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return clone(m.entries[id]), context.Cause(ctx)
}

// Entries yields the entries that are there when it starts, by their ids.
func (m *Memory) Entries(ctx context.Context) iter.Seq2[*pipeline.Entry, error] {
	return func(yield func(*pipeline.Entry, error) bool) {
		for _, id := range m.ids(func(*pipeline.Entry) bool { return true }) {
			e, err := m.Entry(ctx, id)
			if err != nil {
				yield(nil, err)
				return
			}
			if e != nil && !yield(e, nil) {
				return
			}
		}
	}
}

// Put remembers an entry in place of the one with the same id.
func (m *Memory) Put(ctx context.Context, e *pipeline.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if m.entries == nil {
		m.entries = make(map[int64]*pipeline.Entry)
	}
	m.entries[e.ID] = clone(e)
	return nil
}

// Forget drops an entry; one that is not there is no error.
func (m *Memory) Forget(ctx context.Context, id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	delete(m.entries, id)
	delete(m.links, id)
	return nil
}

// Due lists the work packages whose next try has come at now, by id.
func (m *Memory) Due(ctx context.Context, now time.Time) ([]int64, error) {
	return m.ids(func(e *pipeline.Entry) bool { return !e.NextTry.IsZero() && !e.NextTry.After(now) }), context.Cause(ctx)
}

// Stale lists the work packages whose page was last read before the given
// time, longest ago first, at most limit.
func (m *Memory) Stale(ctx context.Context, before time.Time, limit int) ([]int64, error) {
	ids := m.ids(func(e *pipeline.Entry) bool { return !e.ReadAt.IsZero() && e.ReadAt.Before(before) })
	m.mu.Lock()
	defer m.mu.Unlock()
	slices.SortStableFunc(ids, func(a, b int64) int { return m.entries[a].ReadAt.Compare(m.entries[b].ReadAt) })
	return ids[:min(len(ids), max(limit, 0))], context.Cause(ctx)
}

// Published lists the work packages that have a document, by id.
func (m *Memory) Published(ctx context.Context) ([]int64, error) {
	return m.ids(func(e *pipeline.Entry) bool { return StandingOf(e) == Published || StandingOf(e) == Attention }), context.Cause(ctx)
}

// WithURL lists the work packages whose clean or canonical URL is the given
// one, by id. Nothing has the URL "".
func (m *Memory) WithURL(ctx context.Context, url string) ([]int64, error) {
	return m.ids(func(e *pipeline.Entry) bool { return url != "" && (e.Clean == url || e.Canonical == url) }), context.Cause(ctx)
}

// ids lists the entries that are wanted, in order.
func (m *Memory) ids(wanted func(*pipeline.Entry) bool) (ids []int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(m.entries)) {
		if wanted(m.entries[id]) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Fact returns a value of the run's own, "" when there is none.
func (m *Memory) Fact(ctx context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.facts[key], context.Cause(ctx)
}

// SetFact remembers a value; "" forgets it.
func (m *Memory) SetFact(ctx context.Context, key, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if m.facts == nil {
		m.facts = make(map[string]string)
	}
	m.facts[key] = value
	return nil
}

// SaveRun keeps a report.
func (m *Memory) SaveRun(ctx context.Context, r *pipeline.Report) error {
	report, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("remember run: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	m.runs = append(m.runs, report)
	return nil
}

// Runs returns the last n reports, the newest first.
func (m *Memory) Runs(ctx context.Context, n int) ([]*pipeline.Report, error) {
	return collect(m.reports(ctx), m.torn, n, whole)
}

// clone copies an entry as a file would give it back.
func clone(e *pipeline.Entry) *pipeline.Entry {
	if e == nil {
		return nil
	}
	c := *e
	for _, t := range []*time.Time{&c.UpdatedAt, &c.CheckedAt, &c.NextTry, &c.ReadAt} {
		if !t.IsZero() {
			*t = time.UnixMicro(t.UnixMicro()).UTC()
		}
	}
	for _, b := range []*[]byte{&c.Tracker, &c.Visit, &c.HTML, &c.Written} {
		*b = bytes.Clone(*b)
	}
	c.Assets = append([]pipeline.StoredAsset(nil), c.Assets...)
	return &c
}
