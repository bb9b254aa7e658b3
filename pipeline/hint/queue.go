package hint

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// Defaults of Queue. OpenProject sends the events of one saved form within a
// second (API.md, section 10); two seconds of quiet join them.
const (
	DefaultQuiet   = 2 * time.Second
	DefaultLongest = 10 * time.Second
	DefaultLimit   = 100_000
)

// Queue is a queue of hints in memory. Its zero value is ready. It may be used
// by several goroutines.
type Queue struct {
	// Quiet is how long nothing must have come for an id before a hint that is not
	// urgent is taken, Longest how long it waits at most; 0 is the default,
	// negative is no wait.
	Quiet, Longest time.Duration
	// Limit is how many work packages may wait; 0 is DefaultLimit.
	Limit int

	mu      sync.Mutex
	waiting map[int64]*waiting
	taken   map[int64]*waiting
	arrived int           // hints so far: the order among equals
	change  chan struct{} // closed when something may have become ripe
}

// waiting is a hint in the queue.
type waiting struct {
	Hint
	order int
	first time.Time
	ripe  time.Time
}

// Add puts a hint into the queue. The error is a *FullError.
func (q *Queue) Add(h Hint) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	w := q.waiting[h.ID]
	if w == nil {
		if limit := cmp.Or(q.Limit, DefaultLimit); len(q.waiting) >= limit {
			return &FullError{Limit: limit}
		}
		q.arrived++
		w = &waiting{Hint: h, order: q.arrived, first: time.Now()}
		if q.waiting == nil {
			q.waiting = map[int64]*waiting{}
		}
		q.waiting[h.ID] = w
	}
	w.join(h)
	w.ripe = q.ripeAt(w, time.Now())
	q.wake()
	return nil
}

// join makes one hint of two on a work package. A person's says more than a webhook's,
// and a comment's more than a click's: it wants an answer.
func (w *waiting) join(h Hint) {
	if h.Urgent && (!w.Urgent || h.Trigger == Comment) {
		w.Hint = h
	}
}

// ripeAt says when a hint that was repeated just now may be taken.
func (q *Queue) ripeAt(w *waiting, now time.Time) time.Time {
	if w.Urgent {
		return w.first
	}
	quiet, longest := now.Add(cmp.Or(q.Quiet, DefaultQuiet)), w.first.Add(cmp.Or(q.Longest, DefaultLongest))
	if quiet.Before(longest) {
		return quiet
	}
	return longest
}

func (q *Queue) wake() {
	if q.change != nil {
		close(q.change)
		q.change = nil
	}
}

// Take waits until a hint is ripe and takes up to limit of them, urgent ones first,
// then in the order of their coming. The error is ctx's.
func (q *Queue) Take(ctx context.Context, limit int) ([]Hint, error) {
	for {
		hints, next, change := q.take(limit, nil)
		if len(hints) > 0 {
			return hints, nil
		}
		timer := time.NewTimer(next)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, context.Cause(ctx)
		case <-change:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// TryTake takes what is ripe now and wanted; wanted nil is all.
func (q *Queue) TryTake(limit int, wanted func(Hint) bool) []Hint {
	hints, _, _ := q.take(limit, wanted)
	return hints
}

// take gives, when nothing is ripe, the time until something is and a channel
// that is closed when that changes.
func (q *Queue) take(limit int, wanted func(Hint) bool) (hints []Hint, next time.Duration, change <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	next = time.Hour
	var ripe []*waiting
	for id, w := range q.waiting {
		switch {
		case q.taken[id] != nil || wanted != nil && !wanted(w.Hint):
		case !w.ripe.After(now):
			ripe = append(ripe, w)
		default:
			next = min(next, w.ripe.Sub(now))
		}
	}
	slices.SortFunc(ripe, byRank)
	for _, w := range ripe[:min(len(ripe), limit)] {
		delete(q.waiting, w.ID)
		if q.taken == nil {
			q.taken = map[int64]*waiting{}
		}
		q.taken[w.ID] = w
		hints = append(hints, w.Hint)
	}
	if q.change == nil {
		q.change = make(chan struct{})
	}
	return hints, next, q.change
}

// byRank orders urgent hints first, then by their coming.
func byRank(a, b *waiting) int {
	if a.Urgent != b.Urgent {
		if a.Urgent {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.order, b.order)
}

// Done says that taken work packages have been looked at. A hint that came
// meanwhile can be taken from now on.
func (q *Queue) Done(ids ...int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, id := range ids {
		delete(q.taken, id)
	}
	q.wake()
}

// Return puts back what was taken and not looked at, each in its old place.
func (q *Queue) Return(ids ...int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, id := range ids {
		w := q.taken[id]
		if w == nil {
			continue
		}
		delete(q.taken, id)
		if newer := q.waiting[id]; newer != nil {
			w.join(newer.Hint)
		}
		q.waiting[id] = w
	}
	q.wake()
}

// Waiting lists the hints that are not taken yet, in the order in which they
// would be.
func (q *Queue) Waiting() []Hint {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := make([]*waiting, 0, len(q.waiting))
	for _, w := range q.waiting {
		all = append(all, w)
	}
	slices.SortFunc(all, byRank)
	hints := make([]Hint, 0, len(all))
	for _, w := range all {
		hints = append(hints, w.Hint)
	}
	return hints
}

// Pending says whether a work package waits or is in work.
func (q *Queue) Pending(id int64) (waits, taken bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting[id] != nil, q.taken[id] != nil
}

// Len is how many work packages wait.
func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// Oldest is when the first of the hints that wait came; zero when none does.
func (q *Queue) Oldest() (oldest time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, w := range q.waiting {
		if oldest.IsZero() || w.first.Before(oldest) {
			oldest = w.first
		}
	}
	return oldest
}
