package metrics

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"ingest/enrich/linkhealth"
	"ingest/pipeline/state"
)

// Stock is how much there is.
type Stock struct {
	Entries map[state.Standing]int
	Links   map[linkhealth.State]int
}

// Counter is a state that can be counted; *state.DB is one.
type Counter interface {
	Standings(ctx context.Context) (map[state.Standing]int, error)
	List(ctx context.Context, c state.Choice) (*state.Listing, error)
}

// StockOf counts a state: one query for the entries and one for each state of links,
// none of which reads more than an index or one pass.
func StockOf(c Counter) func(context.Context) (Stock, error) {
	return func(ctx context.Context) (Stock, error) {
		counted, err := c.Standings(ctx)
		if err != nil {
			return Stock{}, err
		}
		s := Stock{Entries: map[state.Standing]int{}, Links: map[linkhealth.State]int{}}
		for _, standing := range []state.Standing{state.Attention, state.Failed, state.Skipped, state.Published, state.Gone} {
			s.Entries[standing] = counted[standing] // 0 where there is none
		}
		for _, health := range linkhealth.States() {
			listing, err := c.List(ctx, state.Choice{Link: health})
			if err != nil {
				return Stock{}, err
			}
			s.Links[health] = listing.Total
		}
		return s, nil
	}
}

// How long a count is shown, and how long it may take.
const (
	stockAge   = 15 * time.Second
	stockLimit = 5 * time.Second
)

// stockCollector shows the stock. While it is counted, others who ask wait for that
// count. One that fails is logged and shows nothing, for as long as a good one would.
type stockCollector struct {
	count          func(context.Context) (Stock, error)
	now            func() time.Time
	log            *slog.Logger
	entries, links *prometheus.Desc

	mu      sync.Mutex
	counted time.Time
	stock   Stock
}

func newStockCollector(o Options) *stockCollector {
	return &stockCollector{count: o.Stock, now: o.Now, log: o.Logger,
		entries: prometheus.NewDesc("ingest_entries", "Work packages that are remembered, by how they stand with their editor.", []string{"state"}, nil),
		links:   prometheus.NewDesc("ingest_links", "Published links whose health is known, by state.", []string{"state"}, nil),
	}
}

// Describe names the metrics.
func (c *stockCollector) Describe(to chan<- *prometheus.Desc) {
	to <- c.entries
	to <- c.links
}

// Collect shows the metrics.
func (c *stockCollector) Collect(to chan<- prometheus.Metric) {
	s := c.current()
	for standing, n := range s.Entries {
		to <- prometheus.MustNewConstMetric(c.entries, prometheus.GaugeValue, float64(n), string(standing))
	}
	for health, n := range s.Links {
		to <- prometheus.MustNewConstMetric(c.links, prometheus.GaugeValue, float64(n), string(health))
	}
}

func (c *stockCollector) current() Stock {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.counted.IsZero() && c.now().Sub(c.counted) < stockAge {
		return c.stock
	}
	ctx, cancel := context.WithTimeout(context.Background(), stockLimit)
	defer cancel()
	var err error
	if c.stock, err = c.count(ctx); err != nil { // and the stock is empty
		c.log.Error("entries and links are not counted", "error", err)
	}
	c.counted = c.now()
	return c.stock
}
