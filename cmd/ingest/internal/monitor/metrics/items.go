package metrics

import (
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/enrich/wall"
	"ingest/pipeline"
)

// items counts what became of work packages.
type items struct {
	outcomes *prometheus.CounterVec
	warnings *prometheus.CounterVec
	walls    *prometheus.CounterVec
	steps    *prometheus.HistogramVec
	words    *words
	walks    *walks
}

func newItems(now func() time.Time) items {
	return items{
		outcomes: counters("ingest_items_total", "Work packages that a run came through with, by outcome.", []string{"outcome"}, each(pipeline.Outcomes()...)...),
		warnings: counters("ingest_warnings_total", "Warnings about work packages, by the step that noticed.", []string{"step"}),
		walls:    counters("ingest_walls_total", "Sources that were not read since something else stood in the way.", []string{"kind"}, each(walls()...)...),
		steps: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ingest_step_duration_seconds", Help: "How long a work package was in a step.",
			Buckets: []float64{0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120}}, []string{"step"}),
		words: &words{}, walks: &walks{now: now, at: map[int64]walk{}},
	}
}

func (c items) all() []prometheus.Collector {
	return []prometheus.Collector{c.outcomes, c.warnings, c.walls, c.steps}
}

func walls() []wall.Kind {
	return []wall.Kind{wall.Bot, wall.Consent, wall.Login, wall.Parked, wall.SoftError}
}

// Entered takes note that a work package enters a step, and with that ends the one
// before.
func (m *Metrics) Entered(id int64, step string) {
	if left, took, known := m.walks.enter(id, step); known {
		m.took(left, took)
	}
}

// Item counts what became of a work package.
func (m *Metrics) Item(r daemon.Run, e pipeline.Event) {
	if left, took, known := m.walks.leave(e.Item.ID, time.Duration(e.Item.Duration)); known {
		m.took(left, took)
	}
	if r.DryRun {
		return
	}
	m.outcomes.WithLabelValues(string(e.Item.Outcome)).Inc()
	for _, w := range e.Item.Warnings {
		m.warnings.WithLabelValues(m.items.words.bounded(w.Step)).Inc()
		if kind := wallOf(w.Text); kind != "" {
			m.walls.WithLabelValues(string(kind)).Inc()
		}
	}
}

func (m *Metrics) took(step string, d time.Duration) {
	m.steps.WithLabelValues(m.items.words.bounded(step)).Observe(d.Seconds())
}

func (m *Metrics) forget() { m.walks.clear() }

// wallOf names the wall that a warning of the step "follow" tells of: its report has
// no other word for it. The texts of the kinds are stable.
func wallOf(warning string) wall.Kind {
	const notRead = "source page not read: "
	text, ok := strings.CutPrefix(warning, notRead)
	if !ok {
		return ""
	}
	for _, kind := range walls() {
		if strings.HasPrefix(text, string(kind)+" (") {
			return kind
		}
	}
	return ""
}

// walk is where a work package is.
type walk struct {
	step  string
	since time.Time
	spent time.Duration // in the steps before
}

// walks follows work packages through the steps of one run.
type walks struct {
	now func() time.Time
	mu  sync.Mutex
	at  map[int64]walk
}

func (w *walks) enter(id int64, step string) (left string, took time.Duration, known bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.now()
	before, known := w.at[id]
	took = now.Sub(before.since)
	if !known {
		took = 0
	}
	w.at[id] = walk{step: step, since: now, spent: before.spent + took}
	return before.step, took, known
}

// leave ends the last step. What became of an item is told in the order of the
// listing, maybe long after its end; no step took longer than what the item's whole
// time leaves for it.
func (w *walks) leave(id int64, whole time.Duration) (left string, took time.Duration, known bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at, known := w.at[id]
	delete(w.at, id)
	return at.step, max(0, min(w.now().Sub(at.since), whole-at.spent)), known
}

// clear forgets the work packages that a stopped run did not come through with.
func (w *walks) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.at)
}
