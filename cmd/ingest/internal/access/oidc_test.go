package access_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/access"
)

// ssoService is a service whose people sign in at a provider. Its address is known
// only when it runs, so that the handler is put in afterwards.
func ssoService(t testing.TB, settings func(service string) *access.OIDC, change func(*access.Options)) (string, *bytes.Buffer) {
	t.Helper()
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	log := &bytes.Buffer{}
	o := access.Options{OIDC: settings(server.URL), Logger: slog.New(slog.NewTextHandler(log, nil))}
	if change != nil {
		change(&o)
	}
	h = handler(newGuard(t, o))
	return server.URL, log
}

// signInAt walks to the provider and back, up to the answer of the callback.
func signInAt(t testing.TB, b *browser, next string) answer {
	t.Helper()
	begun := b.get("/login/oidc?next=" + url.QueryEscape(next))
	if begun.status != http.StatusSeeOther {
		return begun
	}
	at := b.get(begun.location)
	wantStatus(t, at, http.StatusFound)
	return b.get(at.location)
}

func TestSingleSignOn(t *testing.T) {
	p := newProvider(t)
	base, log := ssoService(t, p.settings, nil)
	b := newBrowser(t, base)
	page := b.get("/login?next=/entries/7")
	if !strings.Contains(page.body, `href="/login/oidc?next=%2fentries%2f7"`) || strings.Contains(page.body, "<form") {
		t.Errorf("the login page: %s", page.body)
	}
	begun := b.get("/login/oidc?next=/entries/7%3Fa=b")
	q, err := url.Parse(begun.location)
	if err != nil {
		t.Fatal(err)
	}
	if got := q.Query(); got.Get("scope") != "openid email profile" || len(got.Get("state")) < 43 || len(got.Get("nonce")) < 43 || got.Get("state") == got.Get("nonce") || got.Get("code_challenge") == "" {
		t.Errorf("asked for %v", got)
	}
	wantRedirect(t, signInAt(t, b, "/entries/7?a=b"), "/entries/7?a=b")
	wantBody(t, b.get("/entries/7"), "session Ana@Example.org")
	wantBody(t, b.post("/runs", nil, nil), "session Ana@Example.org")
	for _, secret := range []string{clientSecret, "the-access-token", "code-"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
	wantRedirect(t, b.post("/logout", nil, nil), "/login")
	wantStatus(t, b.get("/"), 303)
}

func TestSecretInTheFormWhereTheProviderWantsIt(t *testing.T) {
	p := newProvider(t)
	p.authMethod = "client_secret_post"
	base, _ := ssoService(t, p.settings, nil)
	wantRedirect(t, signInAt(t, newBrowser(t, base), "/"), "/")
}

func TestACodeIsSentOnce(t *testing.T) {
	p := newProvider(t)
	p.callback = url.Values{"code": {"guessed"}}
	base, _ := ssoService(t, p.settings, nil)
	wantStatus(t, signInAt(t, newBrowser(t, base), "/"), 502)
	p.set(func(p *provider) {
		if p.asked["/token"] != 1 {
			t.Errorf("%d requests for a token, want 1", p.asked["/token"])
		}
	})
}

func TestSingleSignOnRefuses(t *testing.T) {
	other := newKey(t)
	claim := func(key string, value any) func(*provider) {
		return func(p *provider) { p.claims[key] = value }
	}
	for _, c := range []struct {
		name   string
		change func(*provider)
		status int
		logged string
	}{
		{"wrong state", func(p *provider) { p.callback = url.Values{"state": {"another"}} }, 400, ""},
		{"no state", func(p *provider) { p.callback = url.Values{"state": nil} }, 400, ""},
		{"another issuer answers", func(p *provider) { p.callback = url.Values{"iss": {"https://evil.example"}} }, 400, ""},
		{"the person declines", func(p *provider) { p.callback = url.Values{"code": nil, "error": {"access_denied"}} }, 403, "access_denied"},
		{"an error that is an attack", func(p *provider) { p.callback = url.Values{"code": nil, "error": {"<script>"}} }, 403, "other"},
		{"wrong code", func(p *provider) { p.callback = url.Values{"code": {"guessed"}} }, 502, "invalid_grant"},
		{"no ID token", func(p *provider) { p.noToken = true }, 502, "no ID token"},
		{"wrong nonce", claim("nonce", "of another login"), 502, "nonce"},
		{"no nonce", claim("nonce", nil), 502, "nonce"},
		{"another audience", claim("aud", "another-client"), 502, "audience"},
		{"several audiences without azp", claim("aud", []string{"ingest", "another"}), 502, "azp"},
		{"made for another client", claim("azp", "another"), 502, "azp"},
		{"another issuer", claim("iss", "https://evil.example"), 502, "different provider"},
		{"expired", claim("exp", time.Now().Add(-time.Minute).Unix()), 502, "expired"},
		{"not yet valid", claim("nbf", time.Now().Add(time.Hour).Unix()), 502, "not before"},
		{"another key", func(p *provider) { p.signWith = other }, 502, "signature"},
		{"unverified email", claim("email_verified", false), 403, "not allowed"},
		{"email not said to be verified", claim("email_verified", nil), 403, "not allowed"},
		{"another email", claim("email", "eve@example.org"), 403, "not allowed"},
		{"no email", claim("email", nil), 403, "not allowed"},
		{"a letter that looks alike", claim("email", "an\u0430@example.org"), 403, "not allowed"},
		{"no subject", claim("sub", nil), 502, "who signed in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProvider(t)
			base, log := ssoService(t, p.settings, nil)
			c.change(p)
			b := newBrowser(t, base)
			got := signInAt(t, b, "/")
			wantStatus(t, got, c.status)
			if strings.Contains(got.body, "<script") || strings.Contains(log.String(), clientSecret) || !strings.Contains(log.String(), c.logged) {
				t.Errorf("log %s, want %q in it; page %s", log, c.logged, got.body)
			}
			wantStatus(t, b.get("/"), 303) // nobody is signed in
		})
	}
}

