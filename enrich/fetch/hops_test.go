package fetch_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/fetch"
)

// short writes hops as "reason status path" without the server's address.
func short(hops []fetch.Hop, server string) []string {
	var all []string
	for _, h := range hops {
		line := fmt.Sprintf("%s %d %s", h.Reason, h.Status, strings.TrimPrefix(h.Visited, server))
		if h.URL != h.Visited {
			line += " named " + strings.TrimPrefix(h.URL, server)
		}
		all = append(all, line)
	}
	return all
}

func TestEachRedirectIsRecorded(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		code, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			_, _ = w.Write([]byte("<p>the end"))
			return
		}
		next := map[int]string{301: "302", 302: "303", 303: "307", 307: "308", 308: "300", 300: "end"}[code]
		w.Header().Set("Location", next)
		w.WriteHeader(code)
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/301"})
	want := []string{"given 301 /301", "301 302 /302", "302 303 /303", "303 307 /307", "307 308 /308", "308 300 /300", "300 200 /end"}
	if d := cmp.Diff(want, short(res.Hops, s.URL)); d != "" {
		t.Error(d)
	}
}

func TestTargetsAreResolved(t *testing.T) {
	for location, want := range map[string]string{
		"next":                  "/a/next",
		"./next":                "/a/next",
		"../next":               "/next",
		"/next":                 "/next",
		"?q=1":                  "/a/b?q=1",
		"  /next \t":            "/next",
		`\next`:                 "/next",
		"/n%zzext":              "/n%25zzext",
		"/100%":                 "/100%25",
		"/ü":                    "/%C3%BC",
		"/\xfc":                 "/%FC",
		"/a b?c d=\"e\"&ü":      `/a%20b?c%20d=%22e%22&%C3%BC`,
		"/x?a=%zz&b=1;2&c&c&=":  "/x?a=%zz&b=1;2&c&c&=",
		"/x?next=http://h/?a#b": "/x?next=http://h/?a#b",
		"/a/./b/../c":           "/a/c",
	} {
		t.Run(location, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/a/b" && r.URL.RawQuery == "" {
					w.Header()["Location"] = []string{location}
					w.WriteHeader(http.StatusFound)
				}
			})
			c := newClient(t, fetch.Options{AllowPrivate: loopback()})
			res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/a/b"})
			if got := strings.TrimPrefix(res.URL, s.URL); got != want {
				t.Errorf("went to %q, want %q", got, want)
			}
		})
	}
}

func TestTargetsThatLeadNowhere(t *testing.T) {
	for location, want := range map[string]fetch.Kind{
		"javascript:alert(1)":   fetch.Scheme,
		"file:///etc/passwd":    fetch.Scheme,
		"itms-apps://apple/app": fetch.Scheme,
		"http://":               fetch.BadURL,
		"//":                    fetch.Loop, // the address itself, to net/url
		"http://[::1/":          fetch.BadURL,
		"":                      fetch.Status, // a redirect without a target
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusMovedPermanently)
		})
		c := newClient(t, fetch.Options{AllowPrivate: loopback()})
		_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/from"})
		e := asKind(t, err, want)
		if e.URL != s.URL+"/from" || len(e.Hops) != 1 || e.Hops[0].Status != http.StatusMovedPermanently {
			t.Errorf("%q: at %s, hops %+v", location, e.URL, e.Hops)
		}
	}
}

func TestFragmentSurvivesRedirects(t *testing.T) {
	s := serve(t, pages(map[string]string{"/a": "302 /b", "/b": "302 /c#own", "/c": "302 /d", "/d": "the end", "/e": "302 /f#", "/f": "."}))
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	for given, want := range map[string]string{
		"/b#x%2Fy": "/d#own",
		"/c#x%2Fy": "/d#x%2Fy",
		"/a#x":     "/d#own",
		"/e#x":     "/f",
	} {
		res, _ := mustGet(t, c, fetch.Request{URL: s.URL + given})
		if got := strings.TrimPrefix(res.URL, s.URL); got != want {
			t.Errorf("%s ends at %s, want %s", given, got, want)
		}
	}
}

// dropTracker is a cleaner as short as it can be.
func dropTracker(raw string) string { return strings.Replace(raw, "?utm=1", "", 1) }

func TestTargetsAreCleaned(t *testing.T) {
	for _, test := range []struct {
		name, given string
		pages       map[string]string
		want        []string
	}{
		{"each target, not the given address", "/a?utm=1",
			map[string]string{"/a?utm=1": "302 /b?utm=1", "/b": "302 /c?utm=1", "/c": "."},
			[]string{"given 302 /a?utm=1", "302 302 /b named /b?utm=1", "302 200 /c named /c?utm=1"}},
		{"a site that adds the parameter by redirect", "/a",
			map[string]string{"/a": "302 /a?utm=1", "/a?utm=1": "."},
			[]string{"given 302 /a", "302 200 /a?utm=1"}},
		{"the same, one address on", "/a",
			map[string]string{"/a": "302 /b?utm=1", "/b": "302 /b?utm=1", "/b?utm=1": "."},
			[]string{"given 302 /a", "302 302 /b named /b?utm=1", "302 200 /b?utm=1"}},
		{"refreshes too", "/a",
			map[string]string{"/a": `<meta http-equiv=refresh content="0;url=/b?utm=1">`, "/b": "."},
			[]string{"given 200 /a", "meta refresh 200 /b named /b?utm=1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, pages(test.pages))
			c := newClient(t, fetch.Options{AllowPrivate: loopback(), Clean: dropTracker})
			res, _ := mustGet(t, c, fetch.Request{URL: s.URL + test.given, Refresh: true})
			if d := cmp.Diff(test.want, short(res.Hops, s.URL)); d != "" {
				t.Error(d)
			}
			for _, h := range res.Hops[1:] {
				if want := dropTracker(h.URL); h.Clean != want {
					t.Errorf("hop %s has clean %s, want %s", h.URL, h.Clean, want)
				}
			}
		})
	}
}

