package output

import (
	"fmt"
	"strings"

	"ingest/output/frontmatter"
)

// Removal says how a document goes.
type Removal struct {
	// ID is the work package.
	ID int64
	// Delete removes the document's file and its assets. Otherwise the file stays
	// and is marked.
	Delete bool
	// Mark are the outermost keys with the values that keep a page off the site;
	// without any it is draft: true.
	Mark frontmatter.Map
	// Last is what Result.Written was when the document was last written. A
	// document that was edited by hand since is marked instead of deleted, with a
	// *HandEditedError: what a person wrote is not in the tracker. So is one of
	// which nobody remembers anything (nil), with a *ForgottenDocumentError.
	Last *Written
	// Forgetful says that nobody remembers on purpose: then a document without Last
	// is deleted.
	Forgetful bool
	// Name and Path are the name and the place that the document had, if its file
	// may be gone already, so that its assets are found. They do not matter while
	// the file is there.
	Name, Path string
	// Assets are the names of assets that are not named <Name>-<role>.<ext> with
	// one of Options.Roles.
	Assets []string
	// Digests are the SHA-256 digests, in hexadecimal, of assets as they were last
	// written, by name. A document with one that is another now is not deleted: a
	// person has made it.
	Digests map[string]string
}

// HandEditedError is the warning that a document was only marked although it
// should have been deleted.
type HandEditedError struct {
	File string
	// Paths are those of what was edited.
	Paths []string
}

func (e *HandEditedError) Error() string {
	return fmt.Sprintf("%s is not deleted but only kept off the site: %s was edited by hand", e.File, strings.Join(e.Paths, ", "))
}

// Hint says what to do.
func (e *HandEditedError) Hint() string {
	return "delete the file by hand if nobody needs what was written there"
}

// ForgottenDocumentError is the warning that a document was only marked although
// it should have been deleted, since nothing is remembered of it.
type ForgottenDocumentError struct{ File string }

func (e *ForgottenDocumentError) Error() string {
	return e.File + " is not deleted but only kept off the site: nothing is remembered of it, so nobody knows whether it was edited by hand"
}

// Hint says what to do.
func (e *ForgottenDocumentError) Hint() string {
	return "look into the file, and delete it by hand if nobody needs what may have been written there"
}

// AssetsKeptError is the warning that a document's assets stay because it cannot
// be told who else uses them.
type AssetsKeptError struct{ Err error }

func (e *AssetsKeptError) Error() string {
	return fmt.Sprintf("the assets stay, since not every document can be read: %v", e.Err)
}

func (e *AssetsKeptError) Unwrap() error { return e.Err }

// Hint says how to mend it.
func (e *AssetsKeptError) Hint() string {
	return "make every file of the content folder readable and remove again"
}
