package metrics_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/monitor/metrics"
	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/linkhealth"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/pipeline"
	"ingest/pipeline/feedback"
)

func run(kind daemon.Kind, state daemon.State, took time.Duration, report *pipeline.Report) daemon.Run {
	return daemon.Run{Request: daemon.Request{Kind: kind}, State: state, Started: noon(), Ended: noon().Add(took), Report: report}
}

func TestRunsByKindAndState(t *testing.T) {
	m := metrics.New(metrics.Options{})
	m.Ended(run(daemon.Full, daemon.Done, time.Hour, &pipeline.Report{}))
	m.Ended(run(daemon.Full, daemon.Stopped, 2*time.Hour, &pipeline.Report{Error: "the disk is full"}))
	m.Ended(run(daemon.Incremental, daemon.Stopped, time.Minute, &pipeline.Report{Interrupted: true}))
	m.Ended(run(daemon.Incremental, daemon.Skipped, 0, nil))
	dry := run(daemon.Full, daemon.Done, 3*time.Hour, &pipeline.Report{})
	dry.DryRun = true
	m.Ended(dry)
	for series, wanted := range map[string]string{
		`ingest_runs_total{kind="full",state="done"}`:                   "1",
		`ingest_runs_total{kind="full",state="stopped"}`:                "1",
		`ingest_runs_total{kind="incremental",state="interrupted"}`:     "1",
		`ingest_runs_total{kind="incremental",state="stopped"}`:         "0",
		`ingest_runs_total{kind="incremental",state="skipped"}`:         "1",
		`ingest_runs_total{kind="named",state="done"}`:                  "0",
		`ingest_run_duration_seconds_count{kind="full"}`:                "2",
		`ingest_run_duration_seconds_sum{kind="full"}`:                  "10800",
		`ingest_run_duration_seconds_count{kind="incremental"}`:         "1",
		`ingest_run_last_end_timestamp_seconds{kind="full"}`:            "1.795356e+09",  // 14:00
		`ingest_run_last_success_timestamp_seconds{kind="full"}`:        "1.7953524e+09", // 13:00
		`ingest_run_last_success_timestamp_seconds{kind="incremental"}`: "none",
	} {
		if got := value(t, m, series); got != wanted {
			t.Errorf("%s is %s, want %s", series, got, wanted)
		}
	}
}

func TestTimesSurviveARestart(t *testing.T) {
	m := metrics.New(metrics.Options{})
	report := func(kind string, hour int, e string) *pipeline.Report {
		return &pipeline.Report{Kind: kind, Started: noon().Add(time.Duration(hour) * time.Hour), Duration: pipeline.Duration(time.Hour), Error: e}
	}
	m.Remember([]*pipeline.Report{report("full", 1, "stopped"), report("full", 0, ""), report("full", -20, ""), report("", 9, ""), {Kind: "links", DryRun: true}})
	for series, wanted := range map[string]string{
		`ingest_run_last_end_timestamp_seconds{kind="full"}`:     "1.795356e+09",
		`ingest_run_last_success_timestamp_seconds{kind="full"}`: "1.7953524e+09",
		`ingest_run_last_end_timestamp_seconds{kind="links"}`:    "none",
		`ingest_run_last_end_timestamp_seconds{kind=""}`:         "none",
	} {
		if got := value(t, m, series); got != wanted {
			t.Errorf("%s is %s, want %s", series, got, wanted)
		}
	}
}

func TestLinkChecksByClass(t *testing.T) {
	m := metrics.New(metrics.Options{})
	found := func(class linkhealth.Class) pipeline.LinkItem {
		return pipeline.LinkItem{Found: &linkhealth.Evidence{Class: class}}
	}
	m.Ended(run(daemon.Links, daemon.Done, time.Minute, &pipeline.Report{Links: &pipeline.LinkReport{
		Items: []pipeline.LinkItem{found(linkhealth.Gone), found(linkhealth.Gone), found(linkhealth.SoftGone), {}}}}))
	for class, wanted := range map[string]string{"gone": "2", "soft 404": "1", "alive": "0"} {
		if got := value(t, m, `ingest_link_checks_total{class="`+class+`"}`); got != wanted {
			t.Errorf("%s: %s, want %s", class, got, wanted)
		}
	}
}

