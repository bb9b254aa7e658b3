package linkhealth

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"ingest/enrich/fetch"
	"ingest/enrich/wall"
)

// window is how much of a page is read, unpacked, in bytes. Walls, parked
// domains and error pages are short, or show what they are in the beginning.
const window = 128 << 10

// Web is the door to the web; *fetch.Client is one.
type Web interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Response, error)
}

// Checker visits links. It is safe for concurrent use where Web is.
type Checker struct {
	Web Web
	// Now dates the evidence; nil is time.Now.
	Now func() time.Time
}

// Check visits a link. last is the latest evidence about it, zero when there is
// none. Whatever is wrong with the link is evidence; the error is only that ctx
// ended.
func (c Checker) Check(ctx context.Context, url string, last Evidence) (Evidence, error) {
	e, sure := c.head(ctx, url, last)
	if !sure && ctx.Err() == nil {
		e = c.get(ctx, url)
	}
	if ctx.Err() != nil {
		return Evidence{}, context.Cause(ctx)
	}
	e.At = c.now().UTC().Truncate(time.Microsecond)
	return e, nil
}

func (c Checker) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

// head asks for the headers alone; sure says that they tell enough.
func (c Checker) head(ctx context.Context, url string, last Evidence) (e Evidence, sure bool) {
	response, err := c.Web.Get(ctx, fetch.Request{URL: url, Refresh: true, Head: true})
	if err != nil {
		return ofError(url, err), final(err)
	}
	_ = response.Body.Close() // there is none
	e = ofSuccess(url, response)
	known := e.Version != "" && e.Version == last.Version && e.Class == last.Class && e.Final == last.Final
	return e, known || !isPage(response.Declared)
}

// get reads the beginning of what the link leads to.
func (c Checker) get(ctx context.Context, url string) Evidence {
	response, err := c.Web.Get(ctx, fetch.Request{URL: url, Refresh: true})
	if err != nil {
		return ofError(url, err)
	}
	defer response.Body.Close() //nolint:errcheck // a body that we only read loses nothing
	e := ofSuccess(url, response)
	html, err := beginning(response)
	if len(html) == 0 && err != nil {
		return ofError(url, err)
	}
	found, ok := wall.Recognize(wall.Answer{Asked: url, URL: response.URL, Status: response.Status, Header: response.Header, HTML: html})
	if !ok {
		return e
	}
	return e.behind(found)
}

// beginning reads the first bytes of a page; what came before a body broke is
// good enough. It is nil for what is no page.
func beginning(response *fetch.Response) ([]byte, error) {
	if response.Type != "text/html" && response.Type != "application/xhtml+xml" {
		return nil, nil
	}
	start, broken := io.ReadAll(io.LimitReader(response.Body, window))
	html, _, err := fetch.Decode(start, response.Declared)
	return html, errors.Join(broken, err)
}

// final reports whether a failed HEAD is all that needs to be known: a GET
// would meet the same, or the site asks for less.
func final(err error) bool {
	e, ok := errors.AsType[*fetch.Error](err)
	if !ok {
		return false
	}
	switch e.Kind {
	case fetch.Status:
		return e.Status == http.StatusTooManyRequests
	case fetch.BadURL, fetch.Scheme, fetch.Blocked, fetch.DNS, fetch.Refused, fetch.TLS, fetch.Disallowed, fetch.Canceled:
		return true
	}
	return false
}

// isPage reports whether a Content-Type may be that of a page.
func isPage(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err != nil || kind == "text/html" || strings.HasSuffix(kind, "xml") || kind == "text/plain"
}
