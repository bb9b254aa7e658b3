package pipeline

import (
	"context"
	"io"
	"iter"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// Source gives work packages; *openproject.Client is one.
type Source interface {
	// WorkPackages yields each work package of the query once, or one error
	// and then nothing more.
	WorkPackages(ctx context.Context, q openproject.Query) iter.Seq2[*openproject.WorkPackage, error]
	// WorkPackage reads one by its id.
	WorkPackage(ctx context.Context, id int64) (*openproject.WorkPackage, error)
	// Resolve finds the ids of the types and statuses that a query names.
	Resolve(ctx context.Context, q openproject.Query) (openproject.Query, error)
	// Count tells how many work packages a query finds.
	Count(ctx context.Context, q openproject.Query) (int, error)
	// Attachments lists the files of a work package.
	Attachments(ctx context.Context, workPackage int64) ([]openproject.Attachment, error)
	// Download streams one of them and verifies what it streamed.
	Download(ctx context.Context, a openproject.Attachment, w io.Writer) (int64, error)
	// WebURL is where a person opens a work package.
	WebURL(id int64) string
}

// Step works on one item. It may be called for several items at once. An
// error ends the item, an [enrich.Skip] as skipped.
type Step interface {
	Name() string
	Apply(ctx context.Context, it *enrich.Item) error
}

// Template turns what is known of an item into front matter;
// *archetype.Archetype is one.
type Template interface {
	Render(e archetype.Env) (frontmatter.Map, error)
	// Depends returns the paths of the values that are made of any of the named
	// parts of the environment.
	Depends(parts ...string) map[string]bool
}

// Sink keeps documents; the content tree and its dry run are two.
type Sink interface {
	// Name gives the document of a work package its name, for ever. It is
	// called in tracker order, so that names do not depend on which worker was
	// quick. The error is a warning; the name is good all the same.
	Name(id int64, cleanURL string) (name string, warning error)
	// Write makes the tree hold the document. The same document twice is
	// unchanged; a failed write leaves what was there. Safe for concurrent use.
	Write(ctx context.Context, d output.Document) (output.Result, error)
}
