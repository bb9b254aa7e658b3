package metrics

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Options of Metrics. What is nil is not shown.
type Options struct {
	Version string // of the program
	// Queue tells how many work packages wait for a run, and since when the first.
	Queue func() (waiting int, oldest time.Time)
	// Stock counts what is remembered; StockOf makes one.
	Stock func(ctx context.Context) (Stock, error)
	// Late tells how many schedules have missed their run (health.Punctual.Late).
	Late   func(now time.Time) int
	Now    func() time.Time // nil is time.Now
	Logger *slog.Logger     // nil discards
}

// Metrics counts. It is a daemon.Watcher, the handler of /metrics, and has a method
// for everything else that is counted. It may be used by several goroutines.
type Metrics struct {
	runs
	items
	requests
	registry *prometheus.Registry
	handler  http.Handler
}

// New makes Metrics.
func New(o Options) *Metrics {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	registry := prometheus.NewRegistry()
	m := &Metrics{runs: newRuns(), items: newItems(o.Now), requests: newRequests(), registry: registry}
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), build(o.Version))
	registry.MustRegister(m.runs.all()...)
	registry.MustRegister(m.items.all()...)
	registry.MustRegister(m.requests.all()...)
	registry.MustRegister(gauges(o)...)
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(o.Logger.Handler(), slog.LevelError), ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: 8, Timeout: 10 * time.Second,
	})
	return m
}

// ServeHTTP answers /metrics.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// build says what runs.
func build(version string) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "ingest_build_info", Help: "1, labelled with what was built.",
		ConstLabels: prometheus.Labels{"version": cmp.Or(version, "devel"), "goversion": runtime.Version()}}, func() float64 { return 1 })
}

// gauges are asked for when somebody looks.
func gauges(o Options) (all []prometheus.Collector) {
	gauge := func(name, help string, value func() float64) {
		all = append(all, prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
	}
	if o.Queue != nil {
		gauge("ingest_queue_work_packages", "Work packages that wait for a run.", func() float64 {
			waiting, _ := o.Queue()
			return float64(waiting)
		})
		gauge("ingest_queue_oldest_age_seconds", "How long the first of them has waited; 0 when none waits.", func() float64 {
			_, oldest := o.Queue()
			if oldest.IsZero() {
				return 0
			}
			return max(0, o.Now().Sub(oldest).Seconds())
		})
	}
	if o.Late != nil {
		gauge("ingest_schedules_late", "Schedules whose run was missed.", func() float64 { return float64(o.Late(o.Now())) })
	}
	if o.Stock != nil {
		all = append(all, newStockCollector(o))
	}
	return all
}

// counters makes a family of counters that has the given series from the start.
// Each of them is a list of label values.
func counters(name, help string, labels []string, series ...[]string) *prometheus.CounterVec {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	for _, values := range series {
		vec.WithLabelValues(values...)
	}
	return vec
}

// each makes a series of each value of a single label.
func each[T ~string](values ...T) (series [][]string) {
	for _, v := range values {
		series = append(series, []string{string(v)})
	}
	return series
}
