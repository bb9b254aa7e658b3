package linkhealth_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/enrich/fetch"
	"ingest/enrich/fetch/fetchtest"
	"ingest/enrich/linkhealth"
)

// article is a page that shows content.
const article = `<!doctype html><html lang="en"><head><title>Tide clocks</title><meta property="og:type" content="article"></head><body><article><h1>Tide clocks</h1>
<p>A tide clock is a clock of one hand that follows the moon, and for that reason it is right at the coast of one ocean only, where the tides come twice in a lunar day.</p>
<p>Those who live there hang it beside the door, and look at it before they take the boat out, or the dog.</p></article></body></html>`

// site is a real server whose paths each show one thing that links meet.
func site(t testing.TB) (s *httptest.Server, asked func() string) {
	t.Helper()
	var mu sync.Mutex
	var lines []string
	mux := http.NewServeMux()
	text := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	const html = "text/html; charset=utf-8"
	mux.HandleFunc("/{$}", text(200, html, article))
	mux.HandleFunc("/page", text(200, html, article))
	mux.HandleFunc("/file.pdf", text(200, "application/pdf", "%PDF-1.7"))
	mux.HandleFunc("/tagged", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		text(200, html, article)(w, r)
	})
	mux.HandleFunc("/gone", text(410, html, "gone"))
	mux.HandleFunc("/forbidden", text(403, html, "no"))
	mux.HandleFunc("/sign-in-first", text(401, html, "no"))
	mux.HandleFunc("/many", text(429, html, "slow down"))
	mux.HandleFunc("/linkedin", text(999, html, "no"))
	mux.HandleFunc("/trouble", text(500, html, "oops"))
	mux.HandleFunc("/unmodified", text(304, html, ""))
	mux.HandleFunc("/origin-away", text(522, html, `<title>522: Connection timed out</title><div id="cf-error-details" class="cf-error-details">Connection timed out</div>`))
	mux.HandleFunc("/challenge", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cf-Mitigated", "challenge")
		text(503, html, "<title>Just a moment...</title>")(w, r)
	})
	mux.HandleFunc("/parked", text(200, html, `<!doctype html><title>example.org is for sale</title><h1>This domain is for sale</h1><a href="/buy">Buy this domain</a>`))
	mux.HandleFunc("/soft", text(200, html, `<!doctype html><title>404 - Page not found</title><h1>Page not found</h1><p>The page you are looking for does not exist.</p>`))
	noHead := func(status int, then http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead {
				w.WriteHeader(status)
				return
			}
			then(w, r)
		}
	}
	for _, status := range []int{400, 403, 404, 405, 500, 501} {
		mux.HandleFunc(fmt.Sprint("/no-head/", status), noHead(status, text(200, html, article)))
	}
	mux.HandleFunc("/head-hangs-up", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			panic(http.ErrAbortHandler)
		}
		text(200, html, article)(w, r)
	})
	to := func(status int, target string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, status) }
	}
	mux.HandleFunc("/moved", to(301, "/page"))
	mux.HandleFunc("/moved-twice", to(308, "/moved"))
	mux.HandleFunc("/moved-then-for-now", to(301, "/for-now"))
	mux.HandleFunc("/for-now", to(302, "/page"))
	mux.HandleFunc("/moved-to-gone", to(301, "/gone"))
	mux.HandleFunc("/moved-to-login", to(301, "/login?next=%2Fmoved-to-login"))
	mux.HandleFunc("/login", text(200, html, article))
	mux.HandleFunc("/archive/2019/tides", to(302, "/"))
	mux.HandleFunc("/en/", to(302, "/"))
	mux.HandleFunc("/index.html", to(301, "/"))
	mux.HandleFunc("/circle", to(302, "/elcric"))
	mux.HandleFunc("/elcric", to(302, "/circle"))
	mux.HandleFunc("/refreshed", text(200, html, `<meta http-equiv="refresh" content="0; url=/gone">`))
	mux.HandleFunc("/packed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "zip")
		text(200, html, "x")(w, r)
	})
	mux.HandleFunc("/robots.txt", text(200, "text/plain", "User-agent: *\nDisallow: /private"))
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lines = append(lines, r.Method+" "+r.URL.Path)
		mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s, func() string {
		mu.Lock()
		defer mu.Unlock()
		all := strings.Join(lines, ", ")
		lines = nil
		return all
	}
}

