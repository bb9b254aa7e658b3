package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"ingest/output"
)

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
	return fmt.Sprintf("a run that looks at it, such as ingest --wp %d, remembers it anew, and ingest prune --wp %[1]d helps where it is gone from the tracker; if this happens again, look at the disk under the state file", e.ID)
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

// known is what is remembered of a work package, nil when that is nothing. A store
// does not look into the parts of an entry; one whose parts cannot be read is a
// *DamagedEntryError too.
func (p *Pipeline) known(ctx context.Context, id int64) (*Entry, error) {
	e, err := p.Store.Entry(ctx, id)
	if err == nil && e != nil {
		err = e.sound()
	}
	if err != nil {
		return nil, err
	}
	return e, nil
}

// sound returns a *DamagedEntryError where a part of an entry is not what remember
// has put there.
func (e *Entry) sound() error {
	_, recordErr := recordOf(e)
	_, writtenErr := lastWritten(e)
	_, visitErr := visitOf(e)
	return cmp.Or(recordErr, writtenErr, visitErr)
}

// warnOfMark warns of a document that may have been marked as a draft by a prune of
// which nothing is remembered: the mark would go with its work package's return, had
// anybody known whose it is.
func (p *Pipeline) warnOfMark(ctx context.Context, j *job) error {
	if !j.markUnknown() || p.Pruning.Rehearse == nil {
		return nil
	}
	again, err := p.Pruning.Rehearse(ctx, p.marking(j.record.ID))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil && again.Path != "" && again.Outcome == output.Unchanged { // else the write tells of the file
		j.warn("tree", &ForgottenMarkError{Path: again.Path})
	}
	return nil
}

// markUnknown says that nobody knows whose mark the document would have: what was
// remembered cannot be read, or was nothing before the mark.
func (j *job) markUnknown() bool {
	return j.forgot != nil || j.entry != nil && j.entry.Outcome == Removed && len(j.entry.Written) == 0
}

// ForgottenMarkError is a document with the mark of a draft of which nobody knows
// whether a person or a prune has put it there.
type ForgottenMarkError struct{ Path string }

// Error names the document.
func (e *ForgottenMarkError) Error() string {
	return fmt.Sprintf("its document %s is marked as a draft, and whether that was a prune or a person is not known any more", e.Path)
}

// Hint says how it gets back on the site.
func (e *ForgottenMarkError) Hint() string {
	return "take the mark away by hand if the document is to be on the site"
}

// errNoVisit is an entry of a published document without what was found at its
// source.
var errNoVisit = errors.New("the visit of its source is missing")
