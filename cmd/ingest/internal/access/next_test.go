package access_test

import (
	"net/url"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/access"
)

func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/":                             "/",
		"/entries/3960?tab=a%20b&x#y":   "/entries/3960?tab=a%20b&x#y",
		"/search?q=https://x.example":   "/search?q=https://x.example",
		"/logins":                       "/logins",
		"":                              "/",
		"entries":                       "/",
		"https://evil.example/":         "/",
		"//evil.example/":               "/",
		"///evil.example/":              "/",
		`/\evil.example/`:               "/",
		`\\evil.example`:                "/",
		"/\t/evil.example":              "/",
		"/\n/evil.example":              "/",
		"/\r\nSet-Cookie: x=y":          "/",
		" //evil.example":               "/",
		"javascript:alert(1)":           "/",
		"/a b":                          "/",
		"/%zz":                          "/",
		"/login":                        "/",
		"/login?next=/login":            "/",
		"/login/oidc":                   "/",
		"/logout":                       "/",
		"/" + strings.Repeat("a", 1024): "/",
	} {
		if got := access.LocalPath(next); got != want {
			t.Errorf("%q: got %q, want %q", next, got, want)
		}
	}
}

// FuzzLocalPath: the way back never leaves the host, as RFC 3986 or a browser
// resolves it.
func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/x", "//x", `/\x`, "/\t/x", "/..//x", "/;@x", "/%2F/x", "/x:y@z", "/?//x"} {
		f.Add(seed)
	}
	base, err := url.Parse("https://ingest.example.org/login")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		got := access.LocalPath(next)
		// Browsers drop tabs and line breaks and read \ as /.
		seen := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(strings.TrimSpace(got))
		u, err := base.Parse(seen)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme || u.User != nil {
			t.Errorf("%q became %q, which leads to %v (%v)", next, got, u, err)
		}
		if again := access.LocalPath(got); again != got {
			t.Errorf("%q became %q and then %q", next, got, again)
		}
	})
}
