package pipeline

import "fmt"

// DamagedEntryError is what is remembered of one work package and cannot be
// read. A run that looks at it remembers it anew.
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
	return fmt.Sprintf("a run that looks at it, such as ingest --wp %d, remembers it anew; if this happens again, look at the disk under the state file", e.ID)
}

// DamagedLinkError is what is known of the link of one work package and cannot be
// read. A links run finds it out anew.
type DamagedLinkError struct {
	ID  int64
	Err error
}

// Error names the work package.
func (e *DamagedLinkError) Error() string {
	return fmt.Sprintf("what is known of the link of work package %d cannot be read: %s", e.ID, e.Err)
}

// Unwrap gives the store's own error.
func (e *DamagedLinkError) Unwrap() error { return e.Err }

// Hint says what helps.
func (e *DamagedLinkError) Hint() string {
	return fmt.Sprintf("ingest links --wp %d checks it anew; if this happens again, look at the disk under the state file", e.ID)
}
