package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

// TestServiceReadsItsConfigurationAgain: after SIGHUP a new schedule and new secrets
// hold; a configuration with a mistake changes nothing and the log says why.
func TestServiceReadsItsConfigurationAgain(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 2, nil)
	site := newKillSite(t, source.serviceConfig(""), nil)
	service := site.serve(t)
	service.starts(t)
	reload := func(config, told string) {
		t.Helper()
		n := service.log.count(told)
		site.put(t, "config.yaml", config)
		service.signal(t, syscall.SIGHUP)
		service.log.await(t, told, n+1)
	}
	reread := `msg="configuration read again"`

	reload(source.serviceConfig("schedule: [{cron: '@every 1s', run: full}]\n"), reread)
	service.log.await(t, `msg="run begins".* kind=full trigger=schedule`, 2)

	other := strings.Replace(source.serviceConfig("schedule: [{cron: '@every 1h'}]\n"), serviceSecret, "another one", 1)
	reload(other, reread)
	if got := service.hook(t, source, "work_package:updated", 1); got != http.StatusUnauthorized {
		t.Errorf("the old secret: %d, want 401", got)
	}
	reload(source.serviceConfig("schedule: [{cron: '@every 1s', run: links}]\n"), reread)
	source.touch(1, 1)
	if got := service.hook(t, source, "work_package:updated", 1); got != http.StatusAccepted {
		t.Errorf("the new secret: %d, want 202", got)
	}
	service.log.await(t, `msg="run begins".* kind=links`, 1)

	for name, tc := range map[string]struct{ config, error, hint string }{
		"no YAML":          {"tracker: [", "config.yaml", ""},
		"an unknown key":   {source.serviceConfig("schedul: []\n"), "schedul", "schedule"},
		"a wrong cron":     {source.serviceConfig("schedule: [{cron: 'at two'}]\n"), "at two", "minute, hour"},
		"no such zone":     {source.serviceConfig("schedule: [{cron: '0 2 * * *', timezone: Mars/Olympus}]\n"), "Mars/Olympus", "Europe/Berlin"},
		"a short token":    {strings.Replace(source.serviceConfig(""), "server: {", "server: {tokens: [{name: ci, token: short, scopes: [run]}], ", 1), "server.tokens", "openssl"},
		"a hash that none": {strings.Replace(source.serviceConfig(""), "server: {", "server: {users: [{name: ana, password_hash: secret}], ", 1), "password_hash", "ingest passwd"},
		"an archetype":     {source.serviceConfig("output: {archetype: none.yaml}\n"), "none.yaml", ""},
		"a site's rule":    {source.serviceConfig("links: {sites: [{hosts: ['['], policy: strip}]}\n"), "is no host", "write a host as"},
	} {
		t.Run(name, func(t *testing.T) {
			refused := service.log.count(`configuration not taken over`)
			site.put(t, "config.yaml", tc.config)
			service.signal(t, syscall.SIGHUP)
			line := service.log.await(t, `configuration not taken over[^\n]*`, refused+1)[0]
			if !strings.Contains(line, tc.error) || !strings.Contains(line, tc.hint) {
				t.Errorf("the log says %s, want %q and %q", line, tc.error, tc.hint)
			}
			links := service.log.count(`kind=links`)
			service.log.await(t, `kind=links`, links+2)
		})
	}
	source.touch(1, 2)
	if got := service.hook(t, source, "work_package:updated", 1); got != http.StatusAccepted {
		t.Errorf("the secret from before the mistakes: %d, want 202", got)
	}
	if code := service.stop(t, syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// TestServiceTellsWhomANewConfigurationNames: after SIGHUP messages go where the new
// configuration says.
func TestServiceTellsWhomANewConfigurationNames(t *testing.T) {
	t.Parallel()
	told := make(chan string, 10)
	chat := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		told <- string(text)
	}))
	t.Cleanup(chat.Close)
	source := newServiceSource(t, 1, nil)
	config := source.serviceConfig("schedule: [{cron: '@every 1s', run: full}]\n")
	site := newKillSite(t, config, nil)
	service := site.serve(t)
	service.starts(t)
	site.put(t, "config.yaml", config+"notify: {webhook: '"+chat.URL+"/hook'}\n")
	service.signal(t, syscall.SIGHUP)
	service.log.await(t, `configuration read again`, 1)
	source.tracker.SetFault(func(*http.Request) *openprojecttest.Fault {
		return &openprojecttest.Fault{Status: http.StatusForbidden}
	})
	select {
	case text := <-told:
		if !strings.Contains(text, "full") {
			t.Errorf("told %s, want the full run that was stopped", text)
		}
	case <-time.After(patience):
		t.Errorf("nobody was told\n%s", service.log.tail())
	}
}

