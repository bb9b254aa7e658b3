package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// soak is how long TestSoak lets the service work; `make soak` gives it half an hour.
var soak = flag.Duration("soak", 12*time.Second, "how long TestSoak lets the service work")

// TestSoak keeps the service busy: two edits a second, of which the tracker's
// webhooks tell, a click every two seconds, three pages a second, a full run every
// ten seconds and one for the links every fifteen. What it holds of memory,
// goroutines and open files may not grow: the last third of the time is held against
// the first. At its end the tree is what the tracker says.
func TestSoak(t *testing.T) {
	t.Parallel()
	const packages = 40
	source := newServiceSource(t, packages, nil)
	site := newKillSite(t, source.serviceConfig("schedule: [{cron: '@every 10s', run: full}, {cron: '@every 15s', run: links}]\n"), nil)
	gauges := make(chan struct{})
	service := site.serveWith(t, gaugeRequests(t, gauges))
	service.starts(t)
	source.tracker.Webhook(service.url+"/webhooks/openproject", serviceSecret)
	ctx, cancel := context.WithTimeout(t.Context(), *soak)
	defer cancel()
	load := service.busy(ctx, t, source, packages)

	every := min(time.Minute, *soak/18)
	tick := time.NewTicker(every)
	defer tick.Stop()
	var samples []sample
	t.Logf("%10s %12s %12s %11s %11s %9s", "after", "resident MB", "live heap MB", "goroutines", "open files", "requests")
	for began := time.Now(); ctx.Err() == nil; {
		select {
		case <-ctx.Done():
		case <-tick.C:
			gauges <- struct{}{}
			s := service.sample(t, len(samples)+1)
			samples = append(samples, s)
			t.Logf("%10v %12.1f %12.1f %11d %11d %9d", time.Since(began).Round(every/10), mega(s.resident), mega(s.heap), s.goroutines, s.files, load.Load())
		}
	}
	flat(t, samples)
	source.tracker.WaitForHooks()
	service.converges(t, source.fresh(t))
	if stopped := service.log.count(`state=stopped`); stopped > 0 {
		t.Errorf("%d runs were stopped\n%s", stopped, service.log.tail())
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	noTemp(t, site)
}

// sample is what the service holds at a moment, after a garbage collection.
type sample struct {
	resident, heap    int64 // bytes
	goroutines, files int
}

func mega(bytes int64) float64 { return float64(bytes) / (1 << 20) }

// flat holds the medians of the last third against those of the first, since a
// sample that meets a run has more of everything. What it allows is what comes and
// goes: pools, caches that fill.
func flat(t *testing.T, samples []sample) {
	t.Helper()
	third := len(samples) / 3
	if third == 0 {
		t.Fatalf("%d samples are too few", len(samples))
	}
	median := func(part []sample, of func(sample) float64) float64 {
		values := make([]float64, len(part))
		for i, s := range part {
			values[i] = of(s)
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	for what, g := range map[string]struct {
		of   func(sample) float64
		more float64 // allowed, besides a tenth
	}{
		"resident MB":  {func(s sample) float64 { return mega(s.resident) }, 20},
		"live heap MB": {func(s sample) float64 { return mega(s.heap) }, 4},
		"goroutines":   {func(s sample) float64 { return float64(s.goroutines) }, 12},
		"open files":   {func(s sample) float64 { return float64(s.files) }, 8},
	} {
		first, last := median(samples[:third], g.of), median(samples[len(samples)-third:], g.of)
		t.Logf("%s: %.1f in the first third, %.1f in the last", what, first, last)
		if last > first*1.1+g.more {
			t.Errorf("%s grow: %.1f in the first third, %.1f in the last", what, first, last)
		}
	}
}

// busy keeps the service busy until ctx ends, and counts the requests.
func (v *servedSite) busy(ctx context.Context, t *testing.T, source *killSource, packages int64) *atomic.Int64 {
	t.Helper()
	var requests, round atomic.Int64
	every := func(period time.Duration, do func(id int64)) {
		go func() {
			tick := time.NewTicker(period)
			defer tick.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-tick.C:
					n := round.Add(1)
					do(1 + n*7%packages)
				}
			}
		}()
	}
	ask := func(method, path string, want int) {
		r, err := http.NewRequestWithContext(ctx, method, v.url+path, nil)
		if err != nil {
			t.Error(err)
			return
		}
		resp, err := http.DefaultClient.Do(r)
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			err = errors.Join(err, resp.Body.Close())
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil || resp.StatusCode != want {
			t.Errorf("%s %s: %v, error %v, want %d", method, path, resp, err, want)
		}
		requests.Add(1)
	}
	every(500*time.Millisecond, func(id int64) { source.touch(id, int(round.Load())) })
	every(2*time.Second, func(id int64) {
		ask(http.MethodPost, fmt.Sprintf("/api/v1/entries/%d/refresh", id), http.StatusAccepted)
	})
	every(time.Second, func(int64) { ask(http.MethodGet, "/", http.StatusOK) })
	every(time.Second, func(id int64) { ask(http.MethodGet, fmt.Sprintf("/entries/%d", id), http.StatusOK) })
	every(time.Second, func(int64) { ask(http.MethodGet, "/api/v1/runs", http.StatusOK) })
	return &requests
}

// sample waits for the nth answer of the process about itself.
func (v *servedSite) sample(t *testing.T, n int) (s sample) {
	t.Helper()
	line := v.log.await(t, `gauges: (.*)\n`, n)[1]
	if _, err := fmt.Sscanf(line, "%d goroutines, %d bytes", &s.goroutines, &s.heap); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	s.resident, _ = resident(v.process.Process.Pid)
	s.files = openFiles(v.process.Process.Pid)
	return s
}

// gaugeRequests is the standard input of a service that is asked about itself.
func gaugeRequests(t *testing.T, ask <-chan struct{}) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(w.Close(), r.Close()) })
	go func() {
		for {
			select {
			case <-t.Context().Done():
				return
			case <-ask:
				fmt.Fprintln(w)
			}
		}
	}()
	return r
}

// gaugesVariable makes a child tell of itself for each line of its input.
const gaugesVariable = "INGEST_TEST_GAUGES"

func tellGauges() {
	if os.Getenv(gaugesVariable) == "" {
		return
	}
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			fmt.Fprintf(os.Stderr, "gauges: %d goroutines, %d bytes\n", runtime.NumGoroutine(), m.HeapAlloc)
		}
	}()
}

// serveWith starts the service with an input.
func (s *killSite) serveWith(t *testing.T, stdin *os.File) *servedSite {
	t.Helper()
	return s.begin(t, func(v *servedSite) {
		v.process.Stdin = stdin
		v.process.Env = append(v.process.Env, gaugesVariable+"=1")
	}, "serve")
}