// checker checks by a real client that may visit loopback.
func checker(t testing.TB, o fetch.Options) linkhealth.Checker {
	t.Helper()
	o.UserAgent, o.AllowPrivate, o.PerHost, o.Retry.Attempts = "ingest-test/1", []string{"127.0.0.1/32"}, fetch.PerHost{Concurrency: 8, Interval: -1}, 1
	if o.Robots == "" {
		o.Robots = fetch.Ignore
	}
	c, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return linkhealth.Checker{Web: c, Now: start}
}

func check(t testing.TB, c linkhealth.Checker, url string) linkhealth.Evidence {
	t.Helper()
	e, err := c.Check(t.Context(), url, linkhealth.Evidence{})
	if err != nil {
		t.Fatal(err)
	}
	if !e.At.Equal(start()) {
		t.Errorf("%s: evidence of %s, want that of the clock", url, e.At)
	}
	return e
}

func TestWhatServersAnswer(t *testing.T) {
	s, asked := site(t)
	c := checker(t, fetch.Options{})
	for path, want := range map[string]struct {
		class  linkhealth.Class
		status int
		detail string // part of it
		moved  string
		asked  string
	}{
		"/page":               {linkhealth.Alive, 200, "", "", "HEAD /page, GET /page"},
		"/file.pdf":           {linkhealth.Alive, 200, "", "", "HEAD /file.pdf"},
		"/missing":            {linkhealth.Gone, 404, "", "", "HEAD /missing, GET /missing"},
		"/gone":               {linkhealth.Gone, 410, "", "", "HEAD /gone, GET /gone"},
		"/forbidden":          {linkhealth.Refused, 403, "", "", "HEAD /forbidden, GET /forbidden"},
		"/sign-in-first":      {linkhealth.Refused, 401, "", "", ""},
		"/many":               {linkhealth.Refused, 429, "", "", "HEAD /many"},
		"/linkedin":           {linkhealth.Refused, 999, "bot wall", "", ""},
		"/trouble":            {linkhealth.Server, 500, "", "", ""},
		"/unmodified":         {linkhealth.Unknown, 304, "", "", ""},
		"/origin-away":        {linkhealth.Server, 522, "", "", ""},
		"/challenge":          {linkhealth.Refused, 503, "bot wall", "", ""},
		"/parked":             {linkhealth.Parked, 200, "parked: ", "", ""},
		"/soft":               {linkhealth.SoftGone, 200, "soft error: ", "", ""},
		"/no-head/400":        {linkhealth.Alive, 200, "", "", "HEAD /no-head/400, GET /no-head/400"},
		"/no-head/403":        {linkhealth.Alive, 200, "", "", ""},
		"/no-head/404":        {linkhealth.Alive, 200, "", "", ""},
		"/no-head/405":        {linkhealth.Alive, 200, "", "", ""},
		"/no-head/500":        {linkhealth.Alive, 200, "", "", ""},
		"/no-head/501":        {linkhealth.Alive, 200, "", "", ""},
		"/head-hangs-up":      {linkhealth.Alive, 200, "", "", ""},
		"/moved":              {linkhealth.Alive, 200, "", "/page", ""},
		"/moved-twice":        {linkhealth.Alive, 200, "", "/page", ""},
		"/moved-then-for-now": {linkhealth.Alive, 200, "", "/for-now", ""},
		"/for-now":            {linkhealth.Alive, 200, "", "", ""},
		"/moved-to-gone":      {linkhealth.Gone, 410, "", "", ""},
		"/moved-to-login":     {linkhealth.Alive, 200, "", "", ""}, // no address to propose
		"/archive/2019/tides": {linkhealth.Home, 200, "leads to ", "", ""},
		"/en/":                {linkhealth.Alive, 200, "", "", ""},
		"/index.html":         {linkhealth.Alive, 200, "", "/", ""},
		"/circle":             {linkhealth.Unknown, 0, "loop", "", ""},
		"/refreshed":          {linkhealth.Gone, 410, "", "", ""},
		"/packed":             {linkhealth.Alive, 0, "encoding", "", ""},
	} {
		t.Run(path, func(t *testing.T) {
			asked()
			got := check(t, c, s.URL+path)
			if want.moved != "" {
				want.moved = s.URL + want.moved
			}
			if got.Class != want.class || got.Status != want.status || !strings.Contains(got.Detail, want.detail) || (want.detail == "") != (got.Detail == "") || got.Moved != want.moved {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if ill := got.Class != linkhealth.Alive && got.Status != 200; ill != (got.Error != "") && path != "/packed" {
				t.Errorf("error %q", got.Error)
			}
			if lines := asked(); want.asked != "" && lines != want.asked {
				t.Errorf("asked %s, want %s", lines, want.asked)
			}
		})
	}
}

func TestAVersionThatWasReadNeedsNoSecondLook(t *testing.T) {
	s, asked := site(t)
	c := checker(t, fetch.Options{})
	first := check(t, c, s.URL+"/tagged")
	if got := asked(); got != "HEAD /tagged, GET /tagged" || first.Version != `"v1"` {
		t.Errorf("asked %s, version %q", got, first.Version)
	}
	second, err := c.Check(t.Context(), s.URL+"/tagged", first)
	if err != nil || second.Class != linkhealth.Alive || second.Version != first.Version {
		t.Errorf("got %+v, %v", second, err)
	}
	if got := asked(); got != "HEAD /tagged" {
		t.Errorf("asked %s, want HEAD alone", got)
	}
	for _, other := range []linkhealth.Evidence{{Class: linkhealth.Alive, Version: `"v0"`}, {Class: linkhealth.Parked, Version: `"v1"`}} {
		if _, err := c.Check(t.Context(), s.URL+"/tagged", other); err != nil {
			t.Fatal(err)
		}
		if got := asked(); got != "HEAD /tagged, GET /tagged" {
			t.Errorf("after %+v: asked %s, want HEAD and GET", other, got)
		}
	}
}

func TestRobotsTxt(t *testing.T) {
	s, asked := site(t)
	c := checker(t, fetch.Options{Robots: fetch.Obey})
	if got := check(t, c, s.URL+"/private"); got.Class != linkhealth.Unknown || got.Detail != linkhealth.RobotsTxt {
		t.Errorf("got %+v, want unknown by robots.txt", got)
	}
	if got := asked(); got != "GET /robots.txt" {
		t.Errorf("asked %s", got)
	}
	for status, want := range map[int]linkhealth.Class{429: linkhealth.Refused, 502: linkhealth.Server} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		if got := check(t, c, s.URL); got.Class != want || got.Detail != linkhealth.RobotsTxt {
			t.Errorf("robots.txt with %d: got %+v, want %s", status, got, want)
		}
		s.Close()
	}
}

