package fetch_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"ingest/enrich/fetch"
)

func TestGet(t *testing.T) {
	var seen http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write([]byte("<!DOCTYPE html><p>hello"))
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	res, body := mustGet(t, c, fetch.Request{URL: s.URL + "/a?b=1#c", Accept: "image/*"})
	if body != "<!DOCTYPE html><p>hello" {
		t.Errorf("body %q", body)
	}
	if want := s.URL + "/a?b=1#c"; res.URL != want {
		t.Errorf("URL %q, want %q", res.URL, want)
	}
	if res.Type != "text/html" || res.Declared != "image/png" {
		t.Errorf("type %q declared %q, want text/html and image/png", res.Type, res.Declared)
	}
	want := []fetch.Hop{{URL: res.URL, Clean: res.URL, Visited: res.URL, Reason: fetch.Given, Status: 200, Robots: fetch.VerdictIgnored}}
	if len(res.Hops) != 1 || res.Hops[0] != want[0] {
		t.Errorf("hops %+v, want %+v", res.Hops, want)
	}
	if got := seen.Get("User-Agent"); got != "ingest-test/1 (+https://ingest.example/about)" {
		t.Errorf("User-Agent %q", got)
	}
	if got := seen.Get("Accept"); got != "image/*" {
		t.Errorf("Accept %q", got)
	}
}

func TestOptionsThatCannotBeUsed(t *testing.T) {
	for name, o := range map[string]fetch.Options{
		"no user agent":          {},
		"line break in agent":    {UserAgent: "a\r\nX: y"},
		"private: empty":         {UserAgent: "a", AllowPrivate: []string{""}},
		"private: a URL":         {UserAgent: "a", AllowPrivate: []string{"http://intranet"}},
		"private: with path":     {UserAgent: "a", AllowPrivate: []string{"intranet/wiki"}},
		"private: wildcard":      {UserAgent: "a", AllowPrivate: []string{"*.intranet"}},
		"private: port of words": {UserAgent: "a", AllowPrivate: []string{"intranet:http"}},
		"private: port 0":        {UserAgent: "a", AllowPrivate: []string{"intranet:0"}},
		"private: port 65536":    {UserAgent: "a", AllowPrivate: []string{"intranet:65536"}},
		"private: bits":          {UserAgent: "a", AllowPrivate: []string{"10.0.0.0/33"}},
		"private: mapped range":  {UserAgent: "a", AllowPrivate: []string{"::ffff:10.0.0.0/104"}},
		"private: blank":         {UserAgent: "a", AllowPrivate: []string{"in tranet"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c, err := fetch.New(o); err == nil {
				c.Close()
				t.Errorf("New(%+v) gives no error", o)
			} else if len(o.AllowPrivate) > 0 && !strings.Contains(err.Error(), o.AllowPrivate[0]) {
				t.Errorf("error %q does not name the entry", err)
			}
		})
	}
}

func TestAddressesThatCannotBeFetched(t *testing.T) {
	c := newClient(t, fetch.Options{})
	for url, want := range map[string]fetch.Kind{
		"":                              fetch.BadURL,
		"/relative":                     fetch.BadURL,
		"example.com/no-scheme":         fetch.BadURL,
		"http://":                       fetch.BadURL,
		"http:///path":                  fetch.BadURL,
		"http://\u00ad/":                fetch.BadURL, // a host of one soft hyphen, which is none
		"http://[fe80::1%25eth0]/":      fetch.BadURL,
		"http://::/":                    fetch.BadURL,
		"http://a!b/":                   fetch.BadURL,
		"http://[a]/":                   fetch.BadURL,
		"http:opaque":                   fetch.BadURL,
		"http://a b/":                   fetch.BadURL,
		"http://host:99999/":            fetch.BadURL,
		"http://host:http/":             fetch.BadURL,
		"http://h\x00st/":               fetch.BadURL,
		"javascript:alert(1)":           fetch.Scheme,
		"JavaScript:alert(1)":           fetch.Scheme,
		"file:///etc/passwd":            fetch.Scheme,
		"ftp://host/file":               fetch.Scheme,
		"data:text/html,<p>":            fetch.Scheme,
		"gopher://127.0.0.1:6379/_INFO": fetch.Scheme,
	} {
		_, err := c.Get(t.Context(), fetch.Request{URL: url})
		e := asKind(t, err, want)
		if e.Hint() == "" {
			t.Errorf("%q: no hint", url)
		}
	}
}

