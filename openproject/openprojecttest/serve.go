package openprojecttest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"
)

// Request is a request that was answered, or was let fail by a fault.
type Request struct {
	Method string
	Path   string // without the prefix: "/api/v3/work_packages"
	Query  string // undecoded
	Header http.Header
	// Storage tells that it went to the storage host, not to the tracker.
	Storage bool
}

// maxRequests is how many requests are remembered; a demo may run for long.
const maxRequests = 20_000

// Requests returns the requests so far, in the order they came in, or the later
// half when there were very many.
func (t *Tracker) Requests() []Request {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.requests)
}

// ForgetRequests empties the list of requests.
func (t *Tracker) ForgetRequests() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests = nil
}

// Handler serves the tracker, prefix included.
func (t *Tracker) Handler() http.Handler {
	answering := http.StripPrefix(t.opts.Prefix, t.logged(t.withFaults(t.routes()), false))
	outside := http.NewServeMux()
	outside.Handle(t.opts.Prefix+"/", answering)
	return outside
}

// Start serves the tracker at an address, "127.0.0.1:0" for any free port, and
// with RemoteStorage its storage host at another port of the same address, until
// Close.
func (t *Tracker) Start(address string) error {
	l, err := listen(address)
	if err != nil {
		return fmt.Errorf("fake tracker: %w", err)
	}
	t.listener = l
	if t.opts.RemoteStorage {
		if err := t.startStorage(l.Addr().String()); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	t.server = serve(l, t.Handler())
	return nil
}

func (t *Tracker) startStorage(beside string) error {
	host, _, _ := net.SplitHostPort(beside) // a listener's own address
	s, err := listen(net.JoinHostPort(host, "0"))
	if err != nil {
		return fmt.Errorf("fake storage: %w", err)
	}
	t.storageURL = "http://" + s.Addr().String()
	t.storage = serve(s, t.logged(t.withFaults(http.HandlerFunc(t.serveStorage)), true))
	return nil
}

// listen is not to be cancelled: a port of this machine is there or not.
func listen(address string) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(context.Background(), "tcp", address)
}

func serve(l net.Listener, h http.Handler) *http.Server {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.Serve(l) }() // ends with Close, which says nothing new
	return s
}

// URL is the base address for clients, prefix included. It needs Start.
func (t *Tracker) URL() string { return "http://" + t.listener.Addr().String() + t.opts.Prefix }

// StorageURL is the address of the storage host, "" without RemoteStorage.
func (t *Tracker) StorageURL() string { return t.storageURL }

// Close stops serving and sending at once. Closing twice, or before Start, does
// nothing.
func (t *Tracker) Close() {
	t.closeHooks()
	for _, s := range []*http.Server{t.server, t.storage} {
		if s != nil {
			_ = s.Close() // its listener is closed either way
		}
	}
}

func (t *Tracker) logged(next http.Handler, storage bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.mu.Lock()
		if len(t.requests) == maxRequests {
			t.requests = slices.Delete(t.requests, 0, maxRequests/2)
		}
		t.requests = append(t.requests, Request{
			Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(), Storage: storage,
		})
		t.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}
