package enrich

import (
	"context"
	"errors"
	"fmt"
	"io"

	"ingest/enrich/page"
)

// Item is one work package on its way to a document: what the tracker said of
// it, and what the steps found out. One goroutine at a time works on an item.
type Item struct {
	// From the tracker.
	ID          int64
	Source      string // source URL as the editor gave it, "" without one
	Topics      []string
	Attachments []Attachment

	// From the steps.
	Link      *Link      // nil without a usable source URL
	Page      *page.Page // nil when the source page was not read
	Image     *Asset     // featured image
	PDF       *Asset     // featured PDF
	Icon      *Asset     // icon of the source page's site
	Offerings []Offering // related, best first

	// Degraded says that something failed which may work on another day: a
	// page that did not answer, an image that did not come. Values that are
	// missing for this reason must not replace better ones written earlier.
	Degraded bool

	// Warnings are what the editor or operator should know, in the order of
	// the steps.
	Warnings []Warning

	fetched *document // what Follow brought home for Scrape and Assets
	spooled []func() error
}

// Attachment is a file that the tracker keeps with the work package.
type Attachment struct {
	ID          int64
	FileName    string // as uploaded; never used as a path
	ContentType string // the tracker's guess; the bytes decide
	Link        string // address of the content in the tracker, "/api/v3/attachments/10312/content"
	// Download streams the content. A nil Download is an attachment that
	// cannot be had.
	Download func(ctx context.Context, w io.Writer) error
}

// Warning is something that went less well than it could.
type Warning struct {
	Step string // name of the step that noticed
	Text string
	Hint string // what to do, "" when there is nothing to do
}

// hinter is an error that says what to do next.
type hinter interface {
	error
	Hint() string
}

// warn notes what happened. When cause has a hint, the warning carries it.
func (it *Item) warn(step string, cause error, format string, args ...any) {
	w := Warning{Step: step, Text: fmt.Sprintf(format, args...)}
	if cause != nil {
		w.Text += ": " + cause.Error()
	}
	if h, ok := errors.AsType[hinter](cause); ok {
		w.Hint = h.Hint()
	}
	it.Warnings = append(it.Warnings, w)
}

// Close removes the temporary files of the item. The assets cannot be opened
// after it.
func (it *Item) Close() error {
	var errs []error
	for _, remove := range it.spooled {
		errs = append(errs, remove())
	}
	it.spooled = nil
	return errors.Join(errs...)
}
