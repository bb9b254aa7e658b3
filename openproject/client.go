package openproject

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
)

const (
	// defaultPageSize rows of five to ten kilobytes make a page of one or two
	// megabytes; the stock server allows up to 1000 (API.md 3.3).
	defaultPageSize = 200
	// bodyLimit caps a JSON reply after decompression.
	bodyLimit = 64 << 20
	// defaultMaxDownload caps one attachment.
	defaultMaxDownload = 256 << 20
	// defaultTimeout covers one attempt at a JSON reply, body included.
	defaultTimeout = 60 * time.Second
	// stallLimit is the longest a download may go without a byte.
	stallLimit = 60 * time.Second
	// maxHops is the number of redirects followed for one request.
	maxHops = 5
)

// Options says which tracker to read and how. Only BaseURL is needed.
type Options struct {
	// BaseURL is scheme://host[:port][/prefix]. A trailing slash or /api/v3 is
	// tolerated; user info, a query or a fragment is not.
	BaseURL string
	// APIKey is sent as Basic "apikey:KEY", which every version understands
	// (API.md 1); Token is sent as Bearer. At most one may be set. With neither,
	// the tracker answers as to an anonymous visitor, if it does at all.
	APIKey string
	Token  string
	// HTTPClient carries the requests; its transport, jar and timeout are kept,
	// its redirect policy is replaced. Its Timeout, if any, covers one attempt
	// with its whole body, downloads too. Whether downloads may be redirected to
	// private addresses is the business of its transport. Nil: 60 s for a JSON
	// reply, no limit but 60 s of silence for a download.
	HTTPClient *http.Client
	// UserAgent defaults to "ingest".
	UserAgent string
	// Logger gets one debug record per call and one warning per retry, with the
	// keys wp_id, url, status, duration, attempt. Nil discards.
	Logger *slog.Logger
	// Observe is told of each request that is sent, retries and redirects
	// included: status is that of the answer (0: none came), took the time until its
	// headers. Requests that the caller gave up are left out. It is called by several
	// goroutines and must be quick. Nil is nobody.
	Observe func(method string, status int, took time.Duration)
	// Retry says how often a read is tried.
	Retry Retry
	// PageSize is the page size asked for; 0 means 200. The tracker may cut it.
	PageSize int
	// MaxDownload is the size in bytes above which an attachment is refused;
	// 0 means 256 MiB.
	MaxDownload int64
}

// Client reads and changes one tracker as one user. It is safe for concurrent use. It keeps
// the schemas it has met, so one client belongs to one run: a field renamed in
// the tracker is seen by the next client.
type Client struct {
	base        base
	api         *resty.Client // JSON, inside the origin
	files       *resty.Client // downloads, may leave the origin without credentials
	log         *slog.Logger
	pageSize    int
	maxDownload int64
	schemas     schemaCache
}

// New makes a client. It sends nothing. It fails on a base address that cannot
// be one and on two kinds of credentials at once.
func New(o Options) (*Client, error) {
	b, err := parseBase(o.BaseURL)
	if err != nil {
		return nil, err
	}
	if o.APIKey != "" && o.Token != "" {
		return nil, errors.New("both an API key and a token are set: use one")
	}
	c := &Client{
		base:        b,
		log:         o.Logger,
		pageSize:    orDefault(o.PageSize, defaultPageSize),
		maxDownload: orDefault(o.MaxDownload, defaultMaxDownload),
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	api, files := httpClients(o.HTTPClient)
	api.CheckRedirect = b.stayInside
	files.CheckRedirect = b.leaveBare
	c.api = c.newResty(api, o).SetResponseBodyLimit(bodyLimit)
	c.files = c.newResty(files, o)
	return c, nil
}

// Close gives back the connections that are not in use. Those of
// Options.HTTPClient are closed as well; the client works on with new ones.
func (c *Client) Close() {
	c.api.GetClient().CloseIdleConnections()
	c.files.GetClient().CloseIdleConnections()
}

// WebURL is the address at which a person opens a work package.
func (c *Client) WebURL(id int64) string {
	return c.base.page("work_packages", id)
}

func orDefault[T int | int64 | time.Duration](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}

// httpClients returns two copies of the given client, or of the default one,
// that share a transport and so their connections.
func httpClients(given *http.Client) (api, files *http.Client) {
	if given != nil {
		a, f := *given, *given
		return &a, &f
	}
	transport := http.DefaultTransport
	if t, ok := transport.(*http.Transport); ok {
		t = t.Clone()
		t.ResponseHeaderTimeout = defaultTimeout
		t.MaxIdleConnsPerHost = 8
		transport = t
	}
	return &http.Client{Transport: transport, Timeout: defaultTimeout}, &http.Client{Transport: transport}
}

func (c *Client) newResty(hc *http.Client, o Options) *resty.Client {
	if hc.Transport == nil {
		hc.Transport = http.DefaultTransport
	}
	if o.Observe != nil {
		hc.Transport = &observed{next: hc.Transport, tell: o.Observe}
	}
	agent := o.UserAgent
	if agent == "" {
		agent = "ingest"
	}
	r := resty.NewWithClient(hc).
		SetLogger(silent{}).
		SetDisableWarn(true).
		SetHeader("User-Agent", agent)
	switch {
	case o.APIKey != "":
		r.SetBasicAuth("apikey", strings.TrimSpace(o.APIKey))
	case o.Token != "":
		r.SetAuthToken(strings.TrimSpace(o.Token))
	}
	return c.setRetry(r, o.Retry)
}

// silent keeps resty from writing to standard error; calls are logged by [Client].
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// stripped is u without user info, fit for a log or an error. For another
// origin the query goes too: a signed storage address is a secret.
func (b base) stripped(u *url.URL) string {
	clean := *u
	clean.User = nil
	if !b.sameOrigin(u) {
		clean.RawQuery = ""
	}
	return clean.String()
}
