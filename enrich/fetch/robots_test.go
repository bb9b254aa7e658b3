package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ingest/enrich/fetch"
)

// robotsSite serves a robots.txt beside pages and counts what is asked for.
type robotsSite struct {
	mu    sync.Mutex
	asked map[string]int
}

func (s *robotsSite) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

func (s *robotsSite) handler(robots http.HandlerFunc) http.HandlerFunc {
	s.asked = map[string]int{}
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked[r.Host+r.URL.Path]++
		s.mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt":
			robots(w, r)
		case strings.HasPrefix(r.URL.Path, "/to/"):
			http.Redirect(w, r, "http://"+strings.TrimPrefix(r.URL.Path, "/to/"), http.StatusFound)
		default:
			_, _ = io.WriteString(w, "page")
		}
	}
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

func TestRobotsAreObeyedByDefault(t *testing.T) {
	s := serve(t, new(robotsSite).handler(text("User-agent: ingest-test\nDisallow: /private")))
	c, err := fetch.New(fetch.Options{UserAgent: "ingest-test/1", AllowPrivate: loopback()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = c.Get(t.Context(), fetch.Request{URL: s.URL + "/private/x"})
	wantKind(t, err, fetch.Disallowed)
}

func TestUnknownRobotsPolicy(t *testing.T) {
	if _, err := fetch.New(fetch.Options{UserAgent: "a", Robots: "perhaps"}); err == nil || !strings.Contains(err.Error(), "perhaps") {
		t.Errorf("error %v, want one that names the value", err)
	}
}

// The verdict on each hop, by what stands at /robots.txt.
func TestRobotsVerdicts(t *testing.T) {
	for name, test := range map[string]struct {
		robots http.HandlerFunc
		policy fetch.Robots
		want   fetch.Verdict
		kind   fetch.Kind // of the error; empty for none
	}{
		"allowed":           {text("User-agent: *\nDisallow: /b"), fetch.Obey, fetch.VerdictAllowed, ""},
		"disallowed":        {text("User-agent: *\nDisallow: /page"), fetch.Obey, fetch.VerdictDisallowed, fetch.Disallowed},
		"ignored":           {text("User-agent: *\nDisallow: /page"), fetch.Ignore, fetch.VerdictIgnored, ""},
		"none":              {status(404), fetch.Obey, fetch.VerdictNone, ""},
		"forbidden":         {status(403), fetch.Obey, fetch.VerdictNone, ""},
		"empty":             {text(""), fetch.Obey, fetch.VerdictAllowed, ""},
		"in trouble":        {status(500), fetch.Obey, fetch.VerdictUnknown, fetch.Disallowed},
		"too many requests": {status(429), fetch.Obey, fetch.VerdictUnknown, fetch.Disallowed},
		"dropped":           {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, fetch.Obey, fetch.VerdictUnknown, fetch.Reset},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write(make([]byte, 50_000))
		}, fetch.Obey, fetch.VerdictUnknown, fetch.Truncated},
		"loop": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }, fetch.Obey, fetch.VerdictNone, ""},
		"to a private place": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		}, fetch.Obey, fetch.VerdictNone, ""},
		"to no address": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "ftp://h/", http.StatusFound) }, fetch.Obey, fetch.VerdictNone, ""},
		"unreadable":    {packed("gzip", []byte("nothing packed")), fetch.Obey, fetch.VerdictNone, ""},
		"another page": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/rules", http.StatusFound) },
			fetch.Obey, fetch.VerdictAllowed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, new(robotsSite).handler(test.robots))
			s.Config.ErrorLog = quiet()
			c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: test.policy})
			res, _, err := get(t, c, fetch.Request{URL: s.URL + "/page"})
			if test.kind != "" {
				e := asKind(t, err, test.kind)
				if got := e.Hops[0]; got.Robots != test.want || got.Status != 0 || e.URL != s.URL+"/page" || e.Hint() == "" {
					t.Errorf("at %s, hop %+v, hint %q", e.URL, got, e.Hint())
				}
				if temporary := test.want == fetch.VerdictUnknown; e.Temporary() != temporary {
					t.Errorf("temporary %v, want %v: %v", e.Temporary(), temporary, e)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Hops) != 1 || res.Hops[0].Robots != test.want {
				t.Errorf("hops %+v, want one that is %s", res.Hops, test.want)
			}
		})
	}
}

