package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/net/http/httpguts"
)

// Caps on the size of a body after it was unpacked, in bytes, for
// [Request.MaxBytes]. A cap is a guard against hostile or broken servers, not
// a wish: real pages and pictures stay far below.
const (
	MaxPage  = 10 << 20 // a page
	MaxImage = 25 << 20 // an image or icon
	MaxPDF   = 50 << 20 // a PDF document
)

const (
	defaultTimeout  = 20 * time.Second
	defaultMaxHops  = 10 // browsers give up at 20; the chains of real links seldom pass five
	defaultDelayCap = 30 * time.Second
)

// Options says how a [Client] behaves. Only UserAgent has no default.
type Options struct {
	// UserAgent names the program honestly, with a page to read about it.
	UserAgent string
	// Timeout limits one exchange with one address, from connecting to the
	// last byte of the body; each hop and each attempt has its own. Half of it
	// may go to connecting, half to the TLS handshake, three quarters to
	// waiting for headers. 0 is 20 s.
	Timeout time.Duration
	// PerHost is the politeness towards one host.
	PerHost PerHost
	// Retry says when to ask again after a passing failure.
	Retry Retry
	// Robots says whether robots.txt files are obeyed, at every host of a
	// chain. Empty is [Obey].
	Robots Robots
	// MaxHops is how many redirects and refreshes are followed in one chain.
	// 0 is 10; negative follows none.
	MaxHops int
	// RefreshDelayCap is the longest delay at which a refresh still counts as
	// a hop. A longer one is a page that renews itself, not a way to another
	// page. 0 is 30 s; negative follows none.
	RefreshDelayCap time.Duration
	// AllowPrivate opens hosts that the guard would refuse: "host",
	// "host:port" or a CIDR.
	AllowPrivate []string
	// Clean is applied to the target of each hop before it is visited.
	// nil leaves targets as they are.
	Clean func(rawURL string) string
	// Proxy names the proxy for a request, or nil for none; see [ProxyFrom].
	// nil uses none, whatever the environment says.
	Proxy func(*http.Request) (*url.URL, error)
	// RootCAs are the authorities that may sign a site's certificate.
	// nil takes the system's.
	RootCAs *x509.CertPool
	// Resolver looks names up. nil is [net.DefaultResolver].
	Resolver *net.Resolver
	// Dial opens a connection in place of the system's dialer; for tests. The
	// remote address of what it returns is checked like any other.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Now is the clock against which a Retry-After date is read. nil is [time.Now].
	Now func() time.Time
	// Observe is told of each exchange with an address, those for robots.txt
	// and those that are repeated included: kind is "" for an answer that is the
	// resource, a redirect or a 304, status that of the answer (0: none came), took
	// the time from connecting to the first bytes of the body. What a robots.txt
	// forbids is told with kind Disallowed and no time. It is called by several
	// goroutines and must be quick. nil is nobody.
	Observe func(kind Kind, status int, took time.Duration)
	// Logger gets one debug line a hop and a retry. nil discards.
	Logger *slog.Logger
}

// PerHost limits the traffic to one host (and port, where it is not the
// scheme's own).
type PerHost struct {
	// Concurrency is how many exchanges may be open at once; 0 is 2.
	Concurrency int
	// Interval is the least time between the starts of two exchanges;
	// 0 is 500 ms, negative is none.
	Interval time.Duration
}

// filled returns o with defaults in place of zero values, or an error that
// names what cannot be used.
func (o Options) filled() (Options, error) {
	if o.UserAgent == "" {
		return o, errors.New("the user agent is empty: name the program and a contact page")
	}
	if !httpguts.ValidHeaderFieldValue(o.UserAgent) {
		return o, errors.New("the user agent holds a character that a header cannot carry")
	}
	if o.Robots != "" && o.Robots != Obey && o.Robots != Ignore {
		return o, fmt.Errorf("robots is %q, not %q or %q", o.Robots, Obey, Ignore)
	}
	o.Timeout = orDefault(o.Timeout, defaultTimeout)
	o.MaxHops = orDefault(o.MaxHops, defaultMaxHops)
	o.RefreshDelayCap = orDefault(o.RefreshDelayCap, defaultDelayCap)
	o.PerHost.Concurrency = orDefault(o.PerHost.Concurrency, 2)
	o.PerHost.Interval = orDefault(o.PerHost.Interval, 500*time.Millisecond)
	o.Retry = o.Retry.filled()
	if o.Clean == nil {
		o.Clean = func(rawURL string) string { return rawURL }
	}
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

// orDefault returns v, or def where v is zero.
func orDefault[T int | time.Duration](v, def T) T {
	if v == 0 {
		return def
	}
	return v
}
