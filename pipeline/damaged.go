package pipeline

import "fmt"

// DamagedEntryError is what is remembered of one work package and cannot be
// read. The next run over it remembers it anew.
type DamagedEntryError struct {
	ID  int64
	Err error
}

// Error names the work package.
func (e *DamagedEntryError) Error() string {
	return fmt.Sprintf("what is remembered of work package %d cannot be read: %s", e.ID, e.Err)
}

// Unwrap gives the store's own error.
func (e *DamagedEntryError) Unwrap() error { return e.Err }

// Hint says what follows.
func (e *DamagedEntryError) Hint() string {
	return "it is looked at anew; if this happens again, look at the disk under the state file"
}
