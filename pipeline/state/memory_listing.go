package state

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"

	"ingest/pipeline"
)

// List lists entries.
func (m *Memory) List(ctx context.Context, c Choice) (*Listing, error) {
	words := words(c.Text)
	var chosen []Line
	for e, err := range m.Entries(ctx) {
		if err != nil {
			return nil, err
		}
		l, err := m.line(ctx, e)
		if err != nil {
			return nil, err
		}
		if c.has(l, words) {
			chosen = append(chosen, l)
		}
	}
	slices.SortFunc(chosen, func(a, b Line) int {
		return cmp.Or(b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(b.ID, a.ID))
	})
	total := len(chosen)
	from := min(total, max(c.Offset, 0))
	return &Listing{Lines: chosen[from:min(total, from+max(c.Limit, 0))], Total: total}, context.Cause(ctx)
}

func (m *Memory) line(ctx context.Context, e *pipeline.Entry) (Line, error) {
	l := Line{ID: e.ID, Subject: e.Subject, UpdatedAt: e.UpdatedAt, CheckedAt: e.CheckedAt, Standing: StandingOf(e), Outcome: e.Outcome,
		Error: e.Error, Attention: e.Attention, Clean: e.Clean, Canonical: e.Canonical, Path: e.Path}
	h, err := m.LinkHealth(ctx, e.ID)
	if h != nil {
		l.Link = h.Verdict.State
	}
	return l, err
}

// has says whether an entry is chosen.
func (c Choice) has(l Line, words [][]string) bool {
	if len(c.Standings) > 0 && !slices.Contains(c.Standings, l.Standing) ||
		c.IDs != nil && !slices.Contains(c.IDs, l.ID) || c.Link != "" && l.Link != c.Link {
		return false
	}
	return !slices.ContainsFunc(words, func(forms []string) bool { return !slices.ContainsFunc(forms, l.matches) })
}

func (l Line) matches(form string) bool {
	id, err := strconv.ParseInt(form, 10, 64)
	form = lower(form)
	return err == nil && id == l.ID || strings.Contains(lower(l.Subject), form) || strings.Contains(lower(l.Clean), form) || strings.Contains(lower(l.Canonical), form)
}

// Standings counts the entries by their standing. Every standing that occurs is
// there.
func (m *Memory) Standings(ctx context.Context) (map[Standing]int, error) {
	counts := map[Standing]int{}
	for e, err := range m.Entries(ctx) {
		if err != nil {
			return nil, err
		}
		counts[StandingOf(e)]++
	}
	return counts, context.Cause(ctx)
}

// Duplicates groups the work packages that are about one page.
func (m *Memory) Duplicates(ctx context.Context) ([][]int64, error) {
	pages := map[string][]int64{}
	for e, err := range m.Entries(ctx) {
		if err != nil {
			return nil, err
		}
		for _, url := range []string{e.Clean, e.Canonical} {
			if url != "" && StandingOf(e) != Gone {
				pages[url] = append(pages[url], e.ID)
			}
		}
	}
	return grouped(pages), context.Cause(ctx)
}

// Past tells what the kept runs made of a work package, the newest first, at most
// n times.
func (m *Memory) Past(ctx context.Context, id int64, n int) ([]PastItem, error) {
	return collect(m.reports(ctx), m.torn, n, past(id))
}

// RunHeads returns the last n reports without their items and links, the newest
// first.
func (m *Memory) RunHeads(ctx context.Context, n int) ([]*pipeline.Report, error) {
	return collect(m.reports(ctx), m.torn, n, head)
}

// FindRun returns the latest report whose head is the one that is sought, nil when
// there is none.
func (m *Memory) FindRun(ctx context.Context, is func(head *pipeline.Report) bool) (*pipeline.Report, error) {
	return find(m.reports(ctx), m.torn, is)
}

func (m *Memory) reports(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		m.mu.Lock()
		runs := slices.Clone(m.runs)
		m.mu.Unlock()
		for _, report := range slices.Backward(runs) {
			if !yield(report, context.Cause(ctx)) {
				return
			}
		}
		if err := context.Cause(ctx); err != nil {
			yield(nil, err)
		}
	}
}

// torn is told of nothing: what is in memory can be read.
func (m *Memory) torn(error) {}
