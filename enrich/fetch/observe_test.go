package fetch_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/enrich/fetch"
)

// seen keeps what an observer is told, as "kind status".
type seen struct {
	mu    sync.Mutex
	lines []string
	took  []time.Duration
}

func (s *seen) observe(kind fetch.Kind, status int, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, strings.TrimSpace(fmt.Sprintf("%s %d", kind, status)))
	s.took = append(s.took, took)
}

func TestObserverIsToldOfEachExchange(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	times := 0
	web := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /private\n")
		case "/from":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/weak":
			if times++; times == 1 {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/page":
			w.Header().Set("ETag", `"1"`)
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			_, _ = io.WriteString(w, "page")
		}
	})
	cases := []struct {
		name    string
		robots  fetch.Robots
		request fetch.Request
		want    []string
	}{
		{"an answer", "", fetch.Request{URL: web.URL + "/page"}, []string{"200"}},
		{"a redirect and what it leads to", "", fetch.Request{URL: web.URL + "/from"}, []string{"302", "200"}},
		{"asked again", "", fetch.Request{URL: web.URL + "/weak"}, []string{"status 503", "200"}},
		{"a refusal", "", fetch.Request{URL: web.URL + "/gone"}, []string{"status 410"}},
		{"not modified", "", fetch.Request{URL: web.URL + "/page", Validators: fetch.Validators{ETag: `"1"`}}, []string{"304"}},
		{"nothing listens", "", fetch.Request{URL: "http://" + closed.Addr().String()}, []string{"refused 0"}},
		{"a private address", "", fetch.Request{URL: "http://10.0.0.1/"}, []string{"blocked 0"}},
		{"robots.txt read, and forbids", fetch.Obey, fetch.Request{URL: web.URL + "/private"}, []string{"200", "disallowed 0"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got seen
			client := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: c.robots, Observe: got.observe,
				Retry: fetch.Retry{Attempts: 2, Base: time.Millisecond}})
			_, _, _ = get(t, client, c.request) // the observer's words count here
			if !slices.Equal(got.lines, c.want) {
				t.Errorf("told %q, want %q", got.lines, c.want)
			}
			for i, line := range got.lines {
				if asked := line != "disallowed 0"; asked != (got.took[i] > 0) {
					t.Errorf("%q took %s", line, got.took[i])
				}
			}
		})
	}
}
