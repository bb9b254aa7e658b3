package fetch

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// maxHeader caps the headers of one answer, in bytes. Real ones stay under 32 KB.
const maxHeader = 256 << 10

// Client fetches from the web. It is safe for concurrent use, and meant to be
// one for a whole run: it keeps connections and each host's pace.
type Client struct {
	options   Options
	guard     *guard
	hosts     *hosts
	transport *http.Transport
	robots    *robotsCache
	product   string // what robots.txt files call us
}

// New makes a Client. The error names the option that cannot be used: no
// UserAgent, or an entry of AllowPrivate that is neither host, host:port nor CIDR.
func New(o Options) (*Client, error) {
	o, err := o.filled()
	if err != nil {
		return nil, fmt.Errorf("fetch options: %w", err)
	}
	g, err := newGuard(o)
	if err != nil {
		return nil, fmt.Errorf("fetch options: %w", err)
	}
	c := &Client{options: o, guard: g, hosts: newHosts(o.PerHost), transport: newTransport(o, g), product: productToken(o.UserAgent)}
	c.robots = &robotsCache{ask: c.askRobots, now: o.Now, byHost: map[string]*robotsEntry{}}
	return c, nil
}

func newTransport(o Options, g *guard) *http.Transport {
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return viaProxy(r.Context()), nil },
		DialContext:            g.dial,
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    o.Timeout / 2,
		ResponseHeaderTimeout:  o.Timeout * 3 / 4,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    max(1, o.PerHost.Concurrency),
		IdleConnTimeout:        30 * time.Second,
		ForceAttemptHTTP2:      true, // or a dialer of one's own turns it off
		DisableCompression:     true, // unpack knows more codings, and caps them
	}
}

// Close closes idle connections. Bodies still open stay readable.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Request is one thing to fetch.
type Request struct {
	// URL is where to begin: absolute, http or https.
	URL string
	// Accept is sent as the header of that name. Empty asks for a page first,
	// anything else second.
	Accept string
	// MaxBytes caps the unpacked body; 0 is [MaxPage]. A body of exactly this
	// size passes.
	MaxBytes int64
	// Validators name the version that the caller has. A server that has no
	// newer one answers so, and the Response is NotModified.
	Validators Validators
	// Refresh also follows refreshes: the Refresh header, and meta refresh in
	// the first 256 KB of an HTML body.
	Refresh bool
	// Head asks for the headers alone (HEAD): the body is empty and Type with
	// it. Servers that have no use for the method answer anything, so it is
	// asked once, whatever Options.Retry says; who asks so has a GET behind it.
	Head bool
}

// Get fetches r.URL and follows where it leads. The response is a success
// (2xx) with its body open: read it to the end or close it; or it says that
// what the caller has is still right (see [Response.NotModified]). ctx governs
// the body too. Any error is an [*Error].
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	if r.Accept == "" {
		r.Accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
	}
	if r.MaxBytes <= 0 {
		r.MaxBytes = MaxPage
	}
	walk := &chain{client: c, request: r}
	return walk.run(ctx)
}