func TestSingleSignOnLists(t *testing.T) {
	p := newProvider(t)
	for _, c := range []struct {
		name   string
		lists  access.OIDC
		claims map[string]any
		info   map[string]any
		status int
	}{
		{"a domain", access.OIDC{Allow: []string{"EXAMPLE.org"}}, nil, nil, 303},
		{"a subdomain", access.OIDC{Allow: []string{"example.org"}}, map[string]any{"email": "ana@sub.example.org"}, nil, 403},
		{"a domain that ends alike", access.OIDC{Allow: []string{"example.org"}}, map[string]any{"email": "ana@badexample.org"}, nil, 403},
		{"two @", access.OIDC{Allow: []string{"example.org"}}, map[string]any{"email": "eve@evil.example@example.org"}, nil, 403},
		{"two @, the second half listed", access.OIDC{Allow: []string{"evil.example@example.org"}}, map[string]any{"email": "eve@evil.example@example.org"}, nil, 403},
		{"an unverified domain", access.OIDC{Allow: []string{"example.org"}}, map[string]any{"email_verified": false}, nil, 403},
		{"the Kelvin sign", access.OIDC{Allow: []string{"kiosk.example"}}, map[string]any{"email": "a@\u212Aiosk.example"}, nil, 403},
		{"verified as text", access.OIDC{Allow: []string{"example.org"}}, map[string]any{"email_verified": "true"}, nil, 303},
		{"a group", access.OIDC{Groups: []string{"editors"}}, map[string]any{"groups": []string{"staff", "editors"}}, nil, 303},
		{"one group as text", access.OIDC{Groups: []string{"editors"}}, map[string]any{"groups": "editors"}, nil, 303},
		{"other groups", access.OIDC{Groups: []string{"editors"}}, map[string]any{"groups": []string{"Editors", "editors2"}}, nil, 403},
		{"groups of another type", access.OIDC{Groups: []string{"editors"}}, map[string]any{"groups": map[string]any{"editors": true}}, nil, 403},
		{"a subject", access.OIDC{Users: []string{"u-17"}}, map[string]any{"email": nil}, nil, 303},
		{"another subject", access.OIDC{Users: []string{"u-1"}}, nil, nil, 403},
		{"email from userinfo", access.OIDC{Allow: []string{"ana@example.org"}}, map[string]any{"email": nil, "email_verified": nil}, map[string]any{"sub": "u-17", "email": "ana@example.org", "email_verified": true}, 303},
		{"unverified in userinfo", access.OIDC{Allow: []string{"ana@example.org"}}, map[string]any{"email": nil, "email_verified": nil}, map[string]any{"sub": "u-17", "email": "ana@example.org", "email_verified": false}, 403},
		{"a verified mark of the ID token for another email", access.OIDC{Allow: []string{"ana@example.org"}}, map[string]any{"email": "eve@evil.example"}, map[string]any{"sub": "u-17", "email": "ana@example.org"}, 403},
		{"userinfo of somebody else", access.OIDC{Allow: []string{"ana@example.org"}}, map[string]any{"email": nil}, map[string]any{"sub": "u-18", "email": "ana@example.org", "email_verified": true}, 502},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.set(func(p *provider) {
				p.claims, p.userinfo = c.claims, c.info
			})
			base, _ := ssoService(t, func(service string) *access.OIDC {
				o := *p.settings(service)
				o.Allow, o.Groups, o.Users = c.lists.Allow, c.lists.Groups, c.lists.Users
				return &o
			}, nil)
			wantStatus(t, signInAt(t, newBrowser(t, base), "/"), c.status)
		})
	}
}

