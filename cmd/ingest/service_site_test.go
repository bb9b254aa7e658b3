package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
	"ingest/pipeline/hint"
)

// The service is tested from outside: `ingest serve` as a process of its own, on a
// site that runs write, between a fake tracker and fake source pages on loopback.

const (
	serviceSecret = "the webhook's secret"
	// patience is how long a test waits for what must come: much longer than it
	// takes, since other tests want the processors as well.
	patience = 60 * time.Second
)

// newServiceSource is a killSource whose site asks gate before it answers.
func newServiceSource(t *testing.T, n int64, gate func(*http.Request)) *killSource {
	t.Helper()
	s := &killSource{tracker: openprojecttest.Curation(openprojecttest.Options{APIKey: "k"})}
	s.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if gate != nil && r.URL.Path != "/robots.txt" {
			gate(r)
		}
		s.serve(w, r)
	}))
	t.Cleanup(s.site.Close)
	for id := int64(1); id <= n; id++ {
		s.add(id)
	}
	if err := s.tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.tracker.Close)
	return s
}

// touch changes a work package so that a new tree shows it in the same way as one
// that followed the change: its title, of which addresses are made, stays.
func (s *killSource) touch(id int64, round int) {
	s.tracker.Update(id, func(w *openprojecttest.WorkPackage) {
		text, _, _ := strings.Cut(w.Description, "\nState ")
		w.Description = fmt.Sprintf("%s\nState %d of %d.\n", text, round, id)
		w.Fields["Medigy Topics"] = []string{fmt.Sprint("Topic ", id%9), fmt.Sprint("Round ", round%7)}
	})
}

// serviceConfig is the configuration of a service over the source; more is YAML
// that comes behind it.
func (s *killSource) serviceConfig(more string) string {
	return s.config() + fmt.Sprintf("server: {listen: '127.0.0.1:0', webhook_secrets: [%q], shutdown_timeout: 20s}\n", serviceSecret) + more
}

// servedSite is `ingest serve` on a site.
type servedSite struct {
	*killSite
	process *exec.Cmd
	log     *journal
	url     string
	ended   chan error // of the process; gets one
}

// serve starts the service on a site and waits until it listens. It is killed at
// the test's end, when it is still there.
func (s *killSite) serve(t *testing.T, args ...string) *servedSite {
	t.Helper()
	return s.begin(t, func(*servedSite) {}, append([]string{"serve"}, args...)...)
}

func (s *killSite) begin(t *testing.T, prepare func(*servedSite), args ...string) *servedSite {
	t.Helper()
	v := &servedSite{killSite: s, process: s.command(context.Background(), args...), log: &journal{}, ended: make(chan error, 1)}
	v.process.Stdout, v.process.Stderr = v.log, v.log
	prepare(v)
	if err := v.process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { v.ended <- v.process.Wait(); v.log.close() }()
	t.Cleanup(func() { _ = v.process.Process.Kill() }) // or it has ended
	v.url = v.log.await(t, `ingest serves on (\S+)`, 1)[1]
	return v
}

// stop ends the service with a signal and returns its exit code, -1 where it was
// the signal itself that ended it.
func (v *servedSite) stop(t *testing.T, signal syscall.Signal) int {
	t.Helper()
	v.signal(t, signal)
	return v.exit(t)
}

func (v *servedSite) signal(t *testing.T, signal syscall.Signal) {
	t.Helper()
	if err := v.process.Process.Signal(signal); err != nil {
		t.Fatalf("signal %v: %v\n%s", signal, err, v.log.tail())
	}
}

// exit waits for the end of the service.
func (v *servedSite) exit(t *testing.T) int {
	t.Helper()
	select {
	case err := <-v.ended:
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return exit.ExitCode()
		}
		if err != nil {
			t.Fatal(err)
		}
		return 0
	case <-time.After(patience):
		t.Fatalf("the service does not end\n%s", v.log.tail())
		return 0
	}
}

// converges waits until the tree is the wanted one. It looks again after each run.
func (v *servedSite) converges(t *testing.T, want tree) {
	t.Helper()
	for seen := 0; ; seen++ {
		ended := v.log.count(`msg="run ended"`)
		if got := v.read(t); sameFiles(got, want) {
			return
		}
		if !v.log.comes(`msg="run ended"`, ended+1) {
			sameTree(t, "after all runs", v.read(t), want)
			t.Fatalf("the tree does not become the wanted one after %d runs\n%s", seen, v.log.tail())
		}
	}
}

