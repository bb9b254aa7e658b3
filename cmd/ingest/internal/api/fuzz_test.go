package api_test

import (
	"net/http"
	"net/url"
	"testing"

	"ingest/cmd/ingest/internal/api"
)

// FuzzRequests asks with anything: the answer is one that the document describes,
// and the service is never to blame.
func FuzzRequests(f *testing.F) {
	for _, seed := range []struct{ method, path, query, body string }{
		{"POST", "runs", "", `{"ids":[1,2],"dry_run":true}`}, {"POST", "runs", "", `{"kind":"full","full":true}`}, {"GET", "runs", "limit=3", ""},
		{"GET", "entries", "state=attention&q=caf%C3%A9+%25_%5C&page=2&per_page=3&dead=true&duplicates=false", ""}, {"GET", "entries", "q=%00%FF\x80", ""},
		{"GET", "entries/1", "", ""}, {"POST", "entries/1/refresh", "", "{}"}, {"GET", "runs/20261122T120000.000-1", "", ""}, {"GET", "../..//x", "", ""}, {"PATCH", "runs/", "", "x"},
	} {
		f.Add(seed.method, seed.path, seed.query, seed.body)
	}
	w := newWorld(f, api.Options{})
	w.entry(f, 1)
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		target, err := url.Parse(w.server.URL + "/api/v1/x")
		if err != nil {
			t.Fatal(err)
		}
		target.Path, target.RawQuery = "/api/v1/"+path, query
		if target.Path == "/api/v1/events" {
			t.Skip("a stream")
		}
		r, err := http.NewRequestWithContext(t.Context(), method, target.String(), nil)
		if err != nil {
			t.Skip("no request")
		}
		r = request(t, method, r.URL.String(), runToken, body)
		response, err := w.server.Client().Transport.RoundTrip(r)
		if err != nil {
			t.Skip("not HTTP: ", err)
		}
		if err := response.Body.Close(); err != nil {
			t.Error(err)
		}
		if response.StatusCode == http.StatusBadRequest && response.Header.Get("X-Content-Type-Options") == "" {
			t.Skip("net/http's own: no handler has seen it")
		}
		// What waits already is not the service's fault, nor the point here.
		if response.StatusCode >= 500 && response.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s %s %q: %d", method, target, body, response.StatusCode)
		}
		if response.StatusCode < 300 || response.StatusCode >= 400 { // an address that is not clean is led to the clean one
			w.send(t, request(t, method, r.URL.String(), runToken, body))
		}
	})
}