func TestUserInfoIsNeitherSentNorShown(t *testing.T) {
	var authorization, referer string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		authorization += r.Header.Get("Authorization")
		referer += r.Header.Get("Referer")
		if r.URL.Path == "/" {
			http.Redirect(w, r, "http://bob:secret2@"+r.Host+"/next", http.StatusFound)
			return
		}
		http.NotFound(w, r)
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	_, err := c.Get(t.Context(), fetch.Request{URL: strings.Replace(s.URL, "//", "//ann:secret1@", 1)})
	e := asKind(t, err, fetch.Status)
	if authorization != "" || referer != "" {
		t.Errorf("sent Authorization %q, Referer %q", authorization, referer)
	}
	text := e.Error() + e.URL
	for _, h := range e.Hops {
		text += h.URL + h.Clean + h.Visited
	}
	if strings.Contains(text, "secret") || strings.Contains(text, "bob") {
		t.Errorf("user info in %q", text)
	}
	long := "http://ann:secret@host/" + strings.Repeat("x", 20_000)
	_, err = c.Get(t.Context(), fetch.Request{URL: long})
	if e := asKind(t, err, fetch.BadURL); len(e.Error()) > 1000 || strings.Contains(e.Error(), "ann") {
		t.Errorf("%d bytes of error for a long address: %s", len(e.Error()), e)
	}
	for _, bad := range []string{"http://ann:secret@host:x/", "ftp://ann:secret@host/", "http://ann:se%zzcret@ho st/", "http://ann:s/e@cret@host:port/"} {
		_, err := c.Get(t.Context(), fetch.Request{URL: bad})
		if err == nil || strings.Contains(err.Error(), "ann") || strings.Contains(err.Error(), "cret@") {
			t.Errorf("get %q: %v", bad, err)
		}
	}
}

func TestAddressInGoodOrderKeepsItsBytes(t *testing.T) {
	var asked string
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { asked = r.RequestURI })
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	const path = "/a%2Fb//c;d=1(!)*'~[x]@:%7e?x=%zz&y=;&&=&z=a+b%20c'[]{}|"
	res, _ := mustGet(t, c, fetch.Request{URL: s.URL + path + "#:~:text=a%20b"})
	if want := s.URL + path + "#:~:text=a%20b"; res.URL != want {
		t.Errorf("URL  %s\nwant %s", res.URL, want)
	}
	if asked != path {
		t.Errorf("asked for %s\nwant      %s", asked, path)
	}
}

// Run it with the race detector: one client, many goroutines, bodies read,
// closed halfway and closed while being read.
func TestConcurrentUse(t *testing.T) {
	page := strings.Repeat("<p>words", 20_000)
	s := serve(t, pages(map[string]string{"/": page, "/from": "302 /"}))
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), PerHost: fetch.PerHost{Concurrency: 3, Interval: -1}})
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			res, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/from", Refresh: i%2 == 0})
			if err != nil {
				t.Errorf("get: %v", err)
				return
			}
			switch i % 3 {
			case 0:
				if b, err := res.Bytes(); err != nil || string(b) != page {
					t.Errorf("%d bytes, error %v", len(b), err)
				}
			case 1:
				_ = res.Body.Close()
			default:
				wg.Go(func() { _ = res.Body.Close() })
				_, _ = io.Copy(io.Discard, res.Body)
			}
		})
	}
	wg.Wait()
}
