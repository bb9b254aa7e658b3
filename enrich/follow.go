package enrich

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"ingest/enrich/fetch"
)

// Web is the door to the web; *fetch.Client is one.
type Web interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Response, error)
}

// Follow is the step that visits the link: it follows redirects, notes every
// hop, and brings the document at the end home. A page that does not answer is
// a warning, not the end: the editor's words can stand without it. So is a page
// that stands in the way of the one that was linked (enrich/wall).
type Follow struct {
	Web   Web
	Spool Spool
	// Now is the clock that a visit is dated by; nil is time.Now.
	Now func() time.Time
}

// document is what stood at the end of the hops.
type document struct {
	url  string // where it stood
	html []byte // UTF-8, nil when it is no page
	file *Asset // an image or PDF, nil when it is a page
}

// Name returns "follow".
func (Follow) Name() string { return "follow" }

// Apply sets the link's hops and href and keeps the document for later steps.
func (f Follow) Apply(ctx context.Context, it *Item) error {
	if it.Link == nil {
		return nil
	}
	response, err := f.Web.Get(ctx, fetch.Request{URL: it.Link.Clean, Refresh: true, MaxBytes: fetch.MaxPDF, Validators: it.known(),
		Accept: "text/html,application/xhtml+xml,application/pdf;q=0.9,image/*;q=0.8,*/*;q=0.5"})
	if err == nil {
		it.Link.Hops = response.Hops
		err = f.take(it, response)
	}
	if err != nil {
		return f.failed(ctx, it, err)
	}
	if n := len(response.Hops); n > 1 { // else the editor's own bytes stay
		it.Link.Href = response.Hops[n-1].Clean
	}
	it.seen = sighting{f.now(), response.Validators()}
	return nil
}

func (f Follow) now() time.Time {
	if f.Now != nil {
		return f.Now()
	}
	return time.Now()
}

// failed turns an error of the web into a warning; a run that was told to stop
// stops.
func (f Follow) failed(ctx context.Context, it *Item, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if disk, ok := errors.AsType[*diskError](err); ok {
		return disk.err
	}
	it.Lose(PartPage, PartImage, PartPDF, PartIcon)
	it.lastHref()
	if web, ok := errors.AsType[*fetch.Error](err); ok {
		it.Link.Hops = web.Hops
		err = behindRefusal(it, web)
	}
	if met, ok := errors.AsType[*walled](err); ok {
		it.Link.Href = met.href(it.Link)
	}
	it.warn(f.Name(), err, "source page not read")
	return nil
}

// take reads the body, a page into memory and a file into the spool.
func (f Follow) take(it *Item, response *fetch.Response) error {
	defer response.Body.Close() //nolint:errcheck // the body was read to its end or given up
	if response.NotModified {
		it.unchanged()
		it.fetched = &document{url: response.URL}
		return nil
	}
	switch response.Type {
	case "text/html", "application/xhtml+xml":
		return f.takePage(it, response)
	case "application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp":
		return f.takeFile(it, response)
	}
	if err := behindPage(it, response, nil); err != nil {
		return err
	}
	it.Lose(PartPage, PartImage, PartPDF, PartIcon)
	if response.Type == "" {
		it.useless(f.Name(), "the source page is empty")
	} else {
		it.useless(f.Name(), "the source is neither a page nor a PDF but %s", quote(response.Type))
	}
	return nil
}

// useless notes a source that is of no use.
func (it *Item) useless(step, format string, args ...any) {
	it.Warnings = append(it.Warnings, Warning{Step: step, Text: fmt.Sprintf(format, args...), Hint: "open the link in a browser to see whether it is right, or attach what is needed"})
}

func (f Follow) takePage(it *Item, response *fetch.Response) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, fetch.MaxPage+1))
	if err != nil {
		return err
	}
	long := len(body) > fetch.MaxPage
	text, _, err := fetch.Decode(body[:min(len(body), fetch.MaxPage)], response.Declared)
	if err != nil {
		return fmt.Errorf("decode %s: %w", response.URL, err)
	}
	if err := behindPage(it, response, text); err != nil {
		return err
	}
	if long {
		it.warn(f.Name(), nil, "the source page is larger than %d MB; only its beginning was read", fetch.MaxPage>>20)
	}
	it.fetched = &document{url: response.URL, html: text}
	return nil
}

func (f Follow) takeFile(it *Item, response *fetch.Response) error {
	file, err := download(it, f.Spool, response)
	if err != nil {
		return err
	}
	if !file.Valid {
		it.useless(f.Name(), "the source is a broken %s: %s", response.Type, file.Reason)
		it.Lose(PartPage, PartImage, PartPDF, PartIcon)
		file = nil
	}
	it.fetched = &document{url: response.URL, file: file}
	return nil
}
