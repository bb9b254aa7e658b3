package main

import (
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// TestServiceOneAddressDoesNotKeepOthersOut: while one address holds as many silent
// connections as it gets, another one is answered before the first of them has to go.
// All of 127.0.0.0/8 is this machine, on Linux without further ado.
func TestServiceOneAddressDoesNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.starts(t)
	from := func(address string) *net.Dialer {
		return &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	}
	var first net.Conn
	for range 4 * maxConnections {
		silent, err := from("127.0.0.2").DialContext(t.Context(), "tcp", strings.TrimPrefix(service.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = silent.Close() }) // or the service has
		if first == nil {
			first = silent
		}
	}
	client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true, DialContext: from("127.0.0.3").DialContext}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, service.url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatalf("%v; want an answer", err)
	}
	if !isOpen(t, first) {
		t.Error("the answer came when the first silent connection was gone, want it before")
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("%s (%v), want 200", answer.Status, err)
	}
}

// TestServiceHearsTheTrackerBesideSlowBodies: several addresses that hold all places
// for bodies and do not go on lose them before the tracker's webhook gives up.
func TestServiceHearsTheTrackerBesideSlowBodies(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 1, nil)
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.starts(t)
	begin := "POST /webhooks/openproject HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OP-Signature: sha1=" + strings.Repeat("0", 40) + "\r\nContent-Length: 9\r\n\r\nx"
	for i := range maxBodies {
		from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+i/maxBodiesOfOne))}}
		slow, err := from.DialContext(t.Context(), "tcp", strings.TrimPrefix(service.url, "http://"))
		if err == nil {
			_, err = slow.Write([]byte(begin))
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = slow.Close() }) // or the service has
	}
	source.touch(1, 1)
	body := source.tracker.HookBody("work_package:updated", 1)
	if got := service.post(t, string(body), signed(body)); got != http.StatusAccepted {
		t.Errorf("the tracker's webhook: %d, want 202", got)
	}
}

// isOpen tells whether the other side has not closed a connection on which it says
// nothing.
func isOpen(t *testing.T, c net.Conn) bool {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	_, err := c.Read(make([]byte, 1))
	return errors.Is(err, os.ErrDeadlineExceeded)
}