func TestCallbackBelongsToOneBrowserAndOneTime(t *testing.T) {
	p := newProvider(t)
	now := newClock()
	now.now = time.Now()
	base, _ := ssoService(t, p.settings, func(o *access.Options) { o.Now = now.Now })
	victim, attacker := newBrowser(t, base), newBrowser(t, base)

	at := attacker.get(attacker.get("/login/oidc").location)
	wantStatus(t, victim.get(at.location), 400) // a link that the attacker sent
	wantRedirect(t, attacker.get(at.location), "/")
	wantStatus(t, attacker.get(at.location), 400) // the cookie is gone

	begun := victim.get("/login/oidc")
	cookie := find(t, begun, "ingest_login")
	at = victim.get(begun.location)
	wantRedirect(t, victim.get(at.location), "/")
	replay := http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}}
	wantStatus(t, newBrowser(t, base).send("GET", at.location, nil, replay), 502) // the provider knows the code

	late := newBrowser(t, base)
	at = late.get(late.get("/login/oidc").location)
	now.Add(11 * time.Minute)
	wantStatus(t, late.get(at.location), 400)
}

func TestProviderThatIsDown(t *testing.T) {
	p := newProvider(t)
	p.set(func(p *provider) { p.down = true })
	now := newClock()
	now.now = time.Now()
	base, log := ssoService(t, p.settings, func(o *access.Options) {
		o.Now = now.Now
		o.Users = closed().Users
	})
	b := newBrowser(t, base)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { newBrowser(t, base).get("/login/oidc") })
	}
	wg.Wait()
	got := b.get("/login/oidc?next=/x")
	wantStatus(t, got, 502)
	if !strings.Contains(got.body, "does not answer") || !strings.Contains(got.body, `value="/x"`) || strings.Contains(got.body, "maintenance") {
		t.Errorf("page %s", got.body)
	}
	if !strings.Contains(log.String(), "503") {
		t.Errorf("log %s", log)
	}
	p.set(func(p *provider) {
		if n := p.asked["/.well-known/openid-configuration"]; n != 1 {
			t.Errorf("a provider that is down was asked %d times by 6 people at once, want once", n)
		}
		p.down = false
	})
	wantRedirect(t, b.login("ana", anasPassword, "/x"), "/x") // passwords go on
	wantRedirect(t, b.post("/logout", nil, nil), "/login")
	now.Add(6 * time.Second)
	wantRedirect(t, signInAt(t, b, "/x"), "/x") // and it is back
}

