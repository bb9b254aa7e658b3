package state

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// CorruptError is a state file that is no database, or a damaged one.
type CorruptError struct {
	Path string
	Err  error
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("state file %s is damaged: %v", e.Path, e.Err)
}

func (e *CorruptError) Unwrap() error { return e.Err }

// Hint says what to do about it.
func (e *CorruptError) Hint() string {
	return fmt.Sprintf("move %s away, with its -wal and -shm files; the next run rebuilds it from the content tree and the tracker", e.Path)
}

// NewerError is a state file that a newer ingest has made.
type NewerError struct {
	Path string
	// Version is the schema of the file, Known the newest this program has.
	Version, Known int
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("state file %s has schema %d; this ingest knows schemas up to %d", e.Path, e.Version, e.Known)
}

// Hint says what to do about it.
func (e *NewerError) Hint() string {
	return fmt.Sprintf("use the newer ingest that wrote it, or move %s away; the next run rebuilds it from the content tree and the tracker", e.Path)
}

// ForeignError is a database of another program where the state should be.
type ForeignError struct{ Path string }

func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s is a database of another program", e.Path)
}

// Hint says what to do about it.
func (e *ForeignError) Hint() string { return "name another file as state; this one was not touched" }

// AccessError is a file or folder of the state that cannot be opened, made or
// written.
type AccessError struct {
	Path string
	Err  error
}

func (e *AccessError) Error() string { return fmt.Sprintf("%s cannot be used: %v", e.Path, e.Err) }

func (e *AccessError) Unwrap() error { return e.Err }

// Hint says what to do about it.
func (e *AccessError) Hint() string {
	switch {
	case errors.Is(e.Err, syscall.EISDIR), errors.Is(e.Err, syscall.ENOTDIR):
		return "the state is a file in a folder of its own, such as .ingest/state.db; something else stands in its place"
	case errors.Is(e.Err, syscall.EROFS):
		return "the file system is read-only; mount it for writing or keep the state elsewhere"
	case errors.Is(e.Err, fs.ErrPermission):
		return "let the user that runs ingest read and write the file and its folder"
	case errors.Is(e.Err, errNoLocks):
		return "keep the state on a disk of this machine; this file system has no locks"
	}
	return "the file and its folder must be writable for the user that runs ingest, on a sound disk of this machine, and under no limit for their size (ulimit -f)"
}

// unusable is the error of a file operation; it tells a full disk from the rest.
func unusable(path string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return &FullError{Path: path, Err: err}
	}
	return &AccessError{Path: path, Err: err}
}

var errNoLocks = errors.New("the file system has no locks")

// FullError is a disk without room for the state. errors.Is finds
// syscall.ENOSPC in it.
type FullError struct {
	Path string
	Err  error
}

func (e *FullError) Error() string {
	return fmt.Sprintf("no room for state file %s: %v", e.Path, e.Err)
}

func (e *FullError) Unwrap() []error { return []error{syscall.ENOSPC, e.Err} }

// Hint says what to do about it.
func (e *FullError) Hint() string {
	return "make room on the disk and run again; what was remembered before is whole"
}

// BusyError is a state file that another process kept locked for longer than
// [Options.Wait].
type BusyError struct {
	Path string
	Err  error
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("another process keeps state file %s locked: %v", e.Path, e.Err)
}

func (e *BusyError) Unwrap() error { return e.Err }

// Hint says what to do about it.
func (e *BusyError) Hint() string {
	return "let the other ingest finish, or close the program that has the file open, and run again"
}
