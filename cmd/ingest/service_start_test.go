package main

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ingest/cmd/ingest/internal/demo"
	"ingest/openproject/openprojecttest"
)

// TestServiceStoppedWhileItStarts stops the service at instants of its start that the
// service itself tells of. Each time it ends well and leaves nothing behind, and the
// next run does the work. It is not parallel, as it says where temporary files go.
func TestServiceStoppedWhileItStarts(t *testing.T) {
	source := newServiceSource(t, 3, nil)
	want := source.fresh(t)
	for name, arrange := range map[string]func(w *world, out, log *alarm, stop func()){
		"before it begins": func(_ *world, _, _ *alarm, stop func()) { stop() },
		"as it reads its configuration": func(w *world, _, _ *alarm, stop func()) {
			w.lookupEnv = func(string) (string, bool) { stop(); return "", false }
		},
		"before it opens its state": func(w *world, _, _ *alarm, stop func()) {
			w.hangup = func() (<-chan struct{}, func()) { stop(); return nil, func() {} }
		},
		"as it says where it serves":       func(_ *world, out, _ *alarm, stop func()) { out.word, out.ring = "ingest serves on", stop },
		"as its first run begins":          func(_ *world, _, log *alarm, stop func()) { log.word, log.ring = `msg="run begins"`, stop },
		"as its first run asks for a list": func(_ *world, _, _ *alarm, stop func()) { source.onRequest("/work_packages", stop) },
		"as its first run asks for one":    func(_ *world, _, _ *alarm, stop func()) { source.onRequest("/attachments", stop) },
	} {
		t.Run(name, func(t *testing.T) {
			site := newKillSite(t, source.serviceConfig("workers: ${WORKERS:-2}\n"), nil)
			t.Setenv("TMPDIR", site.temp())
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			var out, log alarm
			w := world{stdin: strings.NewReader(""), stdout: &out, stderr: &log, lookupEnv: func(string) (string, bool) { return "", false }, resolver: demo.Offline()}
			arrange(&w, &out, &log, func() { cancel(errInterrupted) })
			defer source.tracker.SetFault(nil)
			code := run(ctx, []string{"serve", "--config", filepath.Join(site.dir, "config.yaml")}, w)
			if said := log.String(); code != exitDone || strings.Contains(said, "error: ") {
				t.Errorf("exit code %d, want %d\n%s", code, exitDone, said)
			}
			if strings.Contains(out.String(), "ingest serves on") && !strings.Contains(log.String(), `msg="the service is stopping"`) {
				t.Errorf("who was served was not given time\n%s", log.String())
			}
			if ctx.Err() == nil {
				t.Error("it ended before it was stopped")
			}
			noTemp(t, site)
			source.tracker.SetFault(nil)
			site.run(t)
			sameTree(t, "after the next run", site.read(t), want)
		})
	}
}

// onRequest calls what when the tracker is asked for something with that end.
func (s *killSource) onRequest(end string, what func()) {
	s.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.HasSuffix(r.URL.Path, end) {
			what()
		}
		return nil
	})
}

// alarm keeps what is written and rings when it has a word.
type alarm struct {
	word string
	ring func()

	mu   sync.Mutex
	text bytes.Buffer
}

func (a *alarm) Write(b []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.word != "" && bytes.Contains(b, []byte(a.word)) {
		a.ring()
	}
	return a.text.Write(b)
}

func (a *alarm) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text.String()
}
