package openprojecttest

import (
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

// Requests returns all requests so far, in the order they came in.
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
// with RemoteStorage its storage host at another port of the same address.
func (t *Tracker) Start(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("fake tracker: %w", err)
	}
	t.listener = l
	t.server = serve(l, t.Handler())
	if !t.opts.RemoteStorage {
		return nil
	}
	host, _, _ := net.SplitHostPort(l.Addr().String()) // the listener's own
	s, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return errors.Join(fmt.Errorf("fake storage: %w", err), t.server.Close())
	}
	t.storageURL = "http://" + s.Addr().String()
	t.storage = serve(s, t.logged(t.withFaults(http.HandlerFunc(t.serveStorage)), true))
	return nil
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

// Close stops serving at once. Closing twice, or before Start, does nothing.
func (t *Tracker) Close() {
	for _, s := range []*http.Server{t.server, t.storage} {
		if s != nil {
			_ = s.Close() // its listener is closed either way
		}
	}
}

func (t *Tracker) logged(next http.Handler, storage bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.mu.Lock()
		t.requests = append(t.requests, Request{
			Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(), Storage: storage,
		})
		t.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}
