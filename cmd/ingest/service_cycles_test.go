package main

import (
	"context"
	"flag"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/demo"
)

// serviceCycles is how often TestServiceStartsAndStops does both. A figure on the
// command line counts; without one there are 50, and 500 under the race detector.
var serviceCycles = flag.Int("service-cycles", 0, "how often the service is started and stopped; 0 is 50, under the race detector 500")

// TestServiceStartsAndStops starts the service and stops it at some instant of the
// next 200 ms, over and over, with work in flight: changes that the start's run finds,
// webhooks, a page that is read. Nothing stays: no goroutine, no open file, no half
// file. It is not parallel, as it counts what the process has.
func TestServiceStartsAndStops(t *testing.T) {
	cycles := *serviceCycles
	if cycles == 0 {
		cycles = 50
		if underRace {
			cycles = 500
		}
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 6))
	source := newServiceSource(t, 8, nil)
	site := newKillSite(t, source.serviceConfig("schedule: [{cron: '@every 1s', run: full}]\n"), nil)
	t.Setenv("TMPDIR", site.temp())
	once := func(lifetime time.Duration) {
		for range 2 {
			source.touch(1+random.Int64N(8), random.IntN(1000))
		}
		cycle(t, site, source, lifetime)
	}
	once(time.Second) // what a process opens once, it keeps
	http.DefaultClient.CloseIdleConnections()
	goroutines, files := runtime.NumGoroutine(), openFiles(os.Getpid())
	for range cycles {
		once(time.Duration(random.Int64N(int64(200 * time.Millisecond))))
		noTemp(t, site)
		for name, text := range site.read(t) {
			if strings.HasSuffix(name, ".md") && parses(text) != nil {
				t.Errorf("%s does not parse: %v", name, parses(text))
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	settles(t, "goroutines", goroutines, runtime.NumGoroutine)
	settles(t, "open files", files, func() int { return openFiles(os.Getpid()) })
	site.serve(t).converges(t, source.fresh(t))
	t.Logf("seed %d: %d cycles; %d goroutines, %d open files before and after", seed, cycles, goroutines, files)
}

// cycle is one life of the service in this process.
func cycle(t *testing.T, site *killSite, source *killSource, lifetime time.Duration) {
	t.Helper()
	w := world{stdout: io.Discard, stderr: io.Discard, lookupEnv: os.LookupEnv, resolver: demo.Offline()}
	f := &runFlags{config: filepath.Join(site.dir, "config.yaml"), quiet: true}
	c, err := config.Load(f.config, w.lookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), lifetime)
	defer cancel()
	s, err := newService(ctx, w, c, f)
	if err != nil {
		if ctx.Err() == nil {
			t.Fatal(err)
		}
		return // stopped before it had begun
	}
	told := make(chan struct{})
	go func() { // closed by the service's listening, or by its end
		defer close(told)
		<-ctx.Done()
	}()
	err = s.run(ctx, func(at net.Addr) {
		for id := int64(1); id <= 3; id++ {
			body := source.tracker.HookBody("work_package:updated", id)
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+at.String()+"/webhooks/openproject", strings.NewReader(string(body)))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("X-OP-Signature", signed(body))
			if resp, err := http.DefaultClient.Do(r); err == nil { // or it was stopped meanwhile
				_ = resp.Body.Close()
			}
		}
	})
	if err != nil {
		t.Errorf("run: %v", err)
	}
	<-told
	if err := s.close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// settles waits until a count is no higher than it was.
func settles(t *testing.T, what string, before int, count func() int) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.After(10 * time.Second)
	for now := count(); now > before; now = count() {
		select {
		case <-tick.C:
		case <-late:
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d %s, %d before\n%s", now, what, before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
