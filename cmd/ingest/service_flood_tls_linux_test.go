package main

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ingest/openproject/webhook"
)

// TestServiceUnderFloodOfStreams: HTTP/2 puts many requests on one connection. An
// address that sends as many bodies as it can and ends none costs bounded memory, and
// the webhooks of another are taken meanwhile.
func TestServiceUnderFloodOfStreams(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 3, nil)
	config := strings.Replace(source.serviceConfig("schedule: [{cron: '@every 1s'}]\n"), "server: {", "server: {tls: {cert_file: c.pem, key_file: k.pem}, ", 1)
	for name, signature := range map[string]string{
		"no signature":    "",
		"a made-up one":   "sha1=" + strings.Repeat("0", 40),
		"none that could": "sha1=00",
	} {
		t.Run(name, func(t *testing.T) {
			site := newKillSite(t, config, nil)
			site.certify(t, "c.pem", "k.pem")
			service := site.serve(t)
			service.starts(t)
			before, _ := resident(service.process.Process.Pid)
			runs := service.log.count(`msg="run ended"`)
			end := service.streams(t, "127.0.0.2", signature)
			source.touch(1, 1)
			body := source.tracker.HookBody("work_package:updated", 1)
			if got := postStream(t.Context(), overTLS(t, "127.0.0.3"), service.url, signed(body), strings.NewReader(string(body))); got != http.StatusAccepted {
				t.Errorf("another address's webhook: %d, want 202", got)
			}
			service.log.await(t, `msg="run ended"`, runs+2)
			end()
			_, peak := resident(service.process.Process.Pid)
			t.Logf("%s: peak %d MB", name, peak>>20)
			if most := before + 150<<20; peak > most && !underRace { // which keeps a shadow of all memory
				t.Errorf("resident memory reached %d MB, want at most %d", peak>>20, most>>20)
			}
			if code := service.stop(t, syscall.SIGTERM); code != exitDone {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// streams sends bodies that are nearly as long as they may be and do not end, for some
// seconds, from an address, in as few connections as there can be.
func (v *servedSite) streams(t *testing.T, from, signature string) (end func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), headerTime)
	client := overTLS(t, from)
	filler := strings.Repeat("x", webhook.MaxBody-100)
	var sending sync.WaitGroup
	for range 480 {
		sending.Go(func() {
			never, unblock := io.Pipe()
			defer func() { _ = unblock.Close() }() // a pipe's end does not fail
			postStream(ctx, client, v.url, signature, io.MultiReader(strings.NewReader(filler), never))
		})
	}
	return func() {
		sending.Wait()
		cancel()
	}
}

// postStream sends a webhook, and returns the status of the answer, 0 without one.
func postStream(ctx context.Context, client *http.Client, url, signature string, body io.Reader) int {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/webhooks/openproject", body)
	if err != nil {
		return 0
	}
	if signature != "" {
		r.Header.Set(webhook.Header, signature)
	}
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close() // nothing is read
	return answer.StatusCode
}

// overTLS is a client that speaks HTTP/2 from an address of 127.0.0.0/8, all of which
// is this machine on Linux.
func overTLS(t *testing.T, from string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: 5 * time.Second}
	transport := &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // it is our own
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}
