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
	// Origins says what each value is made of.
	Origins() []archetype.Origin
	// Document says where in the front matter the program finds what, and how
	// the documents lie in their folder.
	Document() archetype.Document
	// File is the place of a new document in the content folder, Address the
	// address of a document on the site, "" when that is not known.
	File(e archetype.Env, matter frontmatter.Map) (string, error)
	Address(e archetype.Env, w archetype.Written) (string, error)
}

// Sink keeps documents; the content tree and its dry run are two.
type Sink interface {
	// Place is where the document of a work package is, "" when there is none.
	// URLs are the addresses that it has.
	Place(id int64) string
	URLs(id int64) []string
	// HasAsset says whether an asset of a document is there, as it was written or
	// edited by hand since.
	HasAsset(id int64, a output.Asset) bool
	// ClaimFile, Name and ClaimURL give the document of a work package its
	// place, its name and its address, for ever. They are called in this order
	// and in tracker order, so that none depends on which worker was quick. The
	// error is a warning, what is given is good all the same.
	ClaimFile(id int64, proposed string) (place string, warning error)
	Name(id int64, cleanURL string) (name string, warning error)
	ClaimURL(id int64, proposed string) (address string, warning error)
	// Same notes what the page of a work package calls itself, Known the links of
	// one that this run may not look at; Knows says that they are noted. Duplicates
	// are the work packages that are found to be about one link.
	Same(id int64, canonical string) (warning error)
	Known(id int64, cleanURL, canonical string)
	Knows(id int64) bool
	Duplicates() []*output.DuplicateError
	// Write makes the tree hold the document. The same document twice is
	// unchanged; a failed write leaves what was there. Safe for concurrent use.
	Write(ctx context.Context, d output.Document) (output.Result, error)
	// Entries are the work packages that have a document, Assets the files of the
	// assets folder. Remove takes a document off the site.
	Entries() []output.Entry
	Assets(ctx context.Context) ([]output.AssetFile, error)
	Remove(ctx context.Context, r output.Removal) (output.Result, error)
}