// TestServiceFinishesWhatIsAtHand: SIGTERM lets the pages that are being read be
// read, begins nothing else, and ends well.
func TestServiceFinishesWhatIsAtHand(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]syscall.Signal{"SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gate := newGate()
			source := newServiceSource(t, 30, gate.pass)
			site := newKillSite(t, source.serviceConfig("workers: 2\n"), nil)
			service := site.serve(t)
			gate.reached(t, 2)
			service.signal(t, signal)
			service.log.await(t, `the service is stopping`, 1)
			gate.open()
			if code := service.exit(t); code != exitDone {
				t.Errorf("exit code %d, want 0\n%s", code, service.log.tail())
			}
			want := source.fresh(t)
			got := site.read(t)
			documents := 0
			for name, text := range got {
				if text != want[name] {
					t.Errorf("%s is not whole", name)
				}
				if strings.HasSuffix(name, ".md") {
					documents++
				}
			}
			if documents < 2 || documents > 4 {
				t.Errorf("%d documents, want the two that were at hand", documents)
			}
			noTemp(t, site)
			site.serve(t).converges(t, want)
		})
	}
}

// TestServiceEndsWhileAPageHangs: what does not come to its end within
// shutdown_timeout is broken off, and every file is whole. A second signal does not
// wait for that.
func TestServiceEndsWhileAPageHangs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		timeout string
		signals int
		code    int
	}{
		"one SIGTERM":  {"1s", 1, exitDone},
		"two SIGTERMs": {"1h", 2, -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gate := newGate()
			source := newServiceSource(t, 5, func(r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/p/3") || strings.HasPrefix(r.URL.Path, "/i/4") {
					gate.pass(r)
				}
			})
			site := newKillSite(t, strings.Replace(source.serviceConfig(""), "20s", tc.timeout, 1), nil)
			service := site.serve(t)
			gate.reached(t, 2)
			slow := service.dial(t) // a client that never ends its request does not hold it up either
			if _, err := slow.Write([]byte("POST /webhooks/openproject HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n")); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			for n := range tc.signals {
				service.signal(t, syscall.SIGTERM)
				if n == 0 {
					service.log.await(t, `the service is stopping`, 1)
				}
			}
			if code := service.exit(t); code != tc.code {
				t.Errorf("exit code %d, want %d\n%s", code, tc.code, service.log.tail())
			}
			took := time.Since(began)
			t.Logf("ended after %v", took)
			if took > 19*time.Second { // a busy machine may be slow, but the default of 20 s was not waited for
				t.Errorf("it took %v", took)
			}
			gate.open()
			want := source.fresh(t)
			for name, text := range site.read(t) {
				if text != want[name] {
					t.Errorf("%s is not whole", name)
				}
			}
			if tc.signals == 1 {
				noTemp(t, site)
			}
			site.serve(t).converges(t, want)
		})
	}
}

// gate holds up requests until it is opened.
type gate struct {
	open func()
	pass func(*http.Request)
	came chan struct{}
}

func newGate() *gate {
	opened := make(chan struct{})
	g := &gate{came: make(chan struct{}, 1000), open: sync.OnceFunc(func() { close(opened) })}
	g.pass = func(r *http.Request) {
		g.came <- struct{}{}
		select {
		case <-opened:
		case <-r.Context().Done(): // the client is gone
		}
	}
	return g
}

// reached waits until n requests stand at the gate.
func (g *gate) reached(t *testing.T, n int) {
	t.Helper()
	late := time.After(patience)
	for range n {
		select {
		case <-g.came:
		case <-late:
			t.Fatal("nobody came to the gate")
		}
	}
}

// noTemp makes sure that nothing temporary is left over.
func noTemp(t *testing.T, site *killSite) {
	t.Helper()
	for p := range site.stamps(t) {
		if isTemp(p) {
			t.Errorf("%s is left over", p)
		}
	}
	wantFiles(t, site.temp())
}
