package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
)

// TestServiceRefusesWhatIsNotSigned: a request without the tracker's signature gets
// 401, and nothing is done for it: no run, no file, no request to the tracker.
func TestServiceRefusesWhatIsNotSigned(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 3, nil)
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.starts(t)
	source.touch(1, 1)
	body := string(source.tracker.HookBody("work_package:updated", 1))
	good := signed([]byte(body))
	if got := service.post(t, body, good); got != http.StatusAccepted {
		t.Fatalf("the true request: %d, want 202", got)
	}
	service.log.await(t, `msg="run ended".* kind=named`, 1)
	sameTree(t, "after the true request", service.read(t), source.fresh(t))

	source.touch(2, 1) // a change that only a valid event would tell of
	later := string(source.tracker.HookBody("work_package:updated", 2))
	fits := signed([]byte(later))
	before, runs := service.stamps(t), service.log.count(`msg="run begins"`)
	source.tracker.ForgetRequests()
	for name, tc := range map[string]struct{ body, signature string }{
		"no signature":            {later, ""},
		"an empty sum":            {later, "sha1="},
		"another secret's":        {later, openprojecttest.Sign([]byte(later), "guessed")},
		"an empty secret's":       {later, openprojecttest.Sign([]byte(later), "")},
		"another body's":          {later, good},
		"a changed body":          {strings.Replace(later, `"id":2`, `"id":3`, 1), fits},
		"a body with a space":     {later + " ", fits},
		"half a body":             {later[:len(later)/2], fits},
		"half a signature":        {later, fits[:len(fits)/2]},
		"one digit less":          {later, fits[:len(fits)-1]},
		"one digit more":          {later, fits + "0"},
		"without its scheme":      {later, strings.TrimPrefix(fits, "sha1=")},
		"another scheme":          {later, strings.Replace(fits, "sha1", "sha256", 1)},
		"not hexadecimal":         {later, "sha1=" + strings.Repeat("z", 40)},
		"a list of two":           {later, fits + "," + fits},
		"an empty body, unsigned": {"", ""},
	} {
		if got := service.post(t, tc.body, tc.signature); got != http.StatusUnauthorized {
			t.Errorf("%s: %d, want 401", name, got)
		}
	}
	if got := service.post(t, "", signed(nil)); got != http.StatusBadRequest {
		t.Errorf("a signed body that says nothing: %d, want 400", got)
	}
	if got := service.post(t, body, good); got != http.StatusUnauthorized && got != http.StatusNoContent {
		t.Errorf("replayed: %d, want 401, or 204 for a state that was looked at", got)
	}
	service.cutShort(t, later, fits)
	service.rests(t)
	if asked := source.tracker.Requests(); len(asked) > 0 {
		t.Errorf("the tracker was asked: %v", asked[0])
	}
	if now := service.log.count(`msg="run begins"`); now != runs {
		t.Errorf("%d runs began", now-runs)
	}
	if !maps.Equal(before, service.stamps(t)) {
		t.Error("something was written")
	}
	if service.log.count(serviceSecret)+service.log.count(fits) > 0 {
		t.Error("the log holds a secret or a signature that is valid")
	}
	if got := service.post(t, later, fits); got != http.StatusAccepted {
		t.Errorf("and the true one: %d, want 202", got)
	}
	service.converges(t, source.fresh(t))
}

// TestServiceKnowsReplaysOfWaitingEvents: a recorded request that comes again before
// its work package was looked at is refused; so is each of many at once but one.
func TestServiceKnowsReplaysOfWaitingEvents(t *testing.T) {
	t.Parallel()
	source := newServiceSource(t, 2, nil)
	service := newKillSite(t, source.serviceConfig(""), nil).serve(t)
	service.starts(t)
	gate := newGate() // no look comes to its end, however long the requests take
	defer gate.open()
	source.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		gate.pass(r)
		return nil
	})
	for id := int64(1); id <= 2; id++ {
		source.touch(id, 1)
		body := source.tracker.HookBody("work_package:updated", id)
		statuses := make(chan int, 20)
		for range cap(statuses) {
			go func() { statuses <- service.post(t, string(body), signed(body)) }()
		}
		got := map[int]int{}
		for range cap(statuses) {
			got[<-statuses]++
		}
		if want := map[int]int{http.StatusAccepted: 1, http.StatusUnauthorized: 19}; !maps.Equal(got, want) {
			t.Errorf("the same request 20 times: answers %v, want %v", got, want)
		}
	}
}

// cutShort announces a whole body, sends half of it and hangs up.
func (v *servedSite) cutShort(t *testing.T, body, signature string) {
	t.Helper()
	c := v.dial(t)
	fmt.Fprintf(c, "POST /webhooks/openproject HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OP-Signature: %s\r\nContent-Length: %d\r\n\r\n%s", signature, len(body), body[:len(body)/2])
	if half, ok := c.(*net.TCPConn); !ok || half.CloseWrite() != nil {
		t.Fatal("cannot hang up")
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("cut short: %d (%v), want 401", answer.StatusCode, err)
	}
}

// dial opens a connection to the service, closed at the test's end.
func (v *servedSite) dial(t *testing.T) net.Conn {
	t.Helper()
	var d net.Dialer
	c, err := d.DialContext(context.WithoutCancel(t.Context()), "tcp", strings.TrimPrefix(v.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}