func TestRefusalNamesTheLine(t *testing.T) {
	s := serve(t, new(robotsSite).handler(text("# hello\nUser-agent: *\nDisallow: /shop\nDisallow: /pr*te\n")))
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: fetch.Obey})
	_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/private/x"})
	e := asKind(t, err, fetch.Disallowed)
	for _, part := range []string{s.URL + "/robots.txt", "line 4", "Disallow: /pr*te"} {
		if !strings.Contains(e.Error(), part) {
			t.Errorf("error %q does not say %q", e, part)
		}
	}
	if !strings.Contains(e.Hint(), "scrape.robots: ignore") {
		t.Errorf("hint %q", e.Hint())
	}
}

// Each host of a chain is asked, and none of it counts as a hop.
func TestRobotsOfEachHop(t *testing.T) {
	site := new(robotsSite)
	var user string
	bubble(t, fetch.Options{Robots: fetch.Obey, MaxHops: 1, Retry: fetch.Retry{Attempts: 1}}, site.handler(func(w http.ResponseWriter, r *http.Request) {
		user = r.UserAgent()
		switch {
		case r.Host == "closed.example":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /")
		case r.URL.RawQuery != "5":
			http.Redirect(w, r, "/robots.txt?"+next(r.URL.RawQuery), http.StatusFound)
		default:
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /never")
		}
	}), func(t *testing.T, c *fetch.Client) {
		res, _ := mustGet(t, c, fetch.Request{URL: "http://a.example/to/b.example/x"})
		if len(res.Hops) != 2 || res.Hops[0].Robots != fetch.VerdictAllowed || res.Hops[1].Robots != fetch.VerdictAllowed {
			t.Errorf("hops %+v", res.Hops)
		}
		_, err := c.Get(t.Context(), fetch.Request{URL: "http://a.example/to/closed.example/x"})
		if e := asKind(t, err, fetch.Disallowed); len(e.Hops) != 2 || e.Hops[1].Robots != fetch.VerdictDisallowed || e.Hops[0].Status != 302 {
			t.Errorf("hops %+v", e.Hops)
		}
		_, err = c.Get(t.Context(), fetch.Request{URL: "http://b.example/never"})
		wantKind(t, err, fetch.Disallowed) // five redirects are followed
	})
	if n := site.count("closed.example/x"); n != 0 {
		t.Errorf("the closed host was asked for its page %d times", n)
	}
	if !strings.HasPrefix(user, "ingest-test/1") {
		t.Errorf("robots.txt was asked for by %q", user)
	}
}

// next counts the redirects of a robots.txt in its query: "", 1, 2…
func next(query string) string {
	n := 0
	_, _ = fmt.Sscan(query, &n) // an empty one is 0
	return fmt.Sprint(n + 1)
}

func TestSixthRedirectOfRobotsIsNotFollowed(t *testing.T) {
	s := serve(t, new(robotsSite).handler(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "6" {
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /")
			return
		}
		http.Redirect(w, r, "/robots.txt?"+next(r.URL.RawQuery), http.StatusFound)
	}))
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: fetch.Obey})
	if res, _ := mustGet(t, c, fetch.Request{URL: s.URL + "/x"}); res.Hops[0].Robots != fetch.VerdictNone {
		t.Errorf("verdict %s, want none", res.Hops[0].Robots)
	}
}