func item(id int64, took time.Duration, outcome pipeline.Outcome) pipeline.Event {
	return pipeline.Event{Item: pipeline.ItemReport{ID: id, Outcome: outcome, Duration: pipeline.Duration(took)}}
}

func TestStepsEndWhenTheNextBeginsOrTheItemEnds(t *testing.T) {
	now := noon()
	m := metrics.New(metrics.Options{Now: func() time.Time { return now }})
	m.Entered(1, "follow")
	now = now.Add(4 * time.Second)
	m.Entered(2, "follow")
	m.Entered(1, "write")
	now = now.Add(2 * time.Second)
	m.Item(daemon.Run{}, item(1, 10*time.Second, pipeline.Created))
	now = now.Add(94 * time.Second) // the second one ended long ago, and waited for its turn in the report
	m.Item(daemon.Run{}, item(2, 8*time.Second, pipeline.Failed))
	m.Item(daemon.Run{}, item(1, time.Hour, pipeline.Unchanged)) // entered no step this time
	for series, wanted := range map[string]string{
		`ingest_step_duration_seconds_count{step="follow"}`: "2",
		`ingest_step_duration_seconds_sum{step="follow"}`:   "12",
		`ingest_step_duration_seconds_sum{step="write"}`:    "2",
		`ingest_step_duration_seconds_count{step="write"}`:  "1",
		`ingest_items_total{outcome="created"}`:             "1",
		`ingest_items_total{outcome="failed"}`:              "1",
		`ingest_items_total{outcome="removed"}`:             "0",
	} {
		if got := value(t, m, series); got != wanted {
			t.Errorf("%s is %s, want %s", series, got, wanted)
		}
	}
}

func TestWhatAStoppedRunDidNotReachIsForgotten(t *testing.T) {
	now := noon()
	m := metrics.New(metrics.Options{Now: func() time.Time { return now }})
	m.Entered(1, "follow")
	m.Entered(2, "follow")
	m.Ended(run(daemon.Incremental, daemon.Skipped, 0, nil)) // a tick meanwhile
	m.Item(daemon.Run{}, item(1, time.Second, pipeline.Updated))
	m.Ended(run(daemon.Full, daemon.Stopped, time.Hour, &pipeline.Report{}))
	now = now.Add(24 * time.Hour)
	m.Entered(2, "follow")
	m.Item(daemon.Run{}, item(2, 0, pipeline.Updated))
	if got := value(t, m, `ingest_step_duration_seconds_count{step="follow"}`); got != "2" {
		t.Errorf("%s steps, want one in each run", got)
	}
}

func TestRehearsalsAreNotCounted(t *testing.T) {
	m := metrics.New(metrics.Options{})
	m.Item(daemon.Run{Request: daemon.Request{DryRun: true}}, item(1, 0, pipeline.Created))
	if got := value(t, m, `ingest_items_total{outcome="created"}`); got != "0" {
		t.Errorf("counted %s", got)
	}
}

