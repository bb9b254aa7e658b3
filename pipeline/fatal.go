package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"syscall"

	"ingest/openproject"
	"ingest/output"
)

// maxSilent is how many items in a row may fail because the tracker did not
// answer before the run takes it for gone. Each of them has waited through the
// client's own retries.
const maxSilent = 5

// maxRefused is how many items in a row may find their files closed to them
// before the run takes the whole tree for closed.
const maxRefused = 5

// judge decides whether an item's error ends the run. Its zero value is ready.
type judge struct {
	silent  int // items in a row that met no tracker
	refused int // items in a row that might not write
}

// fatal returns the error to stop with, or nil.
func (j *judge) fatal(r result) error {
	err := r.err
	if _, silent := errors.AsType[*openproject.TransportError](err); silent {
		if j.silent++; j.silent >= maxSilent {
			return fmt.Errorf("the tracker no longer answers: %w", err)
		}
		return nil
	}
	if r.asked {
		j.silent = 0
	}
	if api, ok := errors.AsType[*openproject.APIError](err); ok && api.Status == http.StatusUnauthorized {
		return err
	}
	if _, ok := errors.AsType[*StoreError](err); ok {
		return err
	}
	if file, ok := errors.AsType[*output.FileError](err); ok && errors.Is(file, fs.ErrPermission) {
		if j.refused++; j.refused >= maxRefused {
			return fmt.Errorf("the content tree cannot be written: %w", err)
		}
	} else if len(r.changes) > 0 {
		j.refused = 0
	}
	for _, disk := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EDQUOT, syscall.EIO} {
		if errors.Is(err, disk) {
			return &DiskError{err}
		}
	}
	return nil
}

// DiskError is a disk that takes no more: it is full, broken or read-only.
type DiskError struct{ Err error }

// Error is that of the file.
func (e *DiskError) Error() string { return e.Err.Error() }

// Unwrap gives the file's own error.
func (e *DiskError) Unwrap() error { return e.Err }

// Hint says what the file's error advises, else what helps where the file is a
// temporary one.
func (e *DiskError) Hint() string {
	if hint := HintOf(e.Err); hint != "" {
		return hint
	}
	return "make room on the disk that it names, or let TMPDIR name a folder on another, and run again; nothing was lost"
}

// StoreError is a state that cannot be read or written. It ends the run: work
// that is not recorded would have to be done again, or be forgotten.
type StoreError struct{ Err error }

// Error says what the store could not do.
func (e *StoreError) Error() string { return "state: " + e.Err.Error() }

// Unwrap gives the store's own error.
func (e *StoreError) Unwrap() error { return e.Err }