func TestBigFilesAreNotReadWhole(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		chunk := []byte("<!doctype html><p>" + strings.Repeat("tides and clocks ", 4000))
		for { // until the reader goes away
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	if got := check(t, checker(t, fetch.Options{Timeout: time.Minute}), s.URL+"/endless"); got.Class != linkhealth.Alive {
		t.Errorf("got %+v, want alive", got)
	}
}

func TestAnEndedContextIsNoEvidence(t *testing.T) {
	s, _ := site(t)
	why := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	if e, err := checker(t, fetch.Options{}).Check(ctx, s.URL+"/page", linkhealth.Evidence{}); !errors.Is(err, why) {
		t.Errorf("evidence %+v, error %v; want the context's cause", e, err)
	}
}

func TestConnections(t *testing.T) {
	release := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(hangs.Close)
	t.Cleanup(func() { close(release) })
	resets, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resets.Close() })
	go func() {
		for {
			conn, err := resets.Accept()
			if err != nil {
				return
			}
			_ = conn.(*net.TCPConn).SetLinger(0) // closing sends a reset
			_ = conn.Close()
		}
	}()
	closed := httptest.NewServer(nil)
	closed.Close()
	const soon, late = 200 * time.Millisecond, 30 * time.Second // only what hangs is to run out of time
	for name, want := range map[string]struct {
		url     string
		timeout time.Duration
		class   linkhealth.Class
		detail  string
	}{
		"hangs":           {hangs.URL, soon, linkhealth.Connection, "timeout"},
		"resets":          {"http://" + resets.Addr().String(), late, linkhealth.Connection, "reset"},
		"nobody listens":  {closed.URL, late, linkhealth.Connection, "refused"},
		"no such host":    {"http://nowhere.test/", late, linkhealth.DNS, linkhealth.NoSuchHost},
		"names not known": {"http://busy.test/", late, linkhealth.DNS, linkhealth.Temporary},
		"private address": {"http://10.0.0.1/", late, linkhealth.Unknown, "blocked"},
		"no address":      {"ftp://example.org/", late, linkhealth.Unknown, "scheme"},
	} {
		t.Run(name, func(t *testing.T) {
			c := checker(t, fetch.Options{Timeout: want.timeout, Resolver: fetchtest.NewNames(nil).Resolver()})
			got := check(t, c, want.url)
			if got.Class != want.class || got.Detail != want.detail || got.Error == "" {
				t.Errorf("got %+v, want %s, %s", got, want.class, want.detail)
			}
			if got.Network() != (want.class != linkhealth.Unknown) {
				t.Errorf("network is %v", got.Network())
			}
		})
	}
}
