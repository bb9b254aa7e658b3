package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"ingest/pipeline/state"
)

// TestServiceEndsALinksRun: SIGTERM does not wait for the links that a run is still to
// check, nor for a site that does not answer; what the run has found out is kept, and
// the next one checks the rest.
func TestServiceEndsALinksRun(t *testing.T) {
	t.Parallel()
	const links = 4
	gate := newGate()
	var held atomic.Bool
	var first sync.Once
	answered := ""
	source := newServiceSource(t, links, nil)
	source.site.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if held.Load() && strings.HasPrefix(r.URL.Path, "/p/") {
			first.Do(func() { answered = r.URL.Path })
			if r.URL.Path != answered {
				gate.pass(r)
			}
		}
		http.Error(w, "gone", http.StatusGone)
	})
	config := strings.Replace(source.serviceConfig("workers: 1\n"), "20s", "1h", 1)
	site := newKillSite(t, config, nil)
	service := site.serve(t)
	service.starts(t)
	held.Store(true)
	site.put(t, "config.yaml", config+"schedule: [{cron: '@every 1s', run: links}]\n")
	service.signal(t, syscall.SIGHUP)
	gate.reached(t, 1)
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d, want %d\n%s", code, exitDone, service.log.tail())
	}
	if service.log.count(`msg="run ended".* kind=links state=stopped`) != 1 {
		t.Errorf("the log does not tell of the run that was stopped\n%s", service.log.tail())
	}
	if checked := site.checkedLinks(t, links); checked != 1 {
		t.Errorf("%d links have a check that is remembered, want that of %s alone", checked, answered)
	}
	gate.open()
	if out := site.run(t, "links"); !strings.Contains(out, "; 3 checked in ") {
		t.Errorf("the next run said\n%s\nwant the 3 others checked", out)
	}
}

// checkedLinks counts the work packages up to an id whose link is remembered with a
// check.
func (s *killSite) checkedLinks(t *testing.T, last int64) (checked int) {
	t.Helper()
	db, err := state.Open(t.Context(), filepath.Join(s.dir, ".ingest/state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	for id := range last {
		h, err := db.LinkHealth(t.Context(), id+1)
		if err != nil {
			t.Fatal(err)
		}
		if h != nil && len(h.Evidence) > 0 {
			checked++
		}
	}
	return checked
}
