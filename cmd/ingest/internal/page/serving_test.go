package page_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/page"
	"ingest/cmd/ingest/internal/page/pagetest"
)

func TestImageIsServedAsWhatItIs(t *testing.T) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>`
	for name, tt := range map[string]struct {
		content, mime, disposition string
	}{
		"picture":          {string(pagetest.Picture(4, 4)), "image/png", ""},
		"svg":              {svg, "image/svg+xml", "attachment"},
		"page as picture":  {"<!DOCTYPE html><script>alert(1)</script>", "application/octet-stream", "attachment"},
		"nothing known":    {"what is this", "application/octet-stream", "attachment"},
		"empty":            {"", "application/octet-stream", "attachment"},
		"pdf as a picture": {"%PDF-1.4\n", "application/octet-stream", "attachment"},
	} {
		t.Run(name, func(t *testing.T) {
			d := pagetest.Rich()
			d.Images["featured.png"] = []byte(tt.content)
			a := ask(t, handler(t, d, ana, nil), "GET", "/entries/3960/image", "")
			if got := a.Header.Get("Content-Type"); a.StatusCode != http.StatusOK || got != tt.mime || a.body != tt.content {
				t.Errorf("%d %s, want 200 %s and the same bytes", a.StatusCode, got, tt.mime)
			}
			if got := a.Header.Get("Content-Disposition"); got != tt.disposition {
				t.Errorf("disposition %q, want %q", got, tt.disposition)
			}
			if a.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") {
				t.Errorf("head %v, want nosniff and a sandbox", a.Header)
			}
		})
	}
}

func TestAssetsMayBeKeptForEver(t *testing.T) {
	h := handler(t, pagetest.Rich(), access.Principal{}, nil) // who is nobody has the login page
	login := ask(t, h, "GET", "/login", "")
	names := regexp.MustCompile(`/assets/[a-z]+-[0-9a-f]{12}\.(css|js|svg)`).FindAllString(login.body, -1)
	if len(names) != 4 {
		t.Fatalf("assets %q, want style, script and the icon twice", names)
	}
	for _, name := range names {
		a := ask(t, h, "GET", name, "")
		if a.StatusCode != http.StatusOK || a.body == "" || a.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", name, a.StatusCode, a.Header)
		}
	}
	if a := ask(t, h, "GET", "/assets/style.css", ""); a.StatusCode != http.StatusNotFound {
		t.Errorf("without its digest: %d, want 404", a.StatusCode)
	}
}

func TestLoginPage(t *testing.T) {
	p, err := page.New(page.Options{Desk: pagetest.Rich()})
	if err != nil {
		t.Fatal(err)
	}
	show := func(path string, status int, v access.LoginView) answer {
		return ask(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.LoginPage(w, r, status, v) }), "GET", path, "")
	}
	for name, tt := range map[string]struct {
		path   string
		status int
		view   access.LoginView
		want   []string
		not    string
	}{
		"form":             {"/login", 200, access.LoginView{Next: "/entries/1?a=b", Password: true}, []string{`name="next" value="/entries/1?a=b"`, `autocomplete="current-password"`}, `role="alert"`},
		"wrong":            {"/login", 401, access.LoginView{Name: `"><b>`, Error: "Name or password is wrong.", Password: true}, []string{`role="alert"`, "&#34;&gt;&lt;b&gt;"}, "<b>"},
		"single sign-on":   {"/login", 200, access.LoginView{Next: "/a?b=c&d", OIDC: "Sign in with X"}, []string{`href="/login/oidc?next=%2fa%3fb%3dc%26d"`, "Sign in with X"}, "password"},
		"nobody can":       {"/login", 200, access.LoginView{}, []string{"Nobody can sign in here."}, "<form"},
		"provider is down": {"/login/oidc", 503, access.LoginView{OIDC: "X", Error: "The provider does not answer."}, []string{"The provider does not answer."}, "<form"},
		"another site":     {"/runs", 403, access.LoginView{Error: "This request came from a page of another site.", Password: true}, []string{"You may not do this", "another site"}, "<form"},
		"wrong host":       {"/", 421, access.LoginView{Error: "loopback names only"}, []string{"This address is not served"}, "<form"},
	} {
		t.Run(name, func(t *testing.T) {
			a := show(tt.path, tt.status, tt.view)
			if a.StatusCode != tt.status {
				t.Errorf("status %d, want %d", a.StatusCode, tt.status)
			}
			checkHead(t, a)
			checkMarkup(t, a)
			for _, part := range tt.want {
				if !strings.Contains(a.body, part) {
					t.Errorf("lacks %s:\n%s", part, a.body)
				}
			}
			if strings.Contains(a.body, tt.not) {
				t.Errorf("holds %s", tt.not)
			}
		})
	}
}

// The pages behind the guard that the service has, and its login page.
func TestBehindTheGuard(t *testing.T) {
	p, err := page.New(page.Options{Desk: pagetest.Rich()})
	if err != nil {
		t.Fatal(err)
	}
	guard, err := access.New(access.Options{Tokens: []access.Token{{Name: "ci", Token: "a-token-of-some-length-0123456789abcdef", Scopes: []string{"read"}}}, LoginPage: p.LoginPage})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	guard.Routes(mux)
	p.Routes(mux, guard.Require)
	mux.HandleFunc("/api/", http.NotFound) // other windows fit beside it
	h := guard.Wrap(mux)
	if a := ask(t, h, "GET", "/entries/3960?asked=1", ""); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/login?next=%2Fentries%2F3960%3Fasked%3D1" {
		t.Errorf("nobody: %d to %q, want the login", a.StatusCode, a.Header.Get("Location"))
	}
	if a := ask(t, h, "GET", "/login", ""); a.StatusCode != http.StatusOK || !strings.Contains(a.text(), "Sign in") {
		t.Errorf("login: %d %s", a.StatusCode, a.text())
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/entries/3960/refresh", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Accept", "text/html")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 403 || !strings.Contains(w.Body.String(), "You may not do this") {
		t.Errorf("from another site: %d\n%s", w.Code, w.Body)
	}
}