func sameFiles(a, b tree) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if other, there := b[name]; !there || other != text {
			return false
		}
	}
	return true
}

// fresh is the tree that `ingest --full` makes of the tracker's present state.
func (s *killSource) fresh(t *testing.T) tree {
	t.Helper()
	site := newKillSite(t, s.config(), nil)
	site.run(t, "--full")
	return site.read(t)
}

// journal keeps what a process prints, and lets others wait for it.
type journal struct {
	mu     sync.Mutex
	text   bytes.Buffer
	change chan struct{} // closed when there is more, or there will be no more
	closed bool
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.text.Write(b)
	j.tell()
	return len(b), nil
}

func (j *journal) tell() {
	if j.change != nil {
		close(j.change)
		j.change = nil
	}
}

func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
	j.tell()
}

// find returns all matches and what tells of more; nil when no more can come.
func (j *journal) find(pattern string) ([][]string, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	found := regexp.MustCompile(pattern).FindAllStringSubmatch(j.text.String(), -1)
	if j.closed {
		return found, nil
	}
	if j.change == nil {
		j.change = make(chan struct{})
	}
	return found, j.change
}

func (j *journal) count(pattern string) int {
	found, _ := j.find(pattern)
	return len(found)
}

// comes waits for the nth match.
func (j *journal) comes(pattern string, nth int) bool {
	late := time.After(patience)
	for {
		found, more := j.find(pattern)
		if len(found) >= nth {
			return true
		}
		if more == nil {
			return false
		}
		select {
		case <-more:
		case <-late:
			return false
		}
	}
}

// await waits for the nth match and returns its groups.
func (j *journal) await(t *testing.T, pattern string, nth int) []string {
	t.Helper()
	if !j.comes(pattern, nth) {
		t.Fatalf("%q did not come %d times\n%s", pattern, nth, j.tail())
	}
	found, _ := j.find(pattern)
	return found[nth-1]
}

// tail is the end of what was printed.
func (j *journal) tail() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	text := j.text.String()
	return text[max(0, len(text)-4000):]
}

// post sends a request to the service and returns its status.
func (v *servedSite) post(t *testing.T, body, signature string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.url+"/webhooks/openproject", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if signature != "" {
		r.Header.Set("X-OP-Signature", signature)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

// hook tells the service of an event as the tracker would.
func (v *servedSite) hook(t *testing.T, source *killSource, action string, id int64) int {
	t.Helper()
	body := source.tracker.HookBody(action, id)
	return v.post(t, string(body), signed(body))
}

// starts waits until the run at the start has ended.
func (v *servedSite) starts(t *testing.T) {
	t.Helper()
	v.log.await(t, `msg="run ended".* kind=(incremental|full)`, 1)
}

// rests waits until no run has begun for longer than a hint takes to ripen.
func (v *servedSite) rests(t *testing.T) {
	t.Helper()
	for {
		begun := v.log.count(`msg="run begins"`)
		_, more := v.log.find("")
		quiet := time.After(hint.DefaultQuiet + time.Second)
	listening:
		for {
			select {
			case <-more:
				if _, more = v.log.find(""); more == nil {
					t.Fatalf("the service ended\n%s", v.log.tail())
				}
			case <-quiet:
				break listening
			}
		}
		if v.log.count(`msg="run begins"`) == begun && begun == v.log.count(`msg="run ended"`) {
			return
		}
	}
}

// looks counts how often each work package was asked for by its id.
func (s *killSource) looks() map[int64]int {
	looks := map[int64]int{}
	for _, r := range s.tracker.Requests() {
		if id, err := strconv.ParseInt(strings.TrimPrefix(r.Path, "/api/v3/work_packages/"), 10, 64); err == nil {
			looks[id]++
		}
	}
	return looks
}

// signed is the signature of a body as the tracker makes it.
func signed(body []byte) string { return openprojecttest.Sign(body, serviceSecret) }

// openFiles counts what a process has open; -1 where the system does not tell.
func openFiles(pid int) int {
	found, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		return -1
	}
	return len(found)
}

// resident is the memory of a process in bytes, and its peak; 0 where the system
// does not tell.
func resident(pid int) (now, peak int64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		var kilobytes int64
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kilobytes); err == nil {
			now = kilobytes << 10
		}
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); err == nil {
			peak = kilobytes << 10
		}
	}
	return now, peak
}
