package fetch_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"ingest/enrich/fetch"
	"ingest/enrich/fetch/fetchtest"
)

// lookup makes an environment of "NAME=value" words.
func lookup(words string) func(string) (string, bool) {
	env := map[string]string{}
	for word := range strings.FieldsSeq(words) {
		name, value, _ := strings.Cut(word, "=")
		env[name] = value
	}
	return func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}
}

func TestProxyFrom(t *testing.T) {
	for _, test := range []struct{ env, url, want string }{
		{"", "http://a.example/", ""},
		{"HTTP_PROXY=http://p:1", "http://a.example/", "http://p:1"},
		{"HTTP_PROXY=http://p:1", "https://a.example/", ""},
		{"HTTPS_PROXY=http://p:1", "https://a.example/", "http://p:1"},
		{"https_proxy=http://p:1", "https://a.example/", "http://p:1"},
		{"HTTP_PROXY=http://up:1 http_proxy=http://low:1", "http://a.example/", "http://up:1"},
		{"HTTP_PROXY=p:1", "http://a.example/", "http://p:1"},
		{"HTTP_PROXY=https://u:pw@p:1", "http://a.example/", "https://u:pw@p:1"},
		{"ALL_PROXY=socks5://p:1", "http://a.example/", "socks5://p:1"},
		{"ALL_PROXY=socks5://p:1", "https://a.example/", "socks5://p:1"},
		{"all_proxy=socks5h://p:1 HTTP_PROXY=http://q:1", "http://a.example/", "http://q:1"},
		{"HTTP_PROXY=http://p:1 NO_PROXY=a.example", "http://a.example/", ""},
		{"HTTP_PROXY=http://p:1 NO_PROXY=a.example", "http://sub.a.example/", ""},
		{"HTTP_PROXY=http://p:1 NO_PROXY=a.example", "http://b.example/", "http://p:1"},
		{"HTTP_PROXY=http://p:1 no_proxy=.a.example", "http://a.example/", "http://p:1"},
		{"HTTP_PROXY=http://p:1 NO_PROXY=10.0.0.0/8,*.b.example", "http://10.1.2.3/", ""},
		{"HTTP_PROXY=http://p:1 NO_PROXY=a.example:8080", "http://a.example/", "http://p:1"},
		{"HTTP_PROXY=http://p:1 NO_PROXY=*", "http://a.example/", ""},
		{"HTTP_PROXY=http://p:1", "http://localhost/", ""},
		{"HTTP_PROXY=http://p:1", "http://127.0.0.1/", ""},
		{"REQUEST_METHOD=GET HTTP_PROXY=http://p:1", "http://a.example/", ""},
		{"REQUEST_METHOD=GET http_proxy=http://p:1", "http://a.example/", "http://p:1"},
	} {
		choose, err := fetch.ProxyFrom(lookup(test.env))
		if err != nil {
			t.Errorf("%s: %v", test.env, err)
			continue
		}
		if test.env == "" && choose != nil {
			t.Error("an empty environment gives a proxy function, want nil")
		}
		got := ""
		if choose != nil {
			u, err := choose(httptest.NewRequest(http.MethodGet, test.url, nil))
			if err != nil {
				t.Errorf("%s: %v", test.env, err)
			}
			if u != nil {
				got = u.String()
			}
		}
		if got != test.want {
			t.Errorf("%s for %s: %q, want %q", test.env, test.url, got, test.want)
		}
	}
}

func TestProxyThatCannotBeUsed(t *testing.T) {
	for env, want := range map[string]string{
		"HTTP_PROXY=ftp://bob:secret@p:1":   "HTTP_PROXY",
		"HTTPS_PROXY=http://bob:secret@p:x": "HTTPS_PROXY",
		"ALL_PROXY=http://":                 "ALL_PROXY",
		"http_proxy=:secret":                "HTTP_PROXY",
	} {
		_, err := fetch.ProxyFrom(lookup(env))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: error %v, want one that names %s and no secret", env, err, want)
		}
	}
}

// tunnel takes one connection, lets greet lead it to a target's "host:port",
// and joins it with the server at inside.
func tunnel(t *testing.T, inside string, greet func(*bufio.Reader, io.Writer) string) (address string, asked chan string) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	asked = make(chan string, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		in := bufio.NewReader(conn)
		asked <- greet(in, conn)
		to, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", inside)
		if err != nil {
			return
		}
		defer func() { _ = to.Close() }()
		go func() { _, _ = io.Copy(to, in) }()
		_, _ = io.Copy(conn, to)
	}()
	return l.Addr().String(), asked
}

// socks5 is the server's part of RFC 1928 for a client without password.
func socks5(in *bufio.Reader, out io.Writer) string {
	_, _ = in.Discard(1) // version
	methods, _ := in.ReadByte()
	_, _ = in.Discard(int(methods))
	_, _ = out.Write([]byte{5, 0})
	head := make([]byte, 5) // version, command, reserved, kind of address, its length if it is a name
	_, _ = io.ReadFull(in, head)
	host := make([]byte, int(head[4])+2)
	_, _ = io.ReadFull(in, host)
	_, _ = out.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	name := host[:len(host)-2]
	return net.JoinHostPort(string(name), strconv.Itoa(int(binary.BigEndian.Uint16(host[len(name):]))))
}

func connect(in *bufio.Reader, out io.Writer) string {
	r, err := http.ReadRequest(in)
	if err != nil {
		return err.Error()
	}
	_, _ = io.WriteString(out, "HTTP/1.1 200 OK\r\n\r\n")
	return r.Host
}

func TestTunnels(t *testing.T) {
	s := serve(t, text("by tunnel"))
	names := fetchtest.NewNames(map[string][]string{"site.test": {"1.1.1.1"}, "inside.test": {"10.0.0.1"}})
	inside := mustParse(t, s.URL).Host

	address, asked := tunnel(t, inside, socks5)
	choose, err := fetch.ProxyFrom(lookup("ALL_PROXY=socks5://" + address))
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, fetch.Options{Resolver: names.Resolver(), Proxy: choose})
	if _, body := mustGet(t, c, fetch.Request{URL: "http://site.test/"}); body != "by tunnel" {
		t.Errorf("body %q", body)
	}
	if got := <-asked; got != "site.test:80" {
		t.Errorf("the proxy was asked for %s", got)
	}
	_, err = c.Get(t.Context(), fetch.Request{URL: "http://inside.test/"})
	wantKind(t, err, fetch.Blocked)

	address, asked = tunnel(t, inside, connect)
	choose, err = fetch.ProxyFrom(lookup("HTTPS_PROXY=http://" + address))
	if err != nil {
		t.Fatal(err)
	}
	c = newClient(t, fetch.Options{Resolver: names.Resolver(), Proxy: choose})
	_, err = c.Get(t.Context(), fetch.Request{URL: "https://site.test/"})
	wantKind(t, err, fetch.TLS) // the server within speaks none; but the tunnel stood
	if got := <-asked; got != "site.test:443" {
		t.Errorf("the proxy was asked for %s", got)
	}
}
