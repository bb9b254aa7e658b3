package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"ingest/enrich/fetch"
)

// requests counts what goes over the network.
type requests struct {
	fetches        *prometheus.CounterVec
	fetchSeconds   prometheus.Histogram
	tracker        *prometheus.CounterVec
	trackerSeconds prometheus.Histogram
	feedback       *prometheus.CounterVec
	served         *prometheus.CounterVec
	servedSeconds  *prometheus.HistogramVec
	notices        *prometheus.CounterVec
	words          *words
}

func newRequests() requests {
	histogram := func(name, help string) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: []float64{0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60}})
	}
	return requests{
		fetches:        counters("ingest_fetches_total", "Exchanges with source sites, by what came of them: the class of the status, or why there was none.", []string{"class"}, each(fetchClasses()...)...),
		fetchSeconds:   histogram("ingest_fetch_duration_seconds", "How long exchanges with source sites took, to the first bytes of the body."),
		tracker:        counters("ingest_tracker_requests_total", "Requests to the tracker, by method and class of the status; error is no answer.", []string{"method", "class"}, trackerSeries()...),
		trackerSeconds: histogram("ingest_tracker_request_duration_seconds", "How long the tracker took to answer, to the headers."),
		feedback: counters("ingest_feedback_writes_total", "What was written into the tracker for its editors, by kind and result.", []string{"kind", "result"},
			pairs(feedbackKinds(), feedbackResults())...),
		served: counters("ingest_http_requests_total", "Requests to this service, by pattern and status.", []string{"route", "code"}),
		servedSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ingest_http_request_duration_seconds", Help: "How long this service took to answer, streams included.",
			Buckets: []float64{0.005, 0.025, 0.1, 0.5, 1, 5, 30}}, []string{"route"}),
		notices: counters("ingest_notifications_total", "Messages about the state of the service, by way and result.", []string{"way", "result"},
			pairs([]string{"webhook", "mail"}, []string{"ok", "failed"})...),
		words: &words{},
	}
}

func (c requests) all() []prometheus.Collector {
	return []prometheus.Collector{c.fetches, c.fetchSeconds, c.tracker, c.trackerSeconds, c.feedback, c.served, c.servedSeconds, c.notices}
}

// Fetched counts an exchange with a source site; see fetch.Options.Observe.
func (m *Metrics) Fetched(kind fetch.Kind, status int, took time.Duration) {
	m.fetches.WithLabelValues(fetchClass(kind, status)).Inc()
	if kind != fetch.Disallowed {
		m.fetchSeconds.Observe(took.Seconds())
	}
}

// fetchClass sorts exchanges as link health and editors do: a 304 is the cheap
// success, a 429 our own haste.
func fetchClass(kind fetch.Kind, status int) string {
	switch {
	case status == http.StatusNotModified, status == http.StatusTooManyRequests:
		return strconv.Itoa(status)
	case status != 0:
		return statusClass(status)
	}
	for _, known := range fetchClasses() {
		if known == spelled(kind) {
			return known
		}
	}
	return other
}

func fetchClasses() []string {
	classes := []string{"2xx", "3xx", "304", "4xx", "429", "5xx", other}
	for _, kind := range []fetch.Kind{fetch.BadURL, fetch.Blocked, fetch.DNS, fetch.Refused, fetch.Reset, fetch.Timeout, fetch.TLS,
		fetch.TooLarge, fetch.Encoding, fetch.Truncated, fetch.Disallowed, fetch.Canceled, fetch.Network} {
		classes = append(classes, spelled(kind))
	}
	return classes
}

// spelled is a kind as a label: "bad_url", "too_large".
func spelled(kind fetch.Kind) string {
	switch kind {
	case fetch.BadURL:
		return "bad_url"
	case fetch.TooLarge:
		return "too_large"
	}
	return string(kind)
}

// statusClass is "2xx" for 200; what HTTP has no class for is other.
func statusClass(status int) string {
	if status < 100 || status > 599 {
		return other
	}
	return strconv.Itoa(status/100) + "xx"
}

// TrackerAsked counts a request to the tracker; see openproject.Options.Observe.
func (m *Metrics) TrackerAsked(method string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodPatch:
	default:
		method = other
	}
	class := "error"
	if status != 0 {
		class = statusClass(status)
	}
	m.tracker.WithLabelValues(method, class).Inc()
	m.trackerSeconds.Observe(took.Seconds())
}

func trackerSeries() [][]string {
	return pairs([]string{http.MethodGet, http.MethodPost, http.MethodPatch}, []string{"2xx", "4xx", "5xx", "error"})
}

// Served counts an answer of this service; see traffic.Watch.Observe.
func (m *Metrics) Served(pattern string, status int, took time.Duration) {
	if pattern == "" {
		pattern = "none"
	}
	pattern = m.requests.words.bounded(pattern)
	code := other
	if status >= 100 && status <= 599 {
		code = strconv.Itoa(status)
	}
	m.served.WithLabelValues(pattern, code).Inc()
	m.servedSeconds.WithLabelValues(pattern).Observe(took.Seconds())
}

// Notified counts a message of package notify: way is webhook or mail.
func (m *Metrics) Notified(way string, err error) {
	result := "ok"
	if err != nil {
		result = "failed"
	}
	m.notices.WithLabelValues(way, result).Inc()
}

func pairs(first, second []string) (series [][]string) {
	for _, a := range first {
		for _, b := range second {
			series = append(series, []string{a, b})
		}
	}
	return series
}
