package enrich

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"ingest/enrich/page"
)

// Item is one work package on its way to a document: what the tracker said of
// it, and what the steps found out. One goroutine at a time works on an item.
type Item struct {
	// From the tracker.
	ID          int64
	Source      string // source URL as the editor gave it, "" without one
	Topics      []string
	Body        string // Markdown as the editor wrote it
	Attachments []Attachment

	// Previous is what an earlier visit found, nil for nothing; steps ask for
	// less with it. Present says whether the file of one of its assets is still
	// where it was published; nil is for none.
	Previous *Visit
	Present  func(Part, *Asset) bool

	// From the steps.
	Link      *Link        // nil without a usable source URL
	Page      *page.Page   // nil when the source page was not read
	Image     *Asset       // featured image
	PDF       *Asset       // featured PDF
	Icon      *Asset       // icon of the source page's site
	Inline    []InlineFile // attachments that the body refers to
	Offerings []Offering   // related, best first

	// failed are the parts that could not be had today; see Missing. For some the
	// item has that of an earlier visit: stand-ins.
	failed, standIns []Part
	// refused and recalled are for the Visit: what was not taken, and the
	// warnings of the visit that the item was restored from.
	refused  []Refusal
	recalled []Warning

	// Warnings are what the editor or operator should know, in the order of
	// the steps.
	Warnings []Warning

	// html is the page that was read, where it is to be kept, and htmlURL where it
	// stood; same says that it is still the one of the previous visit.
	html    []byte
	htmlURL string
	same    bool

	// seen tells which version of the page was read; see Visit.
	seen sighting

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
	Download func(ctx context.Context, w io.Writer) error `json:"-"`
}

// Warning is something that went less well than it could.
type Warning struct {
	Step string // name of the step that noticed
	Text string
	Hint string // what to do, "" when there is nothing to do
}

// Part names something that an item may have or lack.
type Part string

// The parts that may fail on one day and work on another. Their names are
// those under which archetypes know them.
const (
	PartPage  Part = "page"
	PartImage Part = "image"
	PartPDF   Part = "pdf"
	PartIcon  Part = "icon"
)

// Lose notes that parts could not be had for a reason that may pass.
func (it *Item) Lose(parts ...Part) { it.failed = append(it.failed, parts...) }

// Missing lists the parts that the item lacks because something failed, or has of an
// earlier visit: a page that did not answer, an image that did not come. Values made
// of them must not replace better ones written earlier.
func (it *Item) Missing() []Part {
	has := map[Part]bool{PartPage: it.Page != nil, PartImage: it.Image != nil, PartPDF: it.PDF != nil, PartIcon: it.Icon != nil}
	var missing []Part
	for _, part := range it.failed {
		if (!has[part] || slices.Contains(it.standIns, part)) && !slices.Contains(missing, part) {
			missing = append(missing, part)
		}
	}
	return missing
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