func TestSingleSignOnIsLimited(t *testing.T) {
	p := newProvider(t)
	base, _ := ssoService(t, p.settings, func(o *access.Options) { o.Now = newClock().Now })
	b := newBrowser(t, base)
	for range 20 {
		wantStatus(t, b.get("/login/oidc"), 303)
	}
	if got := b.get("/login/oidc"); got.status != 429 || got.header.Get("Retry-After") != "3" {
		t.Errorf("%d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
}

func TestSignOnsThatSucceedUseNothingUp(t *testing.T) {
	p := newProvider(t)
	now := time.Now()
	base, _ := ssoService(t, p.settings, func(o *access.Options) { o.Now = func() time.Time { return now } })
	for range 25 { // one office
		wantRedirect(t, signInAt(t, newBrowser(t, base), "/"), "/")
	}
}

// Who is at the provider while the configuration is read anew comes back to a guard
// that knows the beginning, unless the rules are others.
func TestSignOnSurvivesAReloadWithTheSameRules(t *testing.T) {
	p := newProvider(t)
	var current *access.Guard
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler(current).ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	o := access.Options{OIDC: p.settings(server.URL)}
	current = newGuard(t, o)
	for _, c := range []struct {
		name   string
		change func(*access.OIDC)
		status int
	}{
		{"the same", func(*access.OIDC) {}, http.StatusSeeOther},
		{"another list", func(o *access.OIDC) { o.Allow = append(o.Allow, "ben@example.org") }, http.StatusBadRequest},
		{"no sign-on any more", nil, http.StatusNotFound},
	} {
		b := newBrowser(t, server.URL)
		at := b.get(b.get("/login/oidc").location)
		o.Before = current
		if c.change == nil {
			o.OIDC, o.Users = nil, closed().Users
		} else {
			c.change(o.OIDC)
		}
		current = newGuard(t, o)
		if got := b.get(at.location); got.status != c.status {
			t.Errorf("%s: %d %s, want %d", c.name, got.status, got.body, c.status)
		}
	}
}

func TestSingleSignOnWithAHugeAnswer(t *testing.T) {
	var sent atomic.Int64
	flood := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		chunk := bytes.Repeat([]byte("x"), 64<<10)
		for range 1000 {
			n, err := w.Write(chunk)
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	}))
	t.Cleanup(flood.Close)
	base, log := ssoService(t, func(service string) *access.OIDC {
		return &access.OIDC{Issuer: flood.URL, ClientID: "ingest", RedirectURL: service + "/login/oidc/callback", Users: []string{"x"}}
	}, nil)
	wantStatus(t, newBrowser(t, base).get("/login/oidc"), 502)
	if n := sent.Load(); n > 30<<20 || log.Len() > 2000 { // what the sockets hold is sent too
		t.Errorf("%d bytes were taken and %d logged", n, log.Len())
	}
}

// openProject is an OpenProject as far as signing in goes.
func openProject(t testing.TB, me string) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /oauth/authorize", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("scope") != "api_v3" || q.Get("code_challenge") == "" {
			http.Error(w, "wrong request", http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, q.Get("redirect_uri")+"?code=c&state="+q.Get("state"), http.StatusFound)
	})
	mux.HandleFunc("POST /oauth/token", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("code") != "c" || r.FormValue("code_verifier") == "" {
			tokenError(w, "invalid_grant")
			return
		}
		writeJSON(w, map[string]any{"access_token": "op-token", "token_type": "Bearer", "expires_in": 7200, "scope": "api_v3"})
	})
	mux.HandleFunc("GET /api/v3/users/me", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer op-token" {
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/hal+json")
		fmt.Fprint(w, me)
	})
	server := httptest.NewServer(http.StripPrefix("/op", mux)) // with a path prefix
	t.Cleanup(server.Close)
	return server
}

func TestOpenProjectAsProvider(t *testing.T) {
	for _, c := range []struct {
		name, me string
		status   int
	}{
		{"allowed", `{"_type":"User","id":5,"login":"ana","name":"Ana K","status":"active"}`, 303},
		{"another login", `{"_type":"User","id":6,"login":"eve","name":"ana","status":"active"}`, 403},
		{"the email of somebody else", `{"_type":"User","id":6,"login":"eve","email":"ana","status":"active"}`, 403},
		{"locked", `{"_type":"User","id":5,"login":"ana","status":"locked"}`, 502},
		{"a placeholder", `{"_type":"PlaceholderUser","id":5,"login":"ana"}`, 502},
		{"anonymous", `{"_type":"User","id":2,"name":"Anonymous"}`, 502},
		{"no JSON", `<html>`, 502},
	} {
		t.Run(c.name, func(t *testing.T) {
			op := openProject(t, c.me)
			base, log := ssoService(t, func(service string) *access.OIDC {
				return &access.OIDC{Issuer: op.URL + "/op/", OpenProject: true, ClientID: "ingest", RedirectURL: service + "/login/oidc/callback", Users: []string{"ana"}}
			}, nil)
			b := newBrowser(t, base)
			wantStatus(t, signInAt(t, b, "/"), c.status)
			if c.status == http.StatusSeeOther {
				wantBody(t, b.get("/"), "session ana")
			}
			if strings.Contains(log.String(), "op-token") {
				t.Errorf("the log holds the token: %s", log)
			}
		})
	}
}
