package access_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/config"
)

const (
	anasPassword = "a quiet harbour at dawn"
	ciToken      = "0123456789abcdef0123456789abcdef"
	readToken    = "fedcba9876543210fedcba9876543210"
)

// cheapHash makes hashes that only NewCheap takes.
func cheapHash(t testing.TB, password string) config.Secret {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return config.Secret(hash)
}

var anasHash = sync.OnceValue(func() config.Secret {
	hash, err := bcrypt.GenerateFromPassword([]byte(anasPassword), bcrypt.MinCost)
	if err != nil {
		panic(err)
	}
	return config.Secret(hash)
})

// closed are options with an editor, a program that runs and one that reads.
func closed() access.Options {
	return access.Options{
		Users: []access.User{{Name: "ana", PasswordHash: anasHash()}},
		Tokens: []access.Token{
			{Name: "ci", Token: ciToken, Scopes: []string{"run"}},
			{Name: "monitor", Token: readToken, Scopes: []string{"read"}},
		},
	}
}

// clock is time that the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newGuard(t testing.TB, o access.Options) *access.Guard {
	t.Helper()
	g, err := access.NewCheap(o)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return g
}

// handler is a service of two pages, an API and a probe behind a guard. Pages say who
// asks.
func handler(g *access.Guard) http.Handler {
	mux := http.NewServeMux()
	g.Routes(mux)
	who := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, _ := access.From(r.Context())
		_, _ = io.WriteString(w, string(p.Kind)+" "+p.Name)
	})
	mux.Handle("GET /", g.Require(access.Read, who))
	mux.Handle("POST /runs", g.Require(access.Run, who))
	mux.Handle("GET /api/v1/entries", g.Require(access.Read, who))
	mux.Handle("POST /api/v1/runs", g.Require(access.Run, who))
	mux.HandleFunc("GET /health", func(http.ResponseWriter, *http.Request) {})
	return g.Wrap(mux, "/health")
}

// service serves a guard's handler; the log is what it wrote.
func service(t testing.TB, o access.Options) (url string, log *bytes.Buffer) {
	t.Helper()
	log = &bytes.Buffer{}
	o.Logger = slog.New(slog.NewTextHandler(log, nil))
	server := httptest.NewServer(handler(newGuard(t, o)))
	t.Cleanup(server.Close)
	return server.URL, log
}

// browser keeps cookies, accepts HTML and does not follow redirects by itself.
type browser struct {
	t      testing.TB
	base   string
	client *http.Client
	header http.Header
}

func newBrowser(t testing.TB, base string) *browser {
	return browserOf(t, base, &http.Client{})
}

func browserOf(t testing.TB, base string, client *http.Client) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: t, base: base, client: client, header: http.Header{"Accept": {"text/html,*/*;q=0.8"}}}
}

// answer is what came back.
type answer struct {
	status   int
	location string
	header   http.Header
	body     string
	cookies  []*http.Cookie
}

func (b *browser) send(method, address string, body io.Reader, header http.Header) answer {
	b.t.Helper()
	if !strings.HasPrefix(address, "http") {
		address = b.base + address
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, address, body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, h := range []http.Header{b.header, header} {
		for key, values := range h {
			r.Header[key] = values
		}
	}
	resp, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header.Get("Location"), resp.Header, string(text), resp.Cookies()}
}

func (b *browser) get(address string) answer {
	b.t.Helper()
	return b.send(http.MethodGet, address, nil, nil)
}

func (b *browser) post(address string, form url.Values, header http.Header) answer {
	b.t.Helper()
	h := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for key, values := range header {
		h[key] = values
	}
	return b.send(http.MethodPost, address, strings.NewReader(form.Encode()), h)
}

func (b *browser) login(name, password, next string) answer {
	b.t.Helper()
	return b.post("/login", url.Values{"name": {name}, "password": {password}, "next": {next}}, nil)
}

// api asks as a program.
func api(t testing.TB, base, method, path string, header http.Header) answer {
	t.Helper()
	b := newBrowser(t, base)
	b.header = nil
	return b.send(method, path, nil, header)
}

func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

func wantStatus(t testing.TB, got answer, want int) {
	t.Helper()
	if got.status != want {
		t.Fatalf("status %d, want %d; body: %s", got.status, want, got.body)
	}
}

func wantBody(t testing.TB, got answer, want string) {
	t.Helper()
	wantStatus(t, got, http.StatusOK)
	if got.body != want {
		t.Fatalf("body %q, want %q", got.body, want)
	}
}

func wantRedirect(t testing.TB, got answer, want string) {
	t.Helper()
	if got.status != http.StatusSeeOther || got.location != want {
		t.Fatalf("status %d to %q, want 303 to %q; body: %s", got.status, got.location, want, got.body)
	}
}

func prefixes(t testing.TB, list ...string) []netip.Prefix {
	t.Helper()
	var out []netip.Prefix
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}
