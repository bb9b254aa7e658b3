package fetch_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"ingest/enrich/fetch"
)

func TestHeadAsksForHeadersAlone(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Method+" "+r.URL.Path)
		mu.Unlock()
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/page", http.StatusMovedPermanently)
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Length", "4711")
		}
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Retry: fetch.Retry{Attempts: 3, Base: 1}})
	res, body := mustGet(t, c, fetch.Request{URL: s.URL + "/moved", Head: true})
	if body != "" || res.Type != "" || res.Declared != "text/html" || len(res.Hops) != 2 || res.URL != s.URL+"/page" {
		t.Errorf("body %q, type %q, declared %q, %d hops to %s; want an empty body behind two hops", body, res.Type, res.Declared, len(res.Hops), res.URL)
	}
	_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/busy", Head: true})
	if e := asKind(t, err, fetch.Status); e.Status != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", e.Status)
	}
	if got, want := strings.Join(asked, ", "), "HEAD /moved, HEAD /page, HEAD /busy"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

func TestRobotsStatusTellsWhyNobodyWasAsked(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: fetch.Obey})
	_, err := c.Get(t.Context(), fetch.Request{URL: s.URL})
	if e := asKind(t, err, fetch.Disallowed); e.RobotsStatus() != http.StatusBadGateway || e.Status != 0 {
		t.Errorf("robots status %d, status %d; want 502, 0", e.RobotsStatus(), e.Status)
	}
	c = newClient(t, fetch.Options{AllowPrivate: loopback()})
	_, err = c.Get(t.Context(), fetch.Request{URL: s.URL})
	if e := asKind(t, err, fetch.Status); e.RobotsStatus() != 0 {
		t.Errorf("robots status %d, want 0", e.RobotsStatus())
	}
}
