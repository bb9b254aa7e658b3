package main

import (
	"flag"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serviceKills is how often TestServiceKilledWithAFullQueue kills the service.
var serviceKills = flag.Int("service-kills", 2, "how often the service is killed with a full queue")

// TestServiceKilledWithAFullQueue kills the service while hints wait for half of all
// work packages, by turns before the first is taken and while a run is at hand, and
// starts it again. No hint comes any more, and yet the tree becomes what the tracker
// says, without a file that was ever half.
func TestServiceKilledWithAFullQueue(t *testing.T) {
	t.Parallel()
	const packages = 200
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 5))
	source := newServiceSource(t, packages, nil)
	site := newKillSite(t, source.serviceConfig(""), nil)
	want := source.fresh(t)
	atHand := 0
	for round := 1; round <= *serviceKills; round++ {
		service := site.serve(t)
		service.converges(t, want)
		source.tracker.Webhook(service.url+"/webhooks/openproject", serviceSecret)
		for id := int64(1); id <= packages; id++ {
			source.touch(id, round)
		}
		source.tracker.WaitForHooks()
		service.log.await(t, `msg="webhook received"`, packages)
		within := 2 * time.Second
		if round%2 == 0 {
			service.log.await(t, `msg="run begins".* trigger=webhook`, 1)
			within = 400 * time.Millisecond
		}
		instant := time.NewTimer(time.Duration(random.Int64N(int64(within))))
		<-instant.C
		if code := service.stop(t, syscall.SIGKILL); code != -1 {
			t.Fatalf("round %d: exit code %d of a killed process", round, code)
		}
		if service.log.count(`msg="run begins"`) > service.log.count(`msg="run ended"`) {
			atHand++
		}
		before := want
		want = source.fresh(t)
		for name, text := range site.read(t) {
			if text != before[name] && text != want[name] {
				t.Errorf("seed %d, round %d: %s is neither what it was nor what it is to become", seed, round, name)
			}
		}
	}
	last := site.serve(t)
	last.converges(t, want)
	if hints := last.log.count(`trigger=webhook|webhook received`); hints > 0 {
		t.Errorf("%d hints came", hints)
	}
	if code := last.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	for name := range site.read(t) {
		if strings.Contains(name, ".tmp") {
			t.Errorf("%s is left over", name)
		}
	}
	t.Logf("seed %d: %d kills, %d of them in a run for the hints", seed, *serviceKills, atHand)
}
