package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestKilledAtRandomInstants kills runs over 300 work packages at random
// instants: first runs, runs after edits in the tracker, full ones. Each begins
// where the last was killed. After every kill, and at every moment before it,
// each file is whole: it is what it was before the run, or what an undisturbed
// run makes of it. The last run, which nobody disturbs, ends in the undisturbed
// tree.
func TestKilledAtRandomInstants(t *testing.T) {
	kills, packages := 200, int64(300)
	if testing.Short() {
		kills = 24
	}
	if underRace { // which makes children take ten times as long
		kills, packages = 16, 40
	}
	k := newKiller(t, packages)
	k.firstRuns(kills / 2)
	k.laterRuns(kills * 3 / 10)
	k.laterRuns(kills-kills/2-kills*3/10, "--full")
	k.settle()
	t.Logf("%d kills, %d runs ended before theirs, %d files read while they were written to", k.kills, k.missed, k.reads)
	if k.kills != kills {
		t.Logf("this machine is too busy for %d", kills)
	}
}

// killer kills runs on one site, its victim, and knows from another, its twin,
// what undisturbed runs make.
type killer struct {
	t        *testing.T
	random   *rand.Rand
	source   *killSource
	packages int64
	start    tree // before the first run
	twin     *killSite
	victim   *killSite
	want     tree // what the twin holds
	now      tree // what the victim held when its last run had ended
	round    int  // of edits in the tracker
	kills    int
	missed   int
	reads    int
	until    time.Time // when it is enough, on a machine that has other things to do
}

func newKiller(t *testing.T, packages int64) *killer {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	k := &killer{t: t, random: rand.New(rand.NewPCG(seed, 4)), source: newKillSource(t, packages), packages: packages}
	k.start = k.before()
	k.twin = newKillSite(t, k.source.config(), k.start)
	k.victim = newKillSite(t, k.source.config(), k.start)
	k.now = k.start
	k.until = time.Now().Add(time.Hour)
	if deadline, ok := t.Deadline(); ok {
		// Other tests want their share of the limit. On a machine at rest 200 kills
		// take 80 to 140 s.
		k.until = time.Now().Add(min(time.Until(deadline)/4, 4*time.Minute))
	}
	return k
}

