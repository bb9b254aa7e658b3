package pipeline

import (
	"errors"
	"fmt"
	"net/http"
	"syscall"

	"ingest/openproject"
)

// maxSilent is how many items in a row may fail because the tracker did not
// answer before the run takes it for gone. Each of them has waited through the
// client's own retries.
const maxSilent = 5

// judge decides whether an item's error ends the run. Its zero value is ready.
type judge struct {
	silent int // items in a row that met no tracker
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
	for _, disk := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EDQUOT} {
		if errors.Is(err, disk) {
			return err
		}
	}
	return nil
}

// StoreError is a state that cannot be read or written. It ends the run: work
// that is not recorded would have to be done again, or be forgotten.
type StoreError struct{ Err error }

// Error says what the store could not do.
func (e *StoreError) Error() string { return "state: " + e.Err.Error() }

// Unwrap gives the store's own error.
func (e *StoreError) Unwrap() error { return e.Err }

// hintOf finds what an error advises, or "".
func hintOf(err error) string {
	if h, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		return h.Hint()
	}
	return ""
}
