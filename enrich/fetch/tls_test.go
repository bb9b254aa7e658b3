package fetch_test

import (
	"context"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"ingest/enrich/fetch"
	"ingest/enrich/fetch/fetchtest"
)

func TestHTTP2(t *testing.T) {
	var conns atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }))
	s.EnableHTTP2 = true
	s.Config.ConnState = func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			conns.Add(1)
		}
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), RootCAs: roots})
	for range 3 {
		if _, body := mustGet(t, c, fetch.Request{URL: s.URL}); body != "HTTP/2.0" {
			t.Errorf("spoke %s, want HTTP/2.0", body)
		}
	}
	if n := conns.Load(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
}

func TestTLSErrors(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	secure := httptest.NewUnstartedServer(ok)
	secure.Config.ErrorLog = quiet()
	secure.StartTLS()
	t.Cleanup(secure.Close)
	plain := serve(t, ok)
	garbage, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = garbage.Close() })
	go func() {
		for {
			conn, err := garbage.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte("\x15\x03\x03\x00\x02\x02\x28")) // a fatal handshake alert
			_, _ = io.Copy(io.Discard, conn)
			_ = conn.Close()
		}
	}()
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	for name, url := range map[string]string{
		"unknown authority": secure.URL,
		"no TLS at all":     strings.Replace(plain.URL, "http:", "https:", 1),
		"alert":             "https://" + garbage.Addr().String(),
	} {
		_, err := c.Get(t.Context(), fetch.Request{URL: url})
		if e := asKind(t, err, fetch.TLS); e.Temporary() || e.Hint() == "" {
			t.Errorf("%s: temporary %v, hint %q", name, e.Temporary(), e.Hint())
		}
	}
}

func TestNetworkErrors(t *testing.T) {
	gone := serve(t, nil)
	gone.Close()
	names := fetchtest.NewNames(nil)
	c := newClient(t, fetch.Options{AllowPrivate: loopback(), Resolver: names.Resolver()})
	_, err := c.Get(t.Context(), fetch.Request{URL: gone.URL})
	if e := asKind(t, err, fetch.Refused); e.Hint() == "" {
		t.Error("no hint")
	}
	_, err = c.Get(t.Context(), fetch.Request{URL: "http://nowhere.test/"})
	if e := asKind(t, err, fetch.DNS); e.Hint() == "" || e.Temporary() {
		t.Errorf("hint %q, temporary %v", e.Hint(), e.Temporary())
	}
	_, err = c.Get(t.Context(), fetch.Request{URL: "http://busy.test/"})
	if e := asKind(t, err, fetch.DNS); !e.Temporary() {
		t.Error("a name server that cannot answer now: not temporary")
	}
	headers := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 300<<10))
	})
	_, err = c.Get(t.Context(), fetch.Request{URL: headers.URL})
	wantKind(t, err, fetch.Network)
}

func TestProxy(t *testing.T) {
	var asked []string
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		if r.URL.Path == "/inside" {
			http.Redirect(w, r, "http://inside.test/", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "by proxy")
	})
	to := mustParse(t, proxy.URL)
	names := fetchtest.NewNames(map[string][]string{"site.test": {"1.1.1.1"}, "inside.test": {"10.0.0.1"}, "opened.test": {"10.0.0.1"}, "direct.test": {"127.0.0.1"}})
	c := newClient(t, fetch.Options{
		Resolver:     names.Resolver(),
		AllowPrivate: []string{"opened.test:80"},
		Proxy: func(r *http.Request) (*url.URL, error) {
			if r.URL.Hostname() == "direct.test" {
				return nil, nil
			}
			return to, nil
		},
	})
	for _, u := range []string{"http://site.test/a?b", "http://opened.test/"} {
		if _, body := mustGet(t, c, fetch.Request{URL: u}); body != "by proxy" {
			t.Errorf("%s: body %q", u, body)
		}
	}
	if len(asked) != 2 || asked[0] != "http://site.test/a?b" {
		t.Errorf("the proxy was asked for %q", asked)
	}
	for u, want := range map[string]fetch.Kind{
		"http://inside.test/":             fetch.Blocked,
		"http://site.test/inside":         fetch.Blocked, // the redirect
		"http://127.0.0.1/":               fetch.Blocked,
		"http://169.254.169.254/":         fetch.Blocked,
		"http://nowhere.test/":            fetch.DNS,
		"http://direct.test:" + to.Port(): fetch.Blocked, // past the proxy the dialer's guard holds
	} {
		_, err := c.Get(t.Context(), fetch.Request{URL: u})
		wantKind(t, err, want)
	}
	if len(asked) != 3 {
		t.Errorf("the proxy was asked for %q", asked)
	}
}

// Without Options.Proxy the environment does not count.
func TestEnvironmentNamesNoProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://proxy.invalid:1")
	web, stop := newPipeWeb("1.1.1.1:80", pages(map[string]string{"/": "direct"}))
	defer stop()
	c := newClient(t, fetch.Options{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		if address != "site.example:80" {
			t.Errorf("dialled %s", address)
		}
		return web.dial(ctx, network, address)
	}})
	if _, body := mustGet(t, c, fetch.Request{URL: "http://site.example/"}); body != "direct" {
		t.Errorf("body %q", body)
	}
}
