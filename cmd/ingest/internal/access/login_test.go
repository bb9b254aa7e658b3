package access_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/access"
)

func TestLoginWalk(t *testing.T) {
	base, log := service(t, closed())
	b := newBrowser(t, base)
	page := b.get("/login?next=/entries/3960")
	wantStatus(t, page, 200)
	for _, want := range []string{`name="next" value="/entries/3960"`, `type="password"`, `method="post"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the login page lacks %s: %s", want, page.body)
		}
	}
	wrong := b.login("ana", "wrong "+anasPassword, "/entries/3960")
	wantStatus(t, wrong, 401)
	if !strings.Contains(wrong.body, "Name or password is wrong.") || !strings.Contains(wrong.body, `value="ana"`) || len(wrong.cookies) > 0 {
		t.Errorf("wrong password: %s, cookies %v", wrong.body, wrong.cookies)
	}
	nobody := b.login("bob", anasPassword, "/entries/3960")
	if nobody.status != 401 || strings.ReplaceAll(nobody.body, "bob", "ana") != wrong.body {
		t.Errorf("an unknown name is told apart: %d %s", nobody.status, nobody.body)
	}
	wantRedirect(t, b.login("ana", anasPassword, "/entries/3960"), "/entries/3960")
	wantBody(t, b.get("/entries/3960"), "session ana")
	wantRedirect(t, b.get("/login?next=/x"), "/x")
	out := b.post("/logout", nil, nil)
	wantRedirect(t, out, "/login")
	wantRedirect(t, b.get("/"), "/login?next=%2F")
	for _, secret := range []string{anasPassword, string(anasHash()), "bob"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

func TestLoginReadsTheBodyOnly(t *testing.T) {
	base, _ := service(t, closed())
	b := newBrowser(t, base)
	query := url.Values{"name": {"ana"}, "password": {anasPassword}}.Encode()
	wantStatus(t, b.post("/login?"+query, nil, nil), 401)
	wantStatus(t, b.post("/login?"+query, url.Values{"name": {"ana"}}, nil), 401)
	wantStatus(t, b.post("/login", url.Values{"name": {strings.Repeat("x", 20<<10)}}, nil), 400)
	wantStatus(t, b.send("POST", "/login", strings.NewReader("%zz"), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}), 400)
}

func TestLoginIsEscapedAndForPeopleOnly(t *testing.T) {
	base, _ := service(t, closed())
	got := newBrowser(t, base).login(`"><script>x</script>`, "y", `/"><script>`)
	if got.status != 401 || strings.Contains(got.body, "<script") {
		t.Errorf("%d %s", got.status, got.body)
	}
	base, _ = service(t, access.Options{Tokens: closed().Tokens})
	b := newBrowser(t, base)
	wantStatus(t, b.login("ana", anasPassword, ""), 404)
	wantStatus(t, b.get("/login/oidc"), 404)
	if page := b.get("/login"); page.status != 200 || strings.Contains(page.body, "<form") {
		t.Errorf("%d %s, want a page without a form", page.status, page.body)
	}
}

func TestPasswordsBeyondBcrypt(t *testing.T) {
	o := closed()
	long := strings.Repeat("a", 72)
	o.Users = append(o.Users, access.User{Name: "long", PasswordHash: cheapHash(t, long)})
	base, _ := service(t, o)
	b := newBrowser(t, base)
	wantStatus(t, b.login("long", long+"b", ""), 401)
	wantRedirect(t, b.login("long", long, ""), "/")
}

func TestSessionCookie(t *testing.T) {
	o := closed()
	o.TrustedProxies = prefixes(t, "127.0.0.0/8")
	base, _ := service(t, o)
	proxied := http.Header{"X-Forwarded-Proto": {"https"}}
	form := url.Values{"name": {"ana"}, "password": {anasPassword}}
	for _, c := range []struct {
		name   string
		header http.Header
		cookie string
		secure bool
	}{
		{"plain", nil, "ingest_session", false},
		{"behind TLS of a trusted proxy", proxied, "__Host-ingest_session", true},
		{"a proxy that adds to what the client said", http.Header{"X-Forwarded-Proto": {"https, http"}}, "ingest_session", false},
	} {
		got := newBrowser(t, base).post("/login", form, c.header)
		wantRedirect(t, got, "/")
		s := find(t, got, c.cookie)
		if s.Secure != c.secure || !s.HttpOnly || s.SameSite != http.SameSiteLaxMode || s.Path != "/" || s.Domain != "" || len(s.Value) < 43 {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
	o.TrustedProxies = nil
	base, _ = service(t, o)
	find(t, newBrowser(t, base).post("/login", form, proxied), "ingest_session") // nobody is believed
	o.Secure = true
	base, _ = service(t, o)
	find(t, newBrowser(t, base).post("/login", form, nil), "__Host-ingest_session")
}

func TestSessionOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(handler(newGuard(t, closed())))
	t.Cleanup(server.Close)
	b := browserOf(t, server.URL, server.Client())
	got := b.login("ana", anasPassword, "")
	wantRedirect(t, got, "/")
	wantBody(t, b.get("/"), "session ana")
	plain := http.Header{"Cookie": {"ingest_session=" + find(t, got, "__Host-ingest_session").Value}}
	b.client.Jar, _ = cookiejar.New(nil)
	wantStatus(t, b.send("GET", "/", nil, plain), 303) // without the prefix it counts for nothing
	wantRedirect(t, b.post("/logout", nil, nil), "/login")
}

func TestLoginGivesANewIDAndLogoutEndsIt(t *testing.T) {
	base, _ := service(t, closed())
	b := newBrowser(t, base)
	first := find(t, b.login("ana", anasPassword, ""), "ingest_session").Value
	second := find(t, b.login("ana", anasPassword, ""), "ingest_session").Value
	if first == second {
		t.Fatal("the second login kept the id")
	}
	with := func(id string) answer {
		return newBrowser(t, base).send("GET", "/", nil, http.Header{"Cookie": {"ingest_session=" + id}})
	}
	wantStatus(t, with(first), 303)
	wantBody(t, with(second), "session ana")
	wantStatus(t, with("chosen-by-an-attacker"), 303)
	wantRedirect(t, b.post("/logout", nil, nil), "/login")
	wantStatus(t, with(second), 303)
}

func TestSessionLifetimes(t *testing.T) {
	now := newClock()
	o := closed()
	o.Now, o.SessionLifetime, o.IdleTimeout = now.Now, 3*time.Hour, time.Hour
	base, _ := service(t, o)
	b := newBrowser(t, base)
	wantRedirect(t, b.login("ana", anasPassword, ""), "/")
	for range 3 { // used every 59 minutes: 2:57 in all
		now.Add(59 * time.Minute)
		wantBody(t, b.get("/"), "session ana")
	}
	now.Add(3 * time.Minute)
	wantStatus(t, b.get("/"), 303)

	wantRedirect(t, b.login("ana", anasPassword, ""), "/")
	now.Add(time.Hour)
	wantStatus(t, b.get("/"), 303)
	now.Add(-time.Hour)
	wantStatus(t, b.get("/"), 303) // gone is gone
}

func TestSessionsSurviveAReloadThatStillHasTheirEditor(t *testing.T) {
	o := closed()
	o.Users = append(o.Users, access.User{Name: "ben", PasswordHash: cheapHash(t, "bens long password")})
	before := newGuard(t, o)
	current := before
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler(current).ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	ana, ben := newBrowser(t, server.URL), newBrowser(t, server.URL)
	wantRedirect(t, ana.login("ana", anasPassword, ""), "/")
	wantRedirect(t, ben.login("ben", "bens long password", ""), "/")

	o = closed() // ben is gone
	o.Before = before
	current = newGuard(t, o)
	wantBody(t, ana.get("/"), "session ana")
	wantStatus(t, ben.get("/"), 303)

	o.Before = current
	o.Users[0].PasswordHash = cheapHash(t, "another password of ana") // and ana's password is another
	current = newGuard(t, o)
	wantStatus(t, ana.get("/"), 303)
}

func find(t testing.TB, got answer, name string) *http.Cookie {
	t.Helper()
	for _, c := range got.cookies {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no cookie %s among %v (status %d)", name, got.cookies, got.status)
	return nil
}
