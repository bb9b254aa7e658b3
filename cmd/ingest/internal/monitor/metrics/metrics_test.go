package metrics_test

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/metrics"
	"ingest/enrich/fetch"
	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

var update = flag.Bool("update", false, "write the golden files anew")

var _ daemon.Watcher = (*metrics.Metrics)(nil)

// noon is when tests begin.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// full are metrics with everything that can be shown.
func full(t *testing.T) *metrics.Metrics {
	t.Helper()
	return metrics.New(metrics.Options{Version: "1.2.3", Now: noon, Stock: metrics.StockOf(store(t)),
		Queue: func() (int, time.Time) { return 3, noon().Add(-time.Minute) },
		Late:  func(time.Time) int { return 1 },
	})
}

// store is a state with three entries, one of which failed and one of whose links is dead.
func store(t *testing.T) *state.DB {
	t.Helper()
	db, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for id, outcome := range map[int64]pipeline.Outcome{1: pipeline.Created, 2: pipeline.Unchanged, 3: pipeline.Failed} {
		if err := db.Put(t.Context(), &pipeline.Entry{ID: id, Outcome: outcome, Tracker: []byte("{}")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.PutLinkHealth(t.Context(), &pipeline.LinkHealth{ID: 2, URL: "https://example.org", Verdict: linkhealth.Verdict{State: linkhealth.Dead}}); err != nil {
		t.Fatal(err)
	}
	return db
}

// want compares all series of some metrics.
func want(t *testing.T, m *metrics.Metrics, text string, names ...string) {
	t.Helper()
	if err := testutil.GatherAndCompare(m.Gatherer(), strings.NewReader(text), names...); err != nil {
		t.Error(err)
	}
}

// value is one series as /metrics shows it.
func value(t *testing.T, m *metrics.Metrics, series string) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	for line := range strings.Lines(w.Body.String()) {
		if rest, ok := strings.CutPrefix(line, series+" "); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "none"
}

// busy lets everything happen once, so that every metric has a series.
func busy(m *metrics.Metrics) {
	m.Entered(1, "follow")
	m.Item(daemon.Run{}, pipeline.Event{Item: pipeline.ItemReport{ID: 1, Outcome: pipeline.Created, Warnings: []pipeline.Warning{{Step: "follow"}}}})
	m.Ended(daemon.Run{Request: daemon.Request{Kind: daemon.Full}, State: daemon.Done, Started: noon(), Ended: noon().Add(time.Minute)})
	m.Served("GET /healthz", http.StatusOK, time.Millisecond)
}

func TestNamesAreAPromise(t *testing.T) {
	m := full(t)
	busy(m)
	problems, err := testutil.GatherAndLint(m.Gatherer())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	families, err := m.Gatherer().Gather()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range families {
		if !strings.HasPrefix(f.GetName(), "ingest_") {
			continue // of the collectors for Go and the process
		}
		var labels []string
		for _, l := range f.GetMetric()[0].GetLabel() {
			labels = append(labels, l.GetName())
		}
		fmt.Fprintf(&b, "%s{%s} %s: %s\n", f.GetName(), strings.Join(labels, ","), strings.ToLower(f.GetType().String()), f.GetHelp())
	}
	golden := filepath.Join("testdata", "names.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	wanted, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(wanted) {
		t.Errorf("got\n%s\nwant\n%s", &b, wanted)
	}
}

func TestGoAndTheProcessAreShown(t *testing.T) {
	m := metrics.New(metrics.Options{Version: "1.2.3"})
	for _, series := range []string{"go_goroutines", "process_cpu_seconds_total"} {
		if value(t, m, series) == "none" {
			t.Errorf("%s is missing", series)
		}
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), `version="1.2.3"`) {
		t.Error("the version is missing")
	}
}

func TestTwoServicesDoNotMeet(t *testing.T) {
	first, second := metrics.New(metrics.Options{}), metrics.New(metrics.Options{})
	first.Notified("mail", nil)
	if got := value(t, second, `ingest_notifications_total{result="ok",way="mail"}`); got != "0" {
		t.Errorf("the other one shows %s", got)
	}
}

func TestExchangesByClass(t *testing.T) {
	m := metrics.New(metrics.Options{})
	for class, exchange := range map[string]struct {
		kind   fetch.Kind
		status int
	}{
		"2xx": {"", 204}, "3xx": {"", 301}, "304": {"", 304}, "4xx": {fetch.Status, 404}, "429": {fetch.Status, 429}, "5xx": {fetch.Status, 503},
		"other": {fetch.Status, 999}, "dns": {fetch.DNS, 0}, "tls": {fetch.TLS, 0}, "timeout": {fetch.Timeout, 0}, "refused": {fetch.Refused, 0},
		"blocked": {fetch.Blocked, 0}, "too_large": {fetch.TooLarge, 0}, "bad_url": {fetch.BadURL, 0}, "disallowed": {fetch.Disallowed, 0},
	} {
		before := value(t, m, `ingest_fetches_total{class="`+class+`"}`)
		m.Fetched(exchange.kind, exchange.status, time.Second)
		if after := value(t, m, `ingest_fetches_total{class="`+class+`"}`); before != "0" || after != "1" {
			t.Errorf("%s: %s, then %s, want 0 and 1", class, before, after)
		}
	}
	m.Fetched("made up", 0, 0)
	if got := value(t, m, `ingest_fetches_total{class="other"}`); got != "2" {
		t.Errorf("a kind that nobody knows: other is %s, want 2", got)
	}
	if got := value(t, m, "ingest_fetch_duration_seconds_count"); got != "15" { // 16, and nothing was asked for the disallowed one
		t.Errorf("timed %s exchanges, want 15", got)
	}
}

func TestTrackerRequests(t *testing.T) {
	m := metrics.New(metrics.Options{})
	m.TrackerAsked("GET", 200, time.Second)
	m.TrackerAsked("PATCH", 409, time.Second)
	m.TrackerAsked("GET", 0, time.Second)
	m.TrackerAsked("BREW", 418, time.Second)
	for series, wanted := range map[string]string{`class="2xx",method="GET"`: "1", `class="4xx",method="PATCH"`: "1", `class="error",method="GET"`: "1",
		`class="5xx",method="GET"`: "0", `class="4xx",method="other"`: "1"} {
		if got := value(t, m, "ingest_tracker_requests_total{"+series+"}"); got != wanted {
			t.Errorf("%s: %s, want %s", series, got, wanted)
		}
	}
	if got := value(t, m, "ingest_tracker_request_duration_seconds_sum"); got != "4" {
		t.Errorf("took %s s, want 4", got)
	}
}

func TestLabelsStayFew(t *testing.T) {
	m := metrics.New(metrics.Options{})
	for i := range 10_000 {
		m.Served(fmt.Sprintf("GET /%d", i), i, time.Millisecond)
		m.Entered(1, fmt.Sprint(i))
		m.Item(daemon.Run{}, pipeline.Event{Item: pipeline.ItemReport{ID: int64(i), Outcome: pipeline.Failed, Warnings: []pipeline.Warning{{Step: fmt.Sprint(i)}}}})
		m.TrackerAsked(fmt.Sprint(i), i, 0)
		m.Fetched(fetch.Kind(fmt.Sprint(i)), i, 0)
	}
	families, err := m.Gatherer().Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if n := len(f.GetMetric()); n > 600 {
			t.Errorf("%s has %d series", f.GetName(), n)
		}
	}
}

func TestNotifications(t *testing.T) {
	m := metrics.New(metrics.Options{})
	m.Notified("webhook", nil)
	m.Notified("mail", errors.New("refused"))
	want(t, m, `
# HELP ingest_notifications_total Messages about the state of the service, by way and result.
# TYPE ingest_notifications_total counter
ingest_notifications_total{result="failed",way="mail"} 1
ingest_notifications_total{result="failed",way="webhook"} 0
ingest_notifications_total{result="ok",way="mail"} 0
ingest_notifications_total{result="ok",way="webhook"} 1
`, "ingest_notifications_total")
}

// Everything may happen at once.
func TestManyAtOnce(t *testing.T) {
	m := full(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 50 {
				id := int64(i*100 + j)
				m.Entered(id, "follow")
				m.Entered(id, "write")
				busy(m)
				m.Fetched(fetch.DNS, 0, time.Second)
				_, _ = m.Gatherer().Gather()
			}
		})
	}
	all.Wait()
	if got := value(t, m, `ingest_fetches_total{class="dns"}`); got != "400" {
		t.Errorf("counted %s, want 400", got)
	}
}
