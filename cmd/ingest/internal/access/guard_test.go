package access_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/access"
)

func TestProgramsNeedATokenWithTheScope(t *testing.T) {
	base, log := service(t, closed())
	cases := []struct {
		name, method, path string
		header             http.Header
		status             int
		body               string // the whole of it at 200, else a part
		challenge          string
	}{
		{"no token", "GET", "/api/v1/entries", nil, 401, "Send an API token", `Bearer realm="ingest"`},
		{"wrong token", "GET", "/api/v1/entries", bearer("0123456789abcdef0123456789abcdee"), 401, "not known", `error="invalid_token"`},
		{"empty token", "GET", "/api/v1/entries", bearer(""), 401, "not known", `error="invalid_token"`},
		{"beginning of a token", "GET", "/api/v1/entries", bearer(ciToken[:31]), 401, "not known", `error="invalid_token"`},
		{"two headers", "GET", "/api/v1/entries", http.Header{"Authorization": {"Bearer " + ciToken, "Bearer " + readToken}}, 401, "not known", `error="invalid_token"`},
		{"token in the query", "GET", "/api/v1/entries?access_token=" + ciToken, nil, 401, "Send an API token", `Bearer realm="ingest"`},
		{"read reads", "GET", "/api/v1/entries", bearer(readToken), 200, "token monitor", ""},
		{"read does not run", "POST", "/api/v1/runs", bearer(readToken), 403, "scope run", `error="insufficient_scope", scope="run"`},
		{"run runs", "POST", "/api/v1/runs", bearer(ciToken), 200, "token ci", ""},
		{"run reads", "GET", "/api/v1/entries", bearer(ciToken), 200, "token ci", ""},
		{"scheme in capitals", "GET", "/api/v1/entries", http.Header{"Authorization": {"BEARER " + ciToken}}, 200, "token ci", ""},
		{"a page without HTML", "GET", "/", nil, 401, "Send an API token", ""},
		{"HTML below /api/", "GET", "/api/v1/entries", http.Header{"Accept": {"text/html"}}, 401, "Send an API token", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := api(t, base, c.method, c.path, c.header)
			wantStatus(t, got, c.status)
			if c.status == http.StatusOK {
				wantBody(t, got, c.body)
				return
			}
			var problem struct {
				Title, Detail string
				Status        int
			}
			if err := json.Unmarshal([]byte(got.body), &problem); err != nil || problem.Status != c.status || problem.Title == "" || !strings.Contains(problem.Detail, c.body) {
				t.Errorf("problem %s (%v), want status %d and detail with %q", got.body, err, c.status, c.body)
			}
			if ct := got.header.Get("Content-Type"); ct != "application/problem+json" {
				t.Errorf("Content-Type %q", ct)
			}
			if challenge := got.header.Get("WWW-Authenticate"); !strings.Contains(challenge, c.challenge) {
				t.Errorf("WWW-Authenticate %q, want %q in it", challenge, c.challenge)
			}
		})
	}
	if strings.Contains(log.String(), ciToken) {
		t.Errorf("the log holds a token: %s", log)
	}
}

func TestBrowsersAreLedToTheLogin(t *testing.T) {
	base, _ := service(t, closed())
	b := newBrowser(t, base)
	wantRedirect(t, b.get("/entries/3960?tab=diff&x=1"), "/login?next="+url.QueryEscape("/entries/3960?tab=diff&x=1"))
	from := http.Header{"Referer": {base + "/entries/3960"}}
	wantRedirect(t, b.post("/runs", nil, from), "/login?next="+url.QueryEscape("/entries/3960"))
	wantRedirect(t, b.post("/runs", nil, http.Header{"Referer": {"https://evil.example/x"}}), "/login?next=%2F")
}

func TestTokenCountsBeforeSession(t *testing.T) {
	base, _ := service(t, closed())
	b := newBrowser(t, base)
	wantRedirect(t, b.login("ana", anasPassword, ""), "/")
	wantBody(t, b.get("/"), "session ana")
	wantBody(t, b.send("GET", "/", nil, bearer(readToken)), "token monitor")
	wantStatus(t, b.send("GET", "/", nil, bearer("wrong")), 401)
	wantStatus(t, b.send("POST", "/runs", nil, bearer(readToken)), 403)
	wantBody(t, b.send("GET", "/", nil, http.Header{"Authorization": {"Basic YTpi"}}), "session ana")
}

func TestWritesOfOtherOriginsAreRefused(t *testing.T) {
	base, _ := service(t, closed())
	b := newBrowser(t, base)
	wantRedirect(t, b.login("ana", anasPassword, ""), "/")
	for name, header := range map[string]http.Header{
		"another site":     {"Sec-Fetch-Site": {"cross-site"}},
		"a sibling domain": {"Sec-Fetch-Site": {"same-site"}},
		"an old browser":   {"Origin": {"https://evil.example"}},
		"no origin":        {"Origin": {"null"}},
	} {
		for _, path := range []string{"/runs", "/login", "/logout"} {
			got := b.post(path, nil, header)
			if got.status != http.StatusForbidden || !strings.Contains(got.body, "another site") {
				t.Errorf("%s, %s: %d %s, want 403", name, path, got.status, got.body)
			}
		}
	}
	wantBody(t, b.post("/runs", nil, http.Header{"Sec-Fetch-Site": {"same-origin"}}), "session ana")
	wantBody(t, b.send("GET", "/", nil, http.Header{"Sec-Fetch-Site": {"cross-site"}}), "session ana")
}

