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
	"sync"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/demo"
)

// serviceCycles is how often TestServiceStartsAndStops does both. A figure on the
// command line counts; without one there are 40, and 500 under the race detector.
var serviceCycles = flag.Int("service-cycles", 0, "how often the service is started and stopped; 0 is 40, under the race detector 500")

// TestServiceStartsAndStops starts the service and stops it at some instant of the
// next 200 ms, over and over and on several sites at once, with work in flight:
// changes that the start's run finds, webhooks, pages that are read. Nothing stays: no
// goroutine, no open file, no half file. It is not parallel, as it counts what the
// process has.
func TestServiceStartsAndStops(t *testing.T) {
	const packages, lanes = 8, 6
	cycles := *serviceCycles
	if cycles == 0 {
		cycles = 40
		if underRace {
			cycles = 500
		}
	}
	seed := uint64(time.Now().UnixNano())
	source := newServiceSource(t, packages, nil)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	var running sync.WaitGroup
	sites := make([]*killSite, lanes)
	for i := range sites {
		sites[i] = newKillSite(t, source.serviceConfig("schedule: [{cron: '@every 1s', run: full}]\n"), nil)
		running.Go(func() { source.cycle(t, sites[i], time.Second) }) // what a process opens once, it keeps
	}
	running.Wait()
	http.DefaultClient.CloseIdleConnections()
	goroutines := lowest(runtime.NumGoroutine)
	files := lowest(func() int { return openFiles(os.Getpid()) })
	for i, site := range sites {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		running.Go(func() {
			for n := i; n < cycles && !t.Failed(); n += lanes {
				source.touch(1+random.Int64N(packages), random.IntN(1000))
				source.cycle(t, site, time.Duration(random.Int64N(int64(200*time.Millisecond))))
				site.whole(t)
			}
		})
	}
	running.Wait()
	http.DefaultClient.CloseIdleConnections()
	settles(t, "goroutines", goroutines, runtime.NumGoroutine)
	settles(t, "open files", files, func() int { return openFiles(os.Getpid()) })
	wantFiles(t, temp)
	want := source.fresh(t)
	for _, site := range sites {
		site.run(t)
		sameTree(t, "at last", site.read(t), want)
	}
	t.Logf("seed %d: %d cycles; %d goroutines, %d open files before and after", seed, cycles, goroutines, files)
}

// whole makes sure that each document can be read and that nothing temporary is left.
func (s *killSite) whole(t *testing.T) {
	for name, text := range s.read(t) {
		if err := parses(text); strings.HasSuffix(name, ".md") && err != nil {
			t.Errorf("%s does not parse: %v", name, err)
		}
	}
	for p := range s.stamps(t) {
		if isTemp(p) {
			t.Errorf("%s is left over", p)
		}
	}
}

// cycle is one life of the service in this process.
func (s *killSource) cycle(t *testing.T, site *killSite, lifetime time.Duration) {
	w := world{stdout: io.Discard, stderr: io.Discard, lookupEnv: os.LookupEnv, resolver: demo.Offline()}
	f := &runFlags{config: filepath.Join(site.dir, "config.yaml"), quiet: true}
	c, err := config.Load(f.config, w.lookupEnv)
	if err != nil {
		t.Error(err)
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), lifetime)
	defer cancel()
	v, err := newService(ctx, w, c, f)
	if err != nil {
		if ctx.Err() == nil {
			t.Error(err)
		}
		return // stopped before it had begun
	}
	err = v.run(ctx, func(at net.Addr) {
		for id := int64(1); id <= 3; id++ {
			body := s.tracker.HookBody("work_package:updated", id)
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+at.String()+"/webhooks/openproject", strings.NewReader(string(body)))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("X-OP-Signature", signed(body))
			send(r)
		}
		if r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at.String()+"/entries/1", nil); err == nil {
			send(r)
		}
	})
	if err != nil {
		t.Errorf("run: %v", err)
	}
	if err := v.close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// send sends a request, unless the service is stopped meanwhile.
func send(r *http.Request) {
	if resp, err := http.DefaultClient.Do(r); err == nil {
		_ = resp.Body.Close()
	}
}

// lowest watches a count for half a second: connections that were closed take a
// moment to go.
func lowest(count func() int) int {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	least := count()
	for range 25 {
		<-tick.C
		least = min(least, count())
	}
	return least
}

// settles waits until a count is no higher than it was.
func settles(t *testing.T, what string, before int, count func() int) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for now := count(); now > before; now = count() {
		select {
		case <-tick.C:
		case <-late:
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d %s, %d before\n%s", now, what, before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
