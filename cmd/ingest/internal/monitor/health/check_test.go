package health_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/monitor/health"
)

var errSecret = errors.New("dial tcp 10.1.2.3:5432: password geheim refused")

type answer struct {
	Status  string            `json:"status"`
	Checks  map[string]string `json:"checks"`
	Details map[string]string `json:"details"`
	About   any               `json:"about"`
}

// ready asks h as a stranger or as an editor.
func ready(t *testing.T, h *health.Health, signedIn bool) (int, answer, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil)
	if signedIn {
		r = r.WithContext(access.With(r.Context(), access.Principal{Name: "ana"}))
	}
	w := httptest.NewRecorder()
	h.Ready(w, r)
	text := w.Body.String()
	var a answer
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", w.Header())
	}
	return w.Code, a, text
}

func check(name string, ask func(context.Context) error) health.Check {
	return health.Check{Name: name, Ask: ask}
}

func well(context.Context) error { return nil }

func TestReadyTellsStrangersNamesAndResultsOnly(t *testing.T) {
	var out bytes.Buffer
	h := health.New(health.Options{
		Checks: []health.Check{check("tracker", well), check("state", func(context.Context) error { return errSecret }), check("tree", func(context.Context) error { panic("oh") })},
		About:  func() any { return "the last run" },
		Logger: slog.New(slog.NewTextHandler(&out, nil)),
	})
	code, got, text := ready(t, h, false)
	want := map[string]string{"tracker": "ok", "state": "failed", "tree": "failed"}
	if code != http.StatusServiceUnavailable || got.Status != "failed" || !maps.Equal(got.Checks, want) {
		t.Errorf("stranger got %d %s, want 503 with %v", code, text, want)
	}
	if got.Details != nil || got.About != nil || strings.Contains(text, "geheim") {
		t.Errorf("stranger got %s", text)
	}
	_, got, text = ready(t, h, true)
	if got.Details["state"] != errSecret.Error() || got.Details["tree"] != "internal error: oh" || got.About != "the last run" {
		t.Errorf("editor got %s, want the details", text)
	}
	if n := strings.Count(out.String(), "check fails"); n != 2 {
		t.Errorf("logged %d failures, want each once:\n%s", n, &out)
	}
}

func TestReadyWhenAllIsWell(t *testing.T) {
	code, got, text := ready(t, health.New(health.Options{Checks: []health.Check{check("state", well)}}), true)
	if code != http.StatusOK || got.Status != "ok" || got.Checks["state"] != "ok" {
		t.Errorf("got %d %s", code, text)
	}
}

func TestAliveAlways(t *testing.T) {
	w := httptest.NewRecorder()
	health.New(health.Options{Checks: []health.Check{check("state", func(context.Context) error { select {} })}}).Alive(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
	if w.Code != http.StatusOK || w.Body.String() != "ok\n" {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}

func TestManyAskersShareOneCheckWhoseAnswerIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		h := health.New(health.Options{Checks: []health.Check{check("tracker", func(context.Context) error {
			asked.Add(1)
			time.Sleep(time.Second)
			return nil
		})}})
		for range 3 { // within the time that an answer is kept
			var all sync.WaitGroup
			for range 50 {
				all.Go(func() {
					if code, _, text := ready(t, h, false); code != http.StatusOK {
						t.Errorf("got %d %s", code, text)
					}
				})
			}
			all.Wait()
			time.Sleep(9 * time.Second)
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d times, want 1", asked.Load())
		}
		time.Sleep(health.DefaultKeep)
		_, _, _ = ready(t, h, false)
		if asked.Load() != 2 {
			t.Errorf("asked %d times once the answer was old, want 2", asked.Load())
		}
	})
}

func TestCheckThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		var asked atomic.Int32
		release := make(chan struct{})
		h := health.New(health.Options{Logger: slog.New(slog.NewTextHandler(&out, nil)), Checks: []health.Check{{Name: "tree", Limit: 2 * time.Second, Ask: func(context.Context) error {
			if asked.Add(1) == 1 {
				<-release // and does not look at its context
			}
			return nil
		}}}})
		for range 3 {
			began := time.Now()
			code, got, _ := ready(t, h, true)
			if took := time.Since(began); code != http.StatusServiceUnavailable || took != 2*time.Second || got.Details["tree"] != "no answer within 2s" {
				t.Errorf("got %d %v after %s, want a failure after 2s", code, got, took)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("begun %d times while it hung, want 1", asked.Load())
		}
		close(release)
		synctest.Wait()
		if code, _, text := ready(t, h, false); code != http.StatusOK {
			t.Errorf("got %d %s once it ended", code, text)
		}
		if got := strings.Count(out.String(), "level="); got != 2 || !strings.Contains(out.String(), "passes again") {
			t.Errorf("logged\n%s, want the failure and its end", &out)
		}
	})
}

func TestAskerWhoLeavesDoesNotSpoilTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := health.New(health.Options{Checks: []health.Check{check("tracker", func(ctx context.Context) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
				return nil
			}
		})}})
		ctx, cancel := context.WithCancel(t.Context())
		go h.Ready(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/readyz", nil))
		synctest.Wait()
		cancel()
		if code, _, text := ready(t, h, false); code != http.StatusOK {
			t.Errorf("got %d %s, want what the check that was begun found", code, text)
		}
	})
}

func TestLogTellsOfChangesOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		var err error
		h := health.New(health.Options{Logger: slog.New(slog.NewTextHandler(&out, nil)), Checks: []health.Check{check("state", func(context.Context) error { return err })}})
		for _, err = range []error{nil, errSecret, errSecret, errSecret, nil, nil, errSecret} {
			_, _, _ = ready(t, h, false)
			time.Sleep(health.DefaultKeep)
		}
		var levels []string
		for line := range strings.Lines(out.String()) {
			_, level, _ := strings.Cut(line, "level=")
			level, _, _ = strings.Cut(level, " ")
			levels = append(levels, level)
		}
		if want := []string{"ERROR", "INFO", "ERROR"}; !slices.Equal(levels, want) {
			t.Errorf("logged %v, want %v:\n%s", levels, want, &out)
		}
	})
}
