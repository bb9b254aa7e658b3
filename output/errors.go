package output

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// FileError is a file or folder that could not be read or written.
type FileError struct {
	// Op is what was tried: read, write, compare, ….
	Op string
	// File is the path, its folder as it was given to Open.
	File string
	Err  error
}

func (e *FileError) Error() string {
	err := e.Err
	if pe, ok := err.(*fs.PathError); ok { //nolint:errorlint // only the outermost names our file once more
		err = pe.Err
	}
	return fmt.Sprintf("%s %s: %v", e.Op, e.File, err)
}

func (e *FileError) Unwrap() error { return e.Err }

// Hint says what to do about it, or "".
func (e *FileError) Hint() string {
	switch {
	case errors.Is(e.Err, errNoFolder):
		return "name the folder that holds the site's documents"
	case errors.Is(e.Err, fs.ErrPermission):
		return "let the user that runs ingest read and write there"
	case errors.Is(e.Err, syscall.ENOSPC), errors.Is(e.Err, syscall.EDQUOT):
		return "make room on the disk and run again; no file was left half written"
	case errors.Is(e.Err, syscall.EROFS):
		return "the file system is read-only; mount it for writing or choose another folder"
	case errors.Is(e.Err, syscall.ENOTDIR), strings.HasSuffix(e.Err.Error(), "not a directory"): // the words of os.OpenRoot
		return "a file stands where a folder is needed; move it or choose another folder"
	case errors.Is(e.Err, errNotRegular), strings.HasSuffix(e.Err.Error(), "path escapes from parent"): // the words of os.Root
		return "ingest reads and writes plain files inside its folders only; put the file itself there"
	}
	return ""
}

// errNoFolder is a content folder that is to be looked at and is not there.
var errNoFolder = errors.New("there is no such folder")

// errNotRegular is a link, folder or device where a file is expected.
var errNotRegular = errors.New("not a plain file")

// NameError is a file name that is not safe on every system.
type NameError struct{ Name, Reason string }

func (e *NameError) Error() string { return fmt.Sprintf("file name %q %s", e.Name, e.Reason) }

// IdentityError is front matter that does not say which work package it is of.
type IdentityError struct {
	ID int64
	// Key is the path where it should be.
	Key string
}

func (e *IdentityError) Error() string {
	return fmt.Sprintf("the front matter does not hold the work package's id %d under %q", e.ID, e.Key)
}

// Hint says how to mend it.
func (e *IdentityError) Hint() string {
	return fmt.Sprintf("the archetype must write %s: '= wp.id', or the next run would not find the file again", strings.ReplaceAll(e.Key, ".", ": "))
}

// ForeignError is a file that stands where a document should be written, but
// does not belong to its work package. Such a file is never touched.
type ForeignError struct {
	File string
	ID   int64
	// Key is the path of the id in front matter.
	Key string
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s is there already and does not belong to work package %d", e.File, e.ID)
}

// Hint says how to mend it.
func (e *ForeignError) Hint() string {
	return fmt.Sprintf("move it away, or make it the document by putting %s: %d into its front matter", strings.ReplaceAll(e.Key, ".", ": "), e.ID)
}

// UnparsableError is an existing document whose front matter cannot be read.
// It is left as it is.
type UnparsableError struct {
	File string
	Err  error
}

func (e *UnparsableError) Error() string { return fmt.Sprintf("%s: %v", e.File, e.Err) }

func (e *UnparsableError) Unwrap() error { return e.Err }

// Hint says how to mend it.
func (e *UnparsableError) Hint() string { return "mend the front matter by hand, or remove the file" }

// SharedIDError says that several files carry the id of one work package.
type SharedIDError struct {
	ID int64
	// Files are all of them, Used the one that counts; "" when none is more
	// likely than another: the work package then is not written.
	Files []string
	Used  string
}

func (e *SharedIDError) Error() string {
	files := strings.Join(e.Files, ", ")
	if e.Used == "" {
		return fmt.Sprintf("several files carry the id %d: %s; which one is the document cannot be told", e.ID, files)
	}
	return fmt.Sprintf("several files carry the id %d: %s; %s is taken for the document", e.ID, files, e.Used)
}

// Hint says how to mend it.
func (e *SharedIDError) Hint() string { return "remove all but one of the files" }

// ForeignFilesError counts the files that belong to no work package.
type ForeignFilesError struct{ Count int }

func (e *ForeignFilesError) Error() string {
	return fmt.Sprintf("%d files of the content folder have no id of a work package and are never touched", e.Count)
}

// AssetGoneError is an asset that was written on an earlier day and that is not
// there any more, or is another.
type AssetGoneError struct{ File string }

func (e *AssetGoneError) Error() string { return e.File + " is gone or was changed" }

// Hint says how to get it back.
func (e *AssetGoneError) Hint() string {
	return "ingest --wp with the work package's id fetches it again"
}
