package fetch_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"ingest/enrich/fetch"
)

// newClient makes a client that neither spaces requests nor asks again nor
// reads robots.txt unless o says so.
func newClient(t testing.TB, o fetch.Options) *fetch.Client {
	t.Helper()
	o.UserAgent = "ingest-test/1 (+https://ingest.example/about)"
	if o.PerHost.Interval == 0 {
		o.PerHost.Interval = -1
	}
	if o.Robots == "" {
		o.Robots = fetch.Ignore
	}
	if o.Retry == (fetch.Retry{}) {
		o.Retry.Attempts = 1
	}
	c, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// loopback opens the addresses on which test servers listen.
func loopback() []string { return []string{"127.0.0.1/32", "::1/128"} }

// serve starts a real server on loopback.
func serve(t testing.TB, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// pages answers each path with its text, as HTML.
func pages(text map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page, ok := text[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if to, ok := strings.CutPrefix(page, "302 "); ok {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(page))
	}
}

// get fetches and reads whole.
func get(t testing.TB, c *fetch.Client, r fetch.Request) (*fetch.Response, string, error) {
	t.Helper()
	res, err := c.Get(t.Context(), r)
	if err != nil {
		return nil, "", err
	}
	b, err := res.Bytes()
	return res, string(b), err
}

// mustGet is get for what must work.
func mustGet(t testing.TB, c *fetch.Client, r fetch.Request) (*fetch.Response, string) {
	t.Helper()
	res, body, err := get(t, c, r)
	if err != nil {
		t.Fatalf("get %s: %v", r.URL, err)
	}
	return res, body
}

// wantKind checks the kind of an error.
func wantKind(t testing.TB, err error, want fetch.Kind) {
	t.Helper()
	_ = asKind(t, err, want)
}

// asKind gives an error typed, and checks its kind unless want is empty.
func asKind(t testing.TB, err error, want fetch.Kind) *fetch.Error {
	t.Helper()
	var e *fetch.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %T %v, want a *fetch.Error of kind %q", err, err, want)
	}
	if want != "" && e.Kind != want {
		t.Fatalf("kind %q (%v), want %q", e.Kind, err, want)
	}
	return e
}

// pipeWeb is a web without a network: every address leads to one handler over
// pipes, so that it also works within a synctest bubble.
type pipeWeb struct {
	addr    net.Addr // what connections say they lead to
	conns   chan net.Conn
	closed  chan struct{}
	once    sync.Once
	dialled []string
	mu      sync.Mutex
}

// newPipeWeb starts the handler; stop ends it.
func newPipeWeb(remote string, h http.Handler) (web *pipeWeb, stop func()) {
	tcp, err := net.ResolveTCPAddr("tcp", remote)
	if err != nil {
		panic(err)
	}
	web = &pipeWeb{addr: tcp, conns: make(chan net.Conn), closed: make(chan struct{})}
	var running sync.WaitGroup
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running.Add(1)
		defer running.Done()
		h.ServeHTTP(w, r)
	})}
	running.Go(func() { _ = server.Serve(web) }) // ends with ErrServerClosed
	return web, func() {
		_ = server.Close() // a test server
		running.Wait()
	}
}

func (w *pipeWeb) dial(ctx context.Context, _, address string) (net.Conn, error) {
	w.mu.Lock()
	w.dialled = append(w.dialled, address)
	w.mu.Unlock()
	ours, theirs := net.Pipe()
	select {
	case w.conns <- theirs:
		return pipeConn{ours, w.addr}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

// dialSilent connects to someone who reads and never answers.
func (w *pipeWeb) dialSilent(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	go func() { _, _ = io.Copy(io.Discard, theirs) }()
	return pipeConn{ours, w.addr}, nil
}

func (w *pipeWeb) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w *pipeWeb) Close() error {
	w.once.Do(func() { close(w.closed) })
	return nil
}

func (w *pipeWeb) Addr() net.Addr { return w.addr }

type pipeConn struct {
	net.Conn
	remote net.Addr
}

func (c pipeConn) RemoteAddr() net.Addr { return c.remote }

// quiet discards what a test server would log about provoked errors.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
