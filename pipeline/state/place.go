package state

import (
	"fmt"
	"os"
)

// InPlace says whether the file is still the one that was opened. One that was removed
// or replaced under a process goes on for that process alone, and is lost with it. The
// error is a *MovedError.
func (d *DB) InPlace() error {
	now, err := os.Stat(d.path)
	if err != nil || !os.SameFile(now, d.file) {
		return &MovedError{Path: d.path, Err: err}
	}
	return nil
}

// InPlace is always so: a state in memory is lost with its process anyway.
func (*Memory) InPlace() error { return nil }

// MovedError is a state file that was removed or replaced while it was open.
type MovedError struct {
	Path string
	Err  error // of looking for it; nil where another file stands there
}

func (e *MovedError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("another state file was put in the place of %s", e.Path)
	}
	return fmt.Sprintf("the state file was removed: %v", e.Err)
}

func (e *MovedError) Unwrap() error { return e.Err }

// Hint says what to do.
func (e *MovedError) Hint() string {
	return "restart the service: it opens the file that is there, or makes one anew from the content tree and the tracker"
}
