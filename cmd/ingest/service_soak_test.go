package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// soak is how long TestSoak lets the service work; `make soak` gives it half an hour.
var soak = flag.Duration("soak", 12*time.Second, "how long TestSoak lets the service work")

// TestSoak keeps the service busy: two edits a second, of which the tracker's
// webhooks tell, a click every two seconds, three pages a second, a full run every
// ten seconds and one for the links every fifteen. What it holds of memory may not
// grow: the last third of the time is held against the first. When the work is over
// no more goroutines and open files are left than at the beginning, and the tree is
// what the tracker says.
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

	ask := func(n int) sample {
		gauges <- struct{}{}
		return service.sample(t, n)
	}
	every := min(time.Minute, *soak/18)
	tick := time.NewTicker(every)
	defer tick.Stop()
	var samples []sample
	t.Logf("%10s %12s %12s %11s %11s %9s", "after", "resident MB", "live heap MB", "goroutines", "open files", "requests")
	for began := time.Now(); ctx.Err() == nil; {
		select {
		case <-ctx.Done():
		case <-tick.C:
			s := ask(len(samples) + 1)
			samples = append(samples, s)
			t.Logf("%10v %12.1f %12.1f %11d %11d %9d", time.Since(began).Round(every/10), mega(s.resident), mega(s.heap), s.goroutines, s.files, load.Load())
		}
	}
	flat(t, samples)
	source.tracker.WaitForHooks()
	service.converges(t, source.fresh(t))
	rests(t, samples, ask)
	if stopped := service.log.count(`state=stopped`); stopped > 0 {
		t.Errorf("%d runs were stopped\n%s", stopped, service.log.tail())
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	noTemp(t, site)
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