func TestCleanerThatBreaksAddresses(t *testing.T) {
	s := serve(t, pages(map[string]string{"/a": "302 /b", "/b": "."}))
	for _, bad := range []string{"", "javascript:alert(1)", "/relative", "http://[", "mailto:a@b"} {
		c := newClient(t, fetch.Options{AllowPrivate: loopback(), Clean: func(string) string { return bad }})
		if res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/a"}); res.URL != s.URL+"/b" {
			t.Errorf("cleaned to %q: ended at %s", bad, res.URL)
		}
	}
}

func TestLoops(t *testing.T) {
	for name, text := range map[string]map[string]string{
		"itself":               {"/a": "302 /a"},
		"itself, fragment":     {"/a": "302 /a#again"},
		"circle":               {"/a": "302 /b", "/b": "302 /c", "/c": "302 /a"},
		"circle off the start": {"/a": "302 /b", "/b": "302 /c", "/c": "302 /b"},
		"cleaned and raw":      {"/a": "302 /a?utm=1", "/a?utm=1": "302 /a"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, pages(text))
			c := newClient(t, fetch.Options{AllowPrivate: loopback(), Clean: dropTracker})
			_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/a"})
			if e := asKind(t, err, fetch.Loop); e.Hint() == "" || len(e.Hops) == 0 {
				t.Errorf("hint %q, hops %+v", e.Hint(), e.Hops)
			}
		})
	}
}

func TestTooManyHops(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/")) // 0 for "/"
		if n == 10 {
			return
		}
		http.Redirect(w, r, "/"+strconv.Itoa(n+1), http.StatusFound)
	})
	for _, test := range []struct {
		limit, start int
		ok           bool
	}{{0, 0, true}, {0, -1, false}, {3, 7, true}, {3, 6, false}, {-1, 10, true}, {-1, 9, false}} {
		c := newClient(t, fetch.Options{AllowPrivate: loopback(), MaxHops: test.limit})
		res, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/" + strconv.Itoa(test.start)})
		if test.ok {
			if err != nil {
				t.Errorf("limit %d from %d: %v", test.limit, test.start, err)
				continue
			}
			_ = res.Body.Close()
			continue
		}
		e := asKind(t, err, fetch.TooManyHops)
		if want := max(0, test.limit) + 1; test.limit != 0 && len(e.Hops) != want {
			t.Errorf("limit %d: %d addresses visited, want %d", test.limit, len(e.Hops), want)
		}
	}
}

func TestCookiesStayWithinOneChain(t *testing.T) {
	var other string
	foreign := serve(t, func(_ http.ResponseWriter, r *http.Request) { other += r.Header.Get("Cookie") })
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("seen")
		switch {
		case r.URL.Path == "/away":
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, strings.Replace(foreign.URL, "127.0.0.1", "localhost", 1), http.StatusFound)
		case err != nil:
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound) // itself: does the cookie stick?
		default:
			_, _ = w.Write([]byte("welcome"))
		}
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	for range 2 { // the second chain begins without cookies
		res, body := mustGet(t, c, fetch.Request{URL: s.URL + "/page"})
		if body != "welcome" || len(res.Hops) != 2 {
			t.Errorf("body %q after %d addresses, want welcome after 2", body, len(res.Hops))
		}
	}
	mustGet(t, c, fetch.Request{URL: s.URL + "/away"})
	if other != "" {
		t.Errorf("the other host was sent %q", other)
	}
}

func TestStatusErrors(t *testing.T) {
	for _, code := range []int{204, 304, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503, 504, 599} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(code)
		})
		c := newClient(t, fetch.Options{AllowPrivate: loopback()})
		_, _, err := get(t, c, fetch.Request{URL: s.URL})
		if code == 204 {
			if err != nil {
				t.Errorf("%d: %v", code, err)
			}
			continue
		}
		e := asKind(t, err, fetch.Status)
		if e.Status != code || e.RetryAfter.Seconds() != 120 || e.Hops[0].Status != code {
			t.Errorf("%d: status %d, retry after %v, hop %d", code, e.Status, e.RetryAfter, e.Hops[0].Status)
		}
		if !strings.Contains(e.Error(), strconv.Itoa(code)) || e.Hint() == "" {
			t.Errorf("%d: error %q, hint %q", code, e, e.Hint())
		}
		if want := code == 429 || code == 502 || code == 503 || code == 504; e.Temporary() != want {
			t.Errorf("%d: temporary %v, want %v", code, e.Temporary(), want)
		}
	}
}