// The report has no word for a wall but the text of its warning: this holds the two
// together.
func TestWallsAreCounted(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Server", "cloudflare")
		w.Header().Set("Cf-Mitigated", "challenge")
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script>`))
	}))
	defer site.Close()
	m := metrics.New(metrics.Options{})
	web, err := fetch.New(fetch.Options{UserAgent: "test/1 (+https://ingest.example)", AllowPrivate: []string{"127.0.0.1/32"}, Robots: fetch.Ignore,
		Retry: fetch.Retry{Attempts: 1}, Observe: m.Fetched})
	if err != nil {
		t.Fatal(err)
	}
	defer web.Close()
	it := &enrich.Item{ID: 1, Source: site.URL + "/article"}
	cleaner, err := urlclean.New(urlclean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []pipeline.Step{enrich.Clean{Cleaner: cleaner}, enrich.Follow{Web: web}} {
		if err := step.Apply(t.Context(), it); err != nil {
			t.Fatal(err)
		}
	}
	report := pipeline.ItemReport{ID: 1, Outcome: pipeline.Updated}
	for _, w := range it.Warnings {
		report.Warnings = append(report.Warnings, pipeline.Warning{Step: w.Step, Text: w.Text})
	}
	m.Item(daemon.Run{}, pipeline.Event{Item: report})
	for series, wanted := range map[string]string{`ingest_walls_total{kind="bot wall"}`: "1", `ingest_warnings_total{step="follow"}`: "1", `ingest_fetches_total{class="4xx"}`: "1"} {
		if got := value(t, m, series); got != wanted {
			t.Errorf("%s is %s, want %s; warnings: %v", series, got, wanted, it.Warnings)
		}
	}
}

// writer answers what it is told to.
type writer struct {
	feedback.Client
	err error
}

func (w writer) AddComment(context.Context, int64, string, string) (openproject.Comment, error) {
	return openproject.Comment{ID: 7}, w.err
}

func (w writer) EditComment(context.Context, int64, string) (openproject.Comment, error) {
	return openproject.Comment{ID: 8}, w.err
}

func (w writer) Change(context.Context, int64, openproject.Change) (*openproject.WorkPackage, error) {
	return nil, w.err
}

func TestFeedbackByKindAndResult(t *testing.T) {
	for result, err := range map[string]error{"ok": nil, "refused": &openproject.PermissionError{Err: &openproject.APIError{}}, "conflict": &openproject.ConflictError{Err: errors.New("changed")}, "failed": errors.New("no answer")} {
		m := metrics.New(metrics.Options{})
		c := m.Feedback(writer{err: err})
		added, addErr := c.AddComment(t.Context(), 1, "", "")
		edited, editErr := c.EditComment(t.Context(), 1, "")
		_, changeErr := c.Change(t.Context(), 1, openproject.Change{Fields: map[string]any{"Clean URL": "x"}, Status: "Published"})
		if added.ID != 7 || edited.ID != 8 || addErr != err || editErr != err || changeErr != err { //nolint:errorlint // passed on as it is
			t.Errorf("%s: answers are not passed on", result)
		}
		for _, kind := range []string{"comment_added", "comment_edited", "field", "status"} {
			if got := value(t, m, `ingest_feedback_writes_total{kind="`+kind+`",result="`+result+`"}`); got != "1" {
				t.Errorf("%s %s: %s, want 1", kind, result, got)
			}
		}
	}
}

func TestStockIsCountedAtMostEvery15Seconds(t *testing.T) {
	now := noon()
	asked := 0
	db := store(t)
	m := metrics.New(metrics.Options{Now: func() time.Time { return now }, Stock: func(ctx context.Context) (metrics.Stock, error) {
		if asked++; asked == 2 {
			return metrics.Stock{}, errors.New("locked")
		}
		return metrics.StockOf(db)(ctx)
	}})
	want(t, m, strings.TrimSpace(`
# HELP ingest_entries Work packages that are remembered, by how they stand with their editor.
# TYPE ingest_entries gauge
ingest_entries{state="attention"} 0
ingest_entries{state="failed"} 1
ingest_entries{state="gone"} 0
ingest_entries{state="published"} 2
ingest_entries{state="skipped"} 0
# HELP ingest_links Published links whose health is known, by state.
# TYPE ingest_links gauge
ingest_links{state="dead"} 1
ingest_links{state="moved"} 0
ingest_links{state="ok"} 0
ingest_links{state="suspect"} 0
ingest_links{state="unknown"} 0
`)+"\n", "ingest_entries", "ingest_links")
	for _, step := range []struct {
		pass  time.Duration
		value string
		asked int
	}{{14 * time.Second, "1", 1}, {time.Second, "none", 2}, {14 * time.Second, "none", 2}, {time.Second, "1", 3}} {
		now = now.Add(step.pass)
		if got := value(t, m, `ingest_links{state="dead"}`); got != step.value || asked != step.asked {
			t.Errorf("shows %s, counted %d times, want %s and %d", got, asked, step.value, step.asked)
		}
	}
}

func TestQueueAndSchedules(t *testing.T) {
	m := full(t)
	for series, wanted := range map[string]string{"ingest_queue_work_packages": "3", "ingest_queue_oldest_age_seconds": "60", "ingest_schedules_late": "1"} {
		if got := value(t, m, series); got != wanted {
			t.Errorf("%s is %s, want %s", series, got, wanted)
		}
	}
	empty := metrics.New(metrics.Options{Queue: func() (int, time.Time) { return 0, time.Time{} }})
	if got := value(t, empty, "ingest_queue_oldest_age_seconds"); got != "0" {
		t.Errorf("an empty queue is %s s old", got)
	}
}
