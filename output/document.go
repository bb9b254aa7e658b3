package output

import (
	"io"

	"ingest/output/frontmatter"
)

// Document is one file of the content tree and the assets that belong to it.
type Document struct {
	// ID is the work package. The front matter must hold it under "id": that
	// is how the next run finds the file again.
	ID int64
	// Name is what Tree.Name gave: the stem of the file's name, if it is new.
	Name string
	// FrontMatter is written by package frontmatter.
	FrontMatter frontmatter.Map
	// Body is the Markdown under it, written as it is.
	Body string
	// Assets are written before the document.
	Assets []Asset
	// Missing holds the paths of values (featuredImage, htmlMetaData.author)
	// that could not be found out today: where they are null now, they do not
	// replace what the existing file has.
	Missing map[string]bool
	// Source is the link the document is about, as the editor gave it. Values
	// are kept only from a file that holds it too, in whatever key: those of
	// another page would be wrong.
	Source string
}

// Asset is a file beside the documents: an image, a PDF.
type Asset struct {
	// Name is its file name in the assets folder.
	Name string
	// Size is its length in bytes; content of another length is an error.
	Size int64
	// Open returns the content from its beginning, each time anew.
	Open func() (io.ReadCloser, error)
}

// Outcome says what became of a document, or of one file.
type Outcome string

// The outcomes of Write. A document that stayed while one of its assets was
// written is updated.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
)

// Result says what Write did.
type Result struct {
	// Outcome is the document's with its assets.
	Outcome Outcome
	// Path is the document's place in the content folder, with slashes.
	Path string
	// Files are the files that were written, in the order of their writing;
	// after an error those that were written before it.
	Files []Change
	// Kept are the paths of Document.Missing whose values stayed.
	Kept []string
}

// Root names one of the two folders.
type Root string

// The folders of a tree.
const (
	Content Root = "content"
	Assets  Root = "assets"
)

// Change is one file that was written or, from a DryRun, would be.
type Change struct {
	// Root is the folder the file is in, Path its place there, File both
	// together, the folder as it was given to Open. All with slashes.
	Root Root
	Path string
	File string
	// Kind is Created or Updated.
	Kind Outcome
	// OldSize and NewSize are bytes; OldSize is 0 for a created file.
	OldSize, NewSize int64
	// Old and New are the texts of a document. Only a DryRun fills them.
	Old, New []byte
	// OldSHA256 and NewSHA256 are the digests of an asset in hexadecimal, ""
	// where there is no file. Only a DryRun fills them.
	OldSHA256, NewSHA256 string
}
