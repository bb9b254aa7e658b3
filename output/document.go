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
	// replace what the existing file has, nor does without a Last whatever stands in
	// for them.
	Missing map[string]bool
	// Source is the link the document is about, as the editor gave it. Values
	// are kept only from a file that holds it too, in whatever key: those of
	// another page would be wrong.
	Source string
	// Last is what Result.Written was when the document was last written; nil
	// when nobody remembers. With it an edit made by hand is told from an old
	// value of ours; see the package comment.
	Last *Written
	// TrackerUnchanged says that the tracker's values are those the file was
	// written from. It matters only without Last: what differs in the file is
	// then an edit made by hand.
	TrackerUnchanged bool
	// Adopted says that the file was there before us and was taken for the base,
	// and that the work package has not changed since. It matters only without
	// Last, and is TrackerUnchanged but for a file that holds one of Stamps from
	// an earlier time: the tracker has changed after that was written.
	Adopted bool
	// Stamps are paths of values that are made of nothing but the time at which
	// the tracker last changed the work package. Where the file holds them with
	// today's values, TrackerUnchanged is taken to be true.
	Stamps []string
	// Constant are paths of values that nothing in the tracker or on the web
	// changes: literals and settings. It matters only without Last: what the file
	// has there instead of ours is an edit made by hand.
	Constant []string
	// Forgetful says that nobody remembers on purpose: a body that differs, and that
	// the tracker may have changed since, gives way with a warning instead of staying.
	Forgetful bool
	// Before is called when an existing document with a Last is about to be
	// changed, with what is to be remembered until the write has come to its end:
	// without it, the words of a run that was killed between the file and its
	// memory would be taken for an edit made by hand. Its error stops the write.
	// nil is nobody; a DryRun does not call it.
	Before func(*Written) error
	// Locked are the paths of values that stay as the file has them, once it has
	// them: what makes the address of a published entry.
	Locked []string
	// TrackerOwns tells the paths whose values in the file always give way to
	// ours, BodyKey for the body, AssetsKey for the assets; nil for none. A path
	// owns what is below it.
	TrackerOwns func(path string) bool
	// File is the place of a new document in the content folder, with slashes
	// and its extension; "" is Name + ".md", in a tree of bundles
	// Name/index.md. Where another work package or a page without an id has it,
	// the document's id is put behind its name (see Tree.ClaimFile).
	File string
	// URL is the address of the entry on the site and Aliases its other
	// addresses; "" when they are not known. A document whose URL is another's
	// is not written (see Tree.ClaimURL).
	URL     string
	Aliases []string
	// Former is the path of a list of former addresses to which the tracker and
	// a hand both add, "" where there is none: what a hand wrote there stays in
	// its place, ours comes behind it, and what a hand took out stays out.
	Former string
	// Leaves is the element of that list which is the document's address until
	// this write. It enters although a hand took it out before, since a published
	// address is not lost; where a hand's edit keeps the address (Result.Stays), it
	// does not enter. "" where nothing is left.
	Leaves string
}

// Asset is a file beside the documents: an image, a PDF.
type Asset struct {
	// Name is its file name in the assets folder.
	Name string
	// Size is its length in bytes; content of another length is an error.
	Size int64
	// Open returns the content from its beginning, each time anew. nil is an
	// asset that was written on an earlier day and is still as it was: its file
	// must be there.
	Open func() (io.ReadCloser, error)
	// Last is the SHA-256, in hexadecimal, of the content that was last written or
	// offered; "" when nobody remembers. With it a file that a person has edited is
	// told from an old one of ours.
	Last string
}

// Outcome says what became of a document, or of one file.
type Outcome string

// The outcomes of Write. A document that stayed while one of its assets was
// written is updated.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	// Removed is an outcome of Remove.
	Removed Outcome = "removed"
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
	// HandEdits are the edits made by hand that stayed in the file.
	HandEdits []HandEdit
	// Replaced are the values of the file that gave way and that nobody
	// remembers to be ours.
	Replaced []Replaced
	// Stays says that the document has its address still, not Document.URL: what
	// makes it was edited by hand.
	Stays bool
	// Written is to be remembered and given back as Document.Last.
	Written *Written
	// Warnings are what a person should know of: *ConflictError,
	// *ReplacedError, *RewrittenError, *TakenError, *HandEditedError,
	// *ForgottenDocumentError, *AssetConflictError, *AssetReplacedError.
	Warnings []error
}

// Root names one of the two folders.
type Root string

// The folders of a tree.
const (
	Content Root = "content"
	Assets  Root = "assets"
)

// Change is one file that was written or removed or, from a DryRun, would be.
type Change struct {
	// Root is the folder the file is in, Path its place there, File both
	// together, the folder as it was given to Open. All with slashes.
	Root Root
	Path string
	File string
	// Kind is Created, Updated or Removed.
	Kind Outcome
	// Asset tells an asset from a document; both may be in the content folder.
	Asset bool
	// OldSize and NewSize are bytes; OldSize is 0 for a created file.
	OldSize, NewSize int64
	// Old and New are the texts of a document. Only a DryRun fills them, and a
	// Tree with Options.Texts.
	Old, New []byte
	// OldSHA256 and NewSHA256 are the digests of an asset in hexadecimal, ""
	// where there is no file. Only a DryRun fills them.
	OldSHA256, NewSHA256 string
}