// A file past the cap counts to the last whole line: "/a" cut from "/ab" would
// be another rule.
func TestLongRobots(t *testing.T) {
	const limit = 500 << 10
	head := "User-agent: *\nDisallow: /early\n"
	filler := strings.Repeat("# filler\n", (limit-len(head)-100)/len("# filler\n"))
	file := head + filler
	file += strings.Repeat(" ", limit-len(file)-len("Disallow: /a")) + "Disallow: /ab\nDisallow: /late\n"
	s := serve(t, new(robotsSite).handler(text(file)))
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: fetch.Obey})
	for path, want := range map[string]fetch.Verdict{"/early": fetch.VerdictDisallowed, "/ac": fetch.VerdictAllowed, "/late": fetch.VerdictAllowed} {
		_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path})
		if (err != nil) != (want == fetch.VerdictDisallowed) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// 200 MB of comments, packed or not, end at the cap.
func TestRobotsWithoutEnd(t *testing.T) {
	bomb := pack(t, "gzip", []byte("User-agent: *\nDisallow: /a\n"+strings.Repeat("# nothing at all\n", 10<<20/17)))
	for name, handler := range map[string]http.HandlerFunc{
		"packed": packed("gzip", bomb),
		"endless": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /a\n")
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat("# nothing at all\n", 1000)); err != nil {
					return
				}
			}
		},
		"announced": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "20000000")
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /a\n"+strings.Repeat("\n", 19_999_000))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, new(robotsSite).handler(handler))
			c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: fetch.Obey})
			_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/a"})
			wantKind(t, err, fetch.Disallowed)
		})
	}
}

func TestRobotsAreKeptForADay(t *testing.T) {
	site := new(robotsSite)
	bubble(t, fetch.Options{Robots: fetch.Obey}, site.handler(text("User-agent: *\nDisallow: /a")), func(t *testing.T, c *fetch.Client) {
		for hours, want := range []int{1, 1, 2} {
			if hours > 0 {
				time.Sleep(24*time.Hour - time.Second)
			}
			if hours == 2 {
				time.Sleep(time.Second)
			}
			for _, path := range []string{"/b", "/c"} {
				mustGet(t, c, fetch.Request{URL: "http://site.example" + path})
			}
			if got := site.count("site.example/robots.txt"); got != want {
				t.Errorf("round %d: asked %d times, want %d", hours, got, want)
			}
		}
		mustGet(t, c, fetch.Request{URL: "http://site.example:8080/b"}) // another port is another site
		if got := site.count("site.example:8080/robots.txt"); got != 1 {
			t.Errorf("the other port was asked %d times", got)
		}
	})
}

func TestTroubleIsBelievedForMinutes(t *testing.T) {
	site := new(robotsSite)
	bubble(t, fetch.Options{Robots: fetch.Obey}, site.handler(status(500)), func(t *testing.T, c *fetch.Client) {
		for _, wait := range []time.Duration{0, 5*time.Minute - time.Second, time.Second} {
			time.Sleep(wait)
			_, err := c.Get(t.Context(), fetch.Request{URL: "http://site.example/"})
			wantKind(t, err, fetch.Disallowed)
		}
	})
	if got := site.count("site.example/robots.txt"); got != 2 {
		t.Errorf("asked %d times, want 2", got)
	}
}

func TestRobotsAreAskedForOnce(t *testing.T) {
	site := new(robotsSite)
	bubble(t, fetch.Options{Robots: fetch.Obey, PerHost: fetch.PerHost{Concurrency: 50, Interval: -1}}, site.handler(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(time.Second)
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /a")
	}), func(t *testing.T, c *fetch.Client) {
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { mustGet(t, c, fetch.Request{URL: "http://site.example/b"}) })
		}
		wg.Wait()
	})
	if got := site.count("site.example/robots.txt"); got != 1 {
		t.Errorf("asked %d times, want once", got)
	}
}

