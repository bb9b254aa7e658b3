package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
)

// interrupted is a stopped run that a shutdown ended: nobody's fault.
const interrupted = "interrupted"

// runs counts runs.
type runs struct {
	ended       *prometheus.CounterVec
	seconds     *prometheus.HistogramVec
	lastEnd     *prometheus.GaugeVec
	lastSuccess *prometheus.GaugeVec
	linkChecks  *prometheus.CounterVec
}

func newRuns() runs {
	var series [][]string
	for _, kind := range append(daemon.Kinds(), daemon.Named) {
		for _, state := range []string{string(daemon.Done), string(daemon.Stopped), string(daemon.Skipped), interrupted} {
			series = append(series, []string{string(kind), state})
		}
	}
	gauge := func(name, help string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{"kind"})
	}
	return runs{
		ended: counters("ingest_runs_total", "Runs that ended, by kind and state: done (items may have failed), stopped by an error, skipped since another was active, interrupted by a shutdown.",
			[]string{"kind", "state"}, series...),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ingest_run_duration_seconds", Help: "How long runs took that were begun.",
			Buckets: []float64{0.5, 2, 10, 30, 60, 300, 900, 1800, 3600, 7200, 14400}}, []string{"kind"}),
		lastEnd:     gauge("ingest_run_last_end_timestamp_seconds", "When a run of the kind last ended, however it did."),
		lastSuccess: gauge("ingest_run_last_success_timestamp_seconds", "When a run of the kind last came to its end."),
		linkChecks: counters("ingest_link_checks_total", "Links that were checked, by what the check found.", []string{"class"},
			each(linkhealth.Alive, linkhealth.Gone, linkhealth.Parked, linkhealth.SoftGone, linkhealth.Home, linkhealth.Refused, linkhealth.Server,
				linkhealth.DNS, linkhealth.TLS, linkhealth.Connection, linkhealth.Unknown)...),
	}
}

func (c runs) all() []prometheus.Collector {
	return []prometheus.Collector{c.ended, c.seconds, c.lastEnd, c.lastSuccess, c.linkChecks}
}

// Ended counts a run that ended or was skipped.
func (m *Metrics) Ended(r daemon.Run) {
	if r.State != daemon.Skipped { // whose tick comes while another run is at it
		m.forget()
	}
	if r.DryRun {
		return
	}
	kind, state := string(r.Kind), string(r.State)
	if r.State == daemon.Stopped && r.Report != nil && r.Report.Interrupted {
		state = interrupted
	}
	m.ended.WithLabelValues(kind, state).Inc()
	if r.State == daemon.Skipped {
		return
	}
	m.seconds.WithLabelValues(kind).Observe(r.Ended.Sub(r.Started).Seconds())
	m.mark(kind, r.Ended, r.State == daemon.Done)
	if r.Report == nil || r.Report.Links == nil {
		return
	}
	for _, item := range r.Report.Links.Items {
		if item.Found != nil {
			m.linkChecks.WithLabelValues(string(item.Found.Class)).Inc()
		}
	}
}

// Remember takes over the times of earlier runs, so that a restart does not make
// them look as if there had never been any. Reports come the newest first, as
// pipeline.Store has them.
func (m *Metrics) Remember(reports []*pipeline.Report) {
	known, good := map[string]bool{}, map[string]bool{}
	for _, r := range reports {
		if r.DryRun || r.Kind == "" {
			continue
		}
		ended := r.Started.Add(time.Duration(r.Duration))
		if !known[r.Kind] {
			known[r.Kind] = true
			m.lastEnd.WithLabelValues(r.Kind).Set(seconds(ended))
		}
		if !good[r.Kind] && r.Error == "" && !r.Interrupted {
			good[r.Kind] = true
			m.lastSuccess.WithLabelValues(r.Kind).Set(seconds(ended))
		}
	}
}

func (m *Metrics) mark(kind string, ended time.Time, success bool) {
	m.lastEnd.WithLabelValues(kind).Set(seconds(ended))
	if success {
		m.lastSuccess.WithLabelValues(kind).Set(seconds(ended))
	}
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