// before is the tree that the first run finds: files of the site's own, and some
// documents that earlier runs have made and people have edited since.
func (k *killer) before() tree {
	made := newKillSite(k.t, k.source.config(), nil)
	made.run(k.t)
	start := tree{"content/news/_index.md": "---\ntitle: News\n---\n", "content/about.md": "# About us\n", "static/logo.svg": "<svg/>"}
	files := made.read(k.t)
	for _, name := range slices.Sorted(maps.Keys(files))[:12] {
		text := files[name]
		switch len(start) % 3 {
		case 0:
			text = strings.Replace(text, "---\n", "---\n# ours now\ntheme: dark\n", 1)
			text = strings.Replace(text, "\ntitle: '", "\ntitle: 'By hand, ", 1)
		case 1:
			text += "\nA note by hand.\n"
		case 2:
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		start[name] = text
	}
	return start
}

// firstRuns kills runs that begin with no memory, or with that of a run that
// was killed, until they get through; then begins anew.
func (k *killer) firstRuns(kills int) {
	whole := k.twinRun()
	for goal := k.kills + kills; k.kills < goal && time.Now().Before(k.until); {
		left := float64(len(k.want)-len(k.now)) / float64(len(k.want)-len(k.start))
		if k.kill(time.Duration(float64(whole) * (0.15 + left))) {
			continue
		}
		sameTree(k.t, "after a first run", k.now, k.want)
		k.victim.clear(k.t, k.start)
		k.now = k.start
	}
	k.victim.run(k.t)
	k.now = k.victim.read(k.t)
}

// laterRuns kills runs that have something to do: from time to time work
// packages are edited in the tracker, whether the last run got through or not.
func (k *killer) laterRuns(kills int, args ...string) {
	k.edit()
	whole := k.twinRun(args...)
	for goal := k.kills + kills; k.kills < goal && time.Now().Before(k.until); {
		if !k.kill(whole, args...) || k.random.IntN(3) == 0 {
			k.edit()
			k.twinRun()
		}
	}
}

// edit changes some work packages in the tracker.
func (k *killer) edit() {
	k.round++
	for range k.packages * 4 / 15 {
		k.source.edit(1+k.random.Int64N(k.packages), k.round)
	}
}

// twinRun lets the twin run undisturbed and tells how long that took.
func (k *killer) twinRun(args ...string) time.Duration {
	started := time.Now()
	k.twin.run(k.t, args...)
	took := time.Since(started)
	k.want = k.twin.read(k.t)
	for name, text := range k.want { // so each file that equals one of these parses as well
		if path.Ext(name) == ".md" && strings.HasPrefix(name, "content/news/") {
			if err := parses(text); err != nil {
				k.t.Errorf("%s does not parse: %v", name, err)
			}
		}
	}
	return took
}

// kill starts a run and kills it at some instant of the time given. It tells
// whether the run was still there to be killed.
func (k *killer) kill(within time.Duration, args ...string) bool {
	k.t.Helper()
	child := k.victim.command(context.Background(), args...)
	var log bytes.Buffer
	child.Stdout, child.Stderr = &log, &log
	if err := child.Start(); err != nil {
		k.t.Fatal(err)
	}
	instant := time.NewTimer(time.Duration(k.random.Int64N(int64(within))))
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	watching, stop := context.WithCancel(context.Background())
	watched := make(chan int)
	go func() { watched <- k.watch(watching) }()
	killed := false
	select {
	case err := <-ended:
		ended <- err
	case <-instant.C:
		killed = child.Process.Kill() == nil
	}
	err := <-ended
	stop()
	k.reads += <-watched
	if exit, ok := errors.AsType[*exec.ExitError](err); killed && ok && exit.ExitCode() == -1 {
		k.kills++
	} else if k.missed++; err != nil {
		k.t.Fatalf("a run that nobody killed ended with %v\n%s", err, log.String())
	} else {
		killed = false
	}
	k.check()
	if k.t.Failed() {
		k.t.Fatalf("after kill %d, a run %v that was killed: %v", k.kills, args, killed)
	}
	return killed
}

// check holds every file of the victim against what it was and what it is to
// become.
func (k *killer) check() {
	k.t.Helper()
	now := k.victim.read(k.t)
	for name, text := range now {
		k.judge(name, text)
	}
	for name := range k.now {
		if _, there := now[name]; !there {
			k.t.Errorf("%s is gone", name)
		}
	}
	k.now = now
}

func (k *killer) judge(name, text string) {
	old, was := k.now[name]
	final, becomes := k.want[name]
	if (!was || text != old) && (!becomes || text != final) {
		k.t.Errorf("%s is neither what it was nor what it is to become (%d bytes)\n%s", name, len(text), firstDifference(text, final))
	}
}

// watch reads the files of the victim over and over, as a site generator or a
// commit would at any moment, and returns how many it has read.
func (k *killer) watch(ctx context.Context) (reads int) {
	names := slices.Collect(maps.Keys(k.want))
	pause := time.NewTicker(4 * time.Millisecond) // the run wants the processors, too
	defer pause.Stop()
	for i := 0; ctx.Err() == nil; i++ {
		name := names[i%len(names)]
		text, err := os.ReadFile(filepath.Join(k.victim.dir, name))
		switch _, was := k.now[name]; {
		case err == nil:
			reads++
			k.judge(name, string(text))
		case was || !errors.Is(err, fs.ErrNotExist):
			k.t.Errorf("%s, while it is being written: %v", name, err)
		}
		if i%16 == 15 {
			<-pause.C
		}
	}
	return reads
}

// settle lets a run come to its end, which makes all good, and one more, which
// finds nothing to do.
func (k *killer) settle() {
	k.twinRun()
	k.victim.run(k.t)
	sameTree(k.t, "at the end", k.victim.read(k.t), k.want)
	for p := range k.victim.stamps(k.t) {
		if isTemp(p) {
			k.t.Errorf("%s is left over", p)
		}
	}
	before := k.victim.stamps(k.t)
	out := k.victim.run(k.t)
	if after := k.victim.stamps(k.t); !maps.Equal(before, after) {
		k.t.Errorf("a run with nothing to do has written:\n%s", out)
	}
	k.victim.run(k.t, "--full")
	if after := k.victim.stamps(k.t); !maps.Equal(before, after) {
		k.t.Error("a full run with nothing to do has written")
	}
}
