package fetch_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ingest/enrich/fetch"
)

const (
	monday  = "Mon, 05 Jan 2026 10:00:00 GMT"
	tuesday = "Tue, 06 Jan 2026 10:00:00 GMT"
)

func TestValidatorsOfAnAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		header []string // name, value…
		want   fetch.Validators
	}{
		"none":                               {nil, fetch.Validators{}},
		"strong tag":                         {[]string{"ETag", `"abc"`}, fetch.Validators{ETag: `"abc"`}},
		"weak tag":                           {[]string{"ETag", `W/"abc"`}, fetch.Validators{ETag: `W/"abc"`}},
		"empty tag":                          {[]string{"ETag", `""`}, fetch.Validators{ETag: `""`}},
		"tag without quotes":                 {[]string{"ETag", `abc`}, fetch.Validators{}},
		"tag with half its quotes":           {[]string{"ETag", `"abc`}, fetch.Validators{}},
		"one quote":                          {[]string{"ETag", `"`}, fetch.Validators{}},
		"asterisk":                           {[]string{"ETag", `*`}, fetch.Validators{}},
		"weak in lower case":                 {[]string{"ETag", `w/"abc"`}, fetch.Validators{}},
		"quote within":                       {[]string{"ETag", `"a"b"`}, fetch.Validators{}},
		"two tags":                           {[]string{"ETag", `"a", "b"`}, fetch.Validators{}},
		"date":                               {[]string{"Last-Modified", monday, "Date", tuesday}, fetch.Validators{LastModified: monday}},
		"date a second old":                  {[]string{"Last-Modified", monday, "Date", "Mon, 05 Jan 2026 10:00:01 GMT"}, fetch.Validators{LastModified: monday}},
		"date of the answer":                 {[]string{"Last-Modified", monday, "Date", monday}, fetch.Validators{}},
		"date in the future":                 {[]string{"Last-Modified", tuesday, "Date", monday}, fetch.Validators{}},
		"date, answer without one":           {[]string{"Last-Modified", monday, "Date", ""}, fetch.Validators{LastModified: monday}},
		"no date at all":                     {[]string{"Last-Modified", "yesterday"}, fetch.Validators{}},
		"both":                               {[]string{"ETag", `"a"`, "Last-Modified", monday, "Date", tuesday}, fetch.Validators{ETag: `"a"`, LastModified: monday}},
		"tag stands where the date does not": {[]string{"ETag", `"a"`, "Last-Modified", "0"}, fetch.Validators{ETag: `"a"`}},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for i := 0; i < len(test.header); i += 2 {
					w.Header()[test.header[i]] = []string{test.header[i+1]}
				}
				w.Header()["Etag"] = w.Header()["ETag"]
			})
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/a#b"})
			if test.want != (fetch.Validators{}) {
				test.want.URL = s.URL + "/a#b"
			}
			if got := res.Validators(); got != test.want || res.NotModified {
				t.Errorf("got %+v, not modified %v; want %+v", got, res.NotModified, test.want)
			}
		})
	}
}

// versions serves two addresses and a redirect between them; it notes what
// conditions each address is sent, and says 304 to any.
func versions(t *testing.T) (*httptest.Server, map[string]string) {
	t.Helper()
	sent := map[string]string{}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conditions := r.Header.Get("If-None-Match") + "|" + r.Header.Get("If-Modified-Since")
		sent[r.URL.Path] = strings.Trim(conditions, "|")
		switch {
		case r.URL.Path == "/old":
			http.Redirect(w, r, "/new", http.StatusFound)
		case conditions != "|":
			w.WriteHeader(http.StatusNotModified)
		default:
			_, _ = w.Write([]byte("hello"))
		}
	})
	return s, sent
}

func TestConditionsGoWhereTheyCameFrom(t *testing.T) {
	for name, test := range map[string]struct {
		ask         string
		have        fetch.Validators // URL is a path
		old, new    string           // what each address is sent
		notModified bool
	}{
		"the address itself":               {"/new", fetch.Validators{ETag: `"1"`, LastModified: monday}, "", `"1"|` + monday, true},
		"the end of the hops":              {"/old", fetch.Validators{URL: "/new", ETag: `W/"1"`}, "", `W/"1"`, true},
		"fragments do not count":           {"/old", fetch.Validators{URL: "/new#x", LastModified: monday}, "", monday, true},
		"an address the hops do not reach": {"/old", fetch.Validators{URL: "/other", ETag: `"1"`}, "", "", false},
		"the beginning only":               {"/old", fetch.Validators{ETag: `"1"`}, `"1"`, "", false},
		"every version":                    {"/new", fetch.Validators{ETag: "*"}, "", "", false},
		"a line break":                     {"/new", fetch.Validators{ETag: "\"1\r\nX: y\"", LastModified: monday + "\r\nX: y"}, "", "", false},
		"no date":                          {"/new", fetch.Validators{LastModified: "soon"}, "", "", false},
		"none":                             {"/new", fetch.Validators{}, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s, sent := versions(t)
			if test.have.URL != "" {
				test.have.URL = s.URL + test.have.URL
			}
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			res, body := mustGet(t, c, fetch.Request{URL: s.URL + test.ask, Validators: test.have})
			if sent["/old"] != test.old || sent["/new"] != test.new {
				t.Errorf("sent %q, want old %q, new %q", sent, test.old, test.new)
			}
			if res.NotModified != test.notModified || test.notModified && (res.Status != 304 || body != "" || res.Type != "") {
				t.Errorf("not modified %v, status %d, body %q, type %q", res.NotModified, res.Status, body, res.Type)
			}
			if last := res.Hops[len(res.Hops)-1]; last.Status != res.Status || last.Visited != s.URL+"/new" {
				t.Errorf("last hop %+v", last)
			}
		})
	}
}

func TestValidatorsOfAnAnswerThatIsNotModified(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/renewed" {
			w.Header().Set("ETag", `"2"`)
		}
		w.Header().Set("Content-Encoding", "gzip") // says nothing: there is no body
		w.WriteHeader(http.StatusNotModified)
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	for path, tag := range map[string]string{"/": `"1"`, "/renewed": `"2"`} {
		res, _ := mustGet(t, c, fetch.Request{URL: s.URL + path, Validators: fetch.Validators{ETag: `"1"`, LastModified: monday}})
		if want := (fetch.Validators{URL: s.URL + path, ETag: tag, LastModified: monday}); res.Validators() != want {
			t.Errorf("%s: %+v, want %+v", path, res.Validators(), want)
		}
	}
}

func TestEmptyPathIsTheRoot(t *testing.T) {
	sent := ""
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { sent = r.Header.Get("If-None-Match") })
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	mustGet(t, c, fetch.Request{URL: s.URL + "/", Validators: fetch.Validators{URL: s.URL, ETag: `"1"`}})
	if sent != `"1"` {
		t.Errorf("sent %q", sent)
	}
}