// The one who asks for all is called off: the others go on without it.
func TestAskerIsCalledOff(t *testing.T) {
	site := new(robotsSite)
	bubble(t, fetch.Options{Robots: fetch.Obey}, site.handler(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(10 * time.Second)
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /a")
	}), func(t *testing.T, c *fetch.Client) {
		cause := errors.New("enough")
		ctx, cancel := context.WithCancelCause(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			_, err := c.Get(ctx, fetch.Request{URL: "http://site.example/b"})
			if e := asKind(t, err, fetch.Canceled); !errors.Is(e, cause) {
				t.Errorf("error %v, want the cause", e)
			}
		})
		synctest.Wait()
		for range 3 {
			wg.Go(func() { mustGet(t, c, fetch.Request{URL: "http://site.example/b"}) })
		}
		synctest.Wait()
		waiting, stop := context.WithCancel(t.Context())
		wg.Go(func() { // a waiter that is called off does not wait on
			_, err := c.Get(waiting, fetch.Request{URL: "http://site.example/b"})
			wantKind(t, err, fetch.Canceled)
		})
		synctest.Wait()
		stop()
		cancel(cause)
		wg.Wait()
	})
	if got := site.count("site.example/robots.txt"); got != 2 {
		t.Errorf("asked %d times, want 2", got)
	}
}

func TestRobotsAreForgotten(t *testing.T) {
	site := new(robotsSite)
	bubble(t, fetch.Options{Robots: fetch.Obey}, site.handler(status(404)), func(t *testing.T, c *fetch.Client) {
		for i := range 1030 {
			mustGet(t, c, fetch.Request{URL: fmt.Sprintf("http://host%d.example/", i)})
			c.Close()
		}
		if n := c.KnownRobots(); n > 1024 || n < 400 {
			t.Errorf("%d robots.txt kept of 1030", n)
		}
	})
}

func TestCrawlDelaySpacesRequests(t *testing.T) {
	bubble(t, fetch.Options{Robots: fetch.Obey}, new(robotsSite).handler(text("User-agent: *\nCrawl-delay: 7")), func(t *testing.T, c *fetch.Client) {
		took(t, 0, func() { mustGet(t, c, fetch.Request{URL: "http://slow.example/1"}) }) // robots.txt takes no turn
		took(t, 14*time.Second, func() {
			mustGet(t, c, fetch.Request{URL: "http://slow.example/2"})
			mustGet(t, c, fetch.Request{URL: "http://slow.example/3"})
		})
		took(t, 0, func() { mustGet(t, c, fetch.Request{URL: "http://other.example/"}) })
	})
	bubble(t, fetch.Options{Robots: fetch.Obey, PerHost: fetch.PerHost{Interval: 9 * time.Second}}, new(robotsSite).handler(text("User-agent: *\nCrawl-delay: 7")), func(t *testing.T, c *fetch.Client) {
		mustGet(t, c, fetch.Request{URL: "http://slow.example/1"})
		took(t, 9*time.Second, func() { mustGet(t, c, fetch.Request{URL: "http://slow.example/2"}) }) // never less than ours
	})
}

func TestRobotsInTroubleSayWhenToComeBack(t *testing.T) {
	bubble(t, fetch.Options{Robots: fetch.Obey}, new(robotsSite).handler(status(503, "Retry-After", "3600")), func(t *testing.T, c *fetch.Client) {
		_, err := c.Get(t.Context(), fetch.Request{URL: "http://site.example/"})
		if e := asKind(t, err, fetch.Disallowed); e.RetryAfter != time.Hour || !e.Temporary() || e.Status != 0 {
			t.Errorf("retry after %v, temporary %v, status %d", e.RetryAfter, e.Temporary(), e.Status)
		}
	})
}

// robots.txt is never asked whether it may be read.
func TestRobotsTxtItself(t *testing.T) {
	s := serve(t, new(robotsSite).handler(text("User-agent: *\nDisallow: /")))
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Robots: fetch.Obey})
	mustGet(t, c, fetch.Request{URL: s.URL + "/robots.txt"})
}
