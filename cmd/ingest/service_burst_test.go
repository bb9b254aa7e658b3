package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"ingest/pipeline/hint"
)

// TestServiceBurstOfWebhooks: a bulk edit tells of 500 changes at 20 work packages
// at once. Each is answered soon, no work package is looked at more than twice, and
// what is published then is the tracker's last state.
func TestServiceBurstOfWebhooks(t *testing.T) {
	t.Parallel()
	const packages, events = 20, 500
	source := newServiceSource(t, packages, nil)
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.starts(t)
	source.tracker.Webhook(service.url+"/webhooks/openproject", serviceSecret)
	source.tracker.ForgetRequests()

	began := time.Now()
	var editing sync.WaitGroup
	for editor := range 10 {
		editing.Go(func() {
			for i := range events / 10 {
				source.touch(int64(1+(editor+i)%packages), editor*100+i)
			}
		})
	}
	editing.Wait()
	edited := time.Since(began)
	source.tracker.WaitForHooks()
	answered := time.Since(began)
	statuses := map[int]int{}
	for _, d := range source.tracker.Deliveries() {
		statuses[d.Status]++
		if d.Err != nil {
			t.Errorf("%s: %v", d.Action, d.Err)
		}
	}
	t.Logf("%d changes in %v, all answered after %v: %v", events, edited, answered, statuses)
	if statuses[http.StatusAccepted]+statuses[http.StatusNoContent] != events {
		t.Errorf("answers %v, want %d of 202 or 204", statuses, events)
	}
	// The edits measure how fast this machine is just now: 500 of them take a second
	// or less at rest, and the answers a few tenths of one beyond.
	if most := max(30*time.Second, 3*edited); answered-edited > most {
		t.Errorf("the answers took %v more than the edits, want at most %v", answered-edited, most)
	}
	service.converges(t, source.fresh(t))
	service.rests(t)
	// Events of one work package are joined where they come within DefaultQuiet of each
	// other, as all do where the whole burst is shorter. On a machine that is slower
	// there may be gaps, after each of which a look is right: one in each run.
	most, runs := 2, service.log.count(`msg="run begins".* kind=named`)
	if answered >= hint.DefaultQuiet {
		most = max(most, 1+runs)
	}
	for id, looks := range source.looks() {
		if looks > most {
			t.Errorf("work package %d was looked at %d times, want at most %d", id, looks, most)
		}
	}
	t.Logf("%d runs for the hints", runs)

	// The same events once more, word by word: a state that was looked at already, or
	// a request that was received before.
	began, looks := time.Now(), len(source.tracker.Requests())
	for _, d := range source.tracker.Deliveries()[:50] {
		if got := service.post(t, string(d.Body), signed(d.Body)); got != http.StatusNoContent && got != http.StatusUnauthorized {
			t.Errorf("the same event again: %d, want 204 or 401", got)
		}
	}
	t.Logf("50 repetitions answered after %v", time.Since(began))
	if now := len(source.tracker.Requests()); now != looks {
		t.Errorf("the tracker was asked %d times because of repetitions", now-looks)
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// TestServiceBurstDuringAListing: while the start's run waits for slow pages,
// editors change work packages that it will come to last. They go ahead, and no hint
// is lost: neither on what is still to come nor on what is at hand.
func TestServiceBurstDuringAListing(t *testing.T) {
	t.Parallel()
	const packages, hinted = 40, 8
	var visited atomic.Int64
	var order sync.Map // path to when it was visited first
	gate := newGate()
	source := newServiceSource(t, packages, func(r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/p/") || strings.HasPrefix(r.URL.Path, "/d/") {
			order.LoadOrStore(r.URL.Path, visited.Add(1))
			gate.pass(r)
		}
	})
	service := newKillSite(t, source.serviceConfig("workers: 2\n"), nil).serve(t, "-vv")
	source.tracker.Webhook(service.url+"/webhooks/openproject", serviceSecret)
	service.log.await(t, `msg="run begins"`, 1)
	for id := int64(1); id <= packages; id++ {
		if id <= 2 || id > packages-hinted {
			source.touch(id, 1)
		}
	}
	source.tracker.WaitForHooks()
	ripe := time.NewTimer(hint.DefaultQuiet + time.Second/2)
	<-ripe.C
	gate.open()
	service.converges(t, source.fresh(t))
	last, _ := order.Load(fmt.Sprintf("/p/%d", packages-hinted)) // the listing's last one without a hint
	for id := packages - hinted + 1; id <= packages; id++ {
		path := fmt.Sprintf("/p/%d", id)
		if id%10 == 0 {
			path = fmt.Sprintf("/d/%d.pdf", id)
		}
		if place, there := order.Load(path); !there || place.(int64) > last.(int64) {
			t.Errorf("work package %d was visited as number %v, after the listing's number %v", id, place, last)
		}
	}
	service.rests(t)
	for id, looks := range source.looks() {
		if looks > 2 {
			t.Errorf("work package %d was looked at %d times, want at most 2", id, looks)
		}
	}
}
