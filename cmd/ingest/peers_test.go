package main

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
	"ingest/output/archetype"
	"ingest/pipeline"
)

// The defects of programs that do a like job, where only the whole program
// shows them.

// TestPeersPutTheWholeSourceIntoFrontMatter: every page of the site carries the
// tracker's JSON about it, with names and links that are nobody's business.
func TestPeersPutTheWholeSourceIntoFrontMatter(t *testing.T) {
	source := newKillSource(t, 12)
	source.tracker.Update(7, func(w *openprojecttest.WorkPackage) { w.Fields["Insights Description"] = "not configured" })
	for _, name := range archetype.Builtins() {
		site := newKillSite(t, source.config()+"output: {archetype: "+name+"}\n", nil)
		site.run(t, "--wp", "7", "--wp", "10")
		for file, text := range site.read(t) {
			if !strings.HasSuffix(file, ".md") {
				continue
			}
			for _, no := range []string{"_links", "_type", "_embedded", "lockVersion", "customField", "not configured", "medigy-curation", "/users/", "derivedStartDate"} {
				if strings.Contains(text, no) {
					t.Errorf("%s: %s holds %q", name, file, no)
				}
			}
		}
	}
}

// TestPeersWriteInADryRun: a rehearsal leaves files, folders or a memory behind.
func TestPeersWriteInADryRun(t *testing.T) {
	source := newKillSource(t, 12)
	empty := newKillSite(t, source.config(), nil)
	empty.run(t, "--dry-run")
	wantFiles(t, empty.dir, "config.yaml")
	wantFiles(t, empty.temp())

	site := newKillSite(t, source.config(), nil)
	site.run(t)
	source.edit(4, 1)
	site.put(t, "config.yaml", source.config()+"site: {masthead: OTHER}\n")
	before, state := site.stamps(t), readFile(t, filepath.Join(site.dir, ".ingest/state.db"))
	for _, args := range [][]string{{"--dry-run"}, {"--dry-run", "--full"}, {"--dry-run", "--wp", "4"}, {"render", "--dry-run"}} {
		out := site.run(t, args...)
		if !strings.Contains(out, "\n+") {
			t.Errorf("%v shows no difference:\n%.300s", args, out)
		}
		if after := site.stamps(t); !maps.Equal(before, after) || readFile(t, filepath.Join(site.dir, ".ingest/state.db")) != state {
			t.Errorf("%v has written", args)
		}
	}
	wantFiles(t, site.temp())
}

func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil || len(found) != len(want) {
		t.Errorf("in the folder are %v (error %v), want %v", found, err, want)
	}
}

// TestPeersSkipBehindALockUnseen: a run that finds another one active ends as if
// all were well, and the report of the night before goes on standing.
func TestPeersSkipBehindALockUnseen(t *testing.T) {
	source := newKillSource(t, 12)
	site := newKillSite(t, source.config(), nil)
	site.run(t, "--wp", "1", "--report", "report.json") // last night's
	asked := make(chan struct{}, 100)
	source.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.HasSuffix(r.URL.Path, "/attachments") {
			asked <- struct{}{}
			return &openprojecttest.Fault{Delay: time.Hour}
		}
		return nil
	})
	active := site.command(t.Context())
	if err := active.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked // it holds the lock and waits for the tracker
	for _, args := range [][]string{{"--report", "report.json"}, {"--full", "--report", "report.json"}, {"render", "--report", "report.json"}} {
		out, err := site.command(t.Context(), args...).CombinedOutput()
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok || exit.ExitCode() != exitBusy {
			t.Errorf("%v: %v, want exit code %d", args, err, exitBusy)
		}
		owner := regexp.MustCompile(`another run is active since \d\d:\d\d \(pid (\d+) on host \S+, \d+ (?:seconds|minutes)\)`)
		said := owner.FindStringSubmatch(string(out))
		if said == nil || said[1] != strconv.Itoa(active.Process.Pid) || !strings.Contains(string(out), "hint: wait until it has ended") {
			t.Errorf("%v: said %q, want owner %d, age and a hint", args, out, active.Process.Pid)
		}
		var report pipeline.Report
		if err := json.Unmarshal([]byte(readFile(t, filepath.Join(site.dir, "report.json"))), &report); err != nil {
			t.Fatal(err)
		}
		if !owner.MatchString(report.Error) || report.Hint == "" || len(report.Items) != 0 {
			t.Errorf("%v: the report says %+v, want the other run as its error", args, report)
		}
	}
	if err := active.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = active.Wait() // killed
	source.tracker.SetFault(nil)
	site.run(t, "--wp", "1") // what a dead run has locked is free
}
