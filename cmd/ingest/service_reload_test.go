package main

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// TestServiceRefusesOnReloadWhatAStartRefuses: what of a configuration holds only after
// a restart is judged as it is written, so that a reload neither opens a service that
// was closed nor leaves a file with which the next start fails.
func TestServiceRefusesOnReloadWhatAStartRefuses(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	const token = "tokens: [{name: ci, token: 0123456789abcdef0123, scopes: [run]}], "
	server := func(listen, more string) string {
		return strings.NewReplacer("127.0.0.1:0", listen, "server: {", "server: {"+more).Replace(source.serviceConfig(""))
	}
	for name, tc := range map[string]struct{ before, after, error, hint string }{
		"everybody may come":        {server("127.0.0.1:0", token), server("0.0.0.0:0", ""), "can be reached from other machines", "ingest passwd"},
		"everybody, as it listens":  {server("0.0.0.0:0", token), server("127.0.0.1:0", ""), "can be reached from other machines", "ingest passwd"},
		"a certificate, not there":  {server("127.0.0.1:0", token), server("127.0.0.1:0", token+"tls: {cert_file: nope.pem, key_file: nope.pem}, "), "server.tls: the certificate: open", "PEM"},
		"no address of any machine": {server("127.0.0.1:0", token), server("localhost", token), "server.listen", "127.0.0.1:8085"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := newKillSite(t, tc.before, nil)
			service := site.serve(t)
			service.starts(t)
			site.put(t, "config.yaml", tc.after)
			service.signal(t, syscall.SIGHUP)
			line := service.log.await(t, `configuration (?:not taken over|read again)[^\n]*`, 1)[0]
			if !strings.Contains(line, "not taken over") || !strings.Contains(line, tc.error) || !strings.Contains(line, tc.hint) {
				t.Errorf("the log says %s, want that it is not taken over, %q and %q", line, tc.error, tc.hint)
			}
			if got := service.status(t, "/api/v1/entries"); got != http.StatusUnauthorized {
				t.Errorf("without a token: %d, want 401", got)
			}
		})
	}
}

// TestServiceSaysThatNobodySignsInAnyMore: on loopback a service may be open, as at a
// start; but who closed it before is told.
func TestServiceSaysThatNobodySignsInAnyMore(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	open := source.serviceConfig("")
	closed := strings.Replace(open, "server: {", "server: {tokens: [{name: ci, token: 0123456789abcdef0123, scopes: [run]}], ", 1)
	site := newKillSite(t, closed, nil)
	service := site.serve(t)
	service.starts(t)
	for i, tc := range []struct {
		config       string
		status, told int
	}{{closed, http.StatusUnauthorized, 0}, {open, http.StatusOK, 1}, {open, http.StatusOK, 1}, {closed, http.StatusUnauthorized, 1}} {
		t.Run(fmt.Sprint("reload ", i+1), func(t *testing.T) {
			site.put(t, "config.yaml", tc.config)
			service.signal(t, syscall.SIGHUP)
			service.log.await(t, `configuration read again`, i+1)
			if got := service.status(t, "/api/v1/entries"); got != tc.status {
				t.Errorf("without a token: %d, want %d", got, tc.status)
			}
			if told := service.log.count(`level=WARN msg="nobody has to sign in any more`); told != tc.told {
				t.Errorf("told %d times that nobody has to sign in, want %d", told, tc.told)
			}
		})
	}
}

// status is that of the answer to a request of nobody.
func (v *servedSite) status(t *testing.T, path string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, v.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	return answer.StatusCode
}