func TestOpenGuardAnswersToLoopbackNamesOnly(t *testing.T) {
	h := handler(newGuard(t, access.Options{}))
	for host, want := range map[string]int{
		"127.0.0.1:8085": 200, "127.9.9.9": 200, "localhost": 200, "LOCALHOST.:80": 200, "ingest.localhost:1": 200,
		"[::1]:8085": 200, "[::1]": 200, "[::ffff:127.0.0.1]:1": 200,
		"": 421, "ingest.example.org": 421, "evil.example:8085": 421, "notlocalhost": 421, "localhost.evil.example": 421,
		"10.0.0.1": 421, "0.0.0.0:8085": 421, "127.0.0.1.evil.example": 421, "x:80:y.localhost": 421,
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("Host %q: %d, want %d", host, w.Code, want)
		}
	}
}

// TestOpenGuardRefusesWhatComesThroughAProxy: a proxy that gives the service its own
// Host says what it is in other headers.
func TestOpenGuardRefusesWhatComesThroughAProxy(t *testing.T) {
	base, _ := service(t, access.Options{TrustedProxies: prefixes(t, "127.0.0.1/32")})
	guarded, _ := service(t, closed())
	for name, value := range map[string]string{
		"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "ingest.example.org", "X-Forwarded-Proto": "https", "x-real-ip": "203.0.113.9",
		"Forwarded": "for=203.0.113.9", "Via": "1.1 nginx",
	} {
		header := http.Header{}
		header.Set(name, value)
		for path, want := range map[string]int{"/api/v1/entries": 421, "/": 421, "/login": 421, "/health": 200, "/healthy": 421, "/health/": 421} {
			got := api(t, base, "GET", path, header)
			if got.status != want || want == 421 && !strings.Contains(got.body, "server.users") {
				t.Errorf("%s of %s: %d %s, want %d and what to configure", path, name, got.status, got.body, want)
			}
		}
		header.Set("Authorization", "Bearer "+readToken)
		wantStatus(t, api(t, guarded, "GET", "/api/v1/entries", header), 200)
	}
	wantStatus(t, api(t, base, "GET", "/", http.Header{"X-Forward": {"no"}, "User-Agent": {"via"}}), 200)
}

func TestOpenGuardLetsEverybodyDoEverything(t *testing.T) {
	base, _ := service(t, access.Options{Listen: "127.0.0.1:8085"})
	wantBody(t, api(t, base, "POST", "/api/v1/runs", nil), "local local")
	wantStatus(t, api(t, base, "POST", "/api/v1/runs", http.Header{"Sec-Fetch-Site": {"cross-site"}}), 403)
	wantRedirect(t, newBrowser(t, base).get("/login?next=/entries/1"), "/entries/1")
}

func TestAnswersAreNotCached(t *testing.T) {
	base, _ := service(t, closed())
	for _, got := range []answer{api(t, base, "GET", "/api/v1/entries", bearer(readToken)), api(t, base, "GET", "/api/v1/entries", nil), newBrowser(t, base).get("/"), newBrowser(t, base).get("/login")} {
		if cc := got.header.Get("Cache-Control"); cc != "no-store" {
			t.Errorf("status %d: Cache-Control %q, want no-store", got.status, cc)
		}
	}
}

func TestPrincipalMay(t *testing.T) {
	run, read := access.Principal{Scopes: []access.Scope{access.Run}}, access.Principal{Scopes: []access.Scope{access.Read}}
	for _, c := range []struct {
		got, want bool
	}{{run.May(access.Read), true}, {run.May(access.Run), true}, {read.May(access.Read), true}, {read.May(access.Run), false}, {access.Principal{}.May(access.Read), false}} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	if _, ok := access.From(t.Context()); ok {
		t.Error("an empty context has a principal")
	}
}

// FuzzHeaders: no header whatever makes somebody of nobody.
func FuzzHeaders(f *testing.F) {
	f.Add("Bearer x", "ingest_session=x; ingest_login=y; ingest_device=a.b.c", "1.2.3.4")
	f.Add("Bearer ", "__Host-ingest_session=\"", "garbage, ,")
	o := closed()
	o.TrustedProxies = prefixes(f, "192.0.2.0/24")
	h := handler(newGuard(f, o))
	f.Fuzz(func(t *testing.T, authorization, cookie, forwarded string) {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/login/oidc/callback?state=x&code=y", nil)
		r.Header = http.Header{"Authorization": {authorization}, "Cookie": {cookie}, "X-Forwarded-For": {forwarded}, "X-Forwarded-Proto": {forwarded}}
		h.ServeHTTP(httptest.NewRecorder(), r)
		r.URL.Path = "/api/v1/entries"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == http.StatusOK && !strings.Contains(authorization, ciToken) && !strings.Contains(authorization, readToken) {
			t.Errorf("let in by %q and %q", authorization, cookie)
		}
	})
}
