package pipeline

import (
	"context"
	"errors"
	"fmt"

	"ingest/enrich"
)

// undocumented is the departure of a named work package that has no file: there is
// nothing to remove, but something may be remembered that cannot be read.
func (c *census) undocumented(ctx context.Context, id int64) (*departure, error) {
	d := &departure{id: id, err: &NoDocumentError{ID: id}}
	if c.p.Store == nil {
		return d, nil
	}
	_, err := c.p.known(ctx, id)
	if _, one := errors.AsType[*DamagedEntryError](err); one {
		return &departure{id: id, damaged: err}, nil
	}
	if err != nil {
		return nil, &StoreError{err}
	}
	return d, nil
}

// holdBack keeps a document on the site of which nobody knows any more what a hand
// has changed, unless a person asked for its mark.
func (c *census) holdBack(d *departure) {
	if !d.goes || d.damaged == nil || c.p.Pruning.Mode == PruneDraft && len(c.s.IDs) > 0 {
		return
	}
	d.goes, d.err = false, &KeptDocumentError{ID: d.id, Path: d.path, Reason: d.reason.text, Err: d.damaged}
}

// unreadable says that what is remembered cannot be read. It stays so until a run
// has looked at the work package.
func (d *departure) unreadable() bool { return d.damaged != nil }

// lost says that neither a file nor a readable memory of a work package is left.
func (d *departure) lost() bool { return d.unreadable() && d.path == "" }

// drop forgets what nobody can read. The tree is asked once more: several files with
// the id, or one that is closed to us, are no departure.
func (p *Pipeline) drop(ctx context.Context, d *departure) error {
	if p.Pruning.Rehearse != nil {
		if _, err := p.Pruning.Rehearse(ctx, p.marking(d.id)); err != nil {
			return err
		}
	}
	if !p.DryRun {
		if err := p.forget(ctx, d.id); err != nil {
			return err
		}
	}
	return enrich.Skipf("there is nothing left to do", "%s; it has no document, and what was remembered of it, which cannot be read, is forgotten", d.reason.text)
}

// KeptDocumentError is a document that should leave the site and stays, since what
// is remembered of it cannot be read.
type KeptDocumentError struct {
	ID           int64
	Path, Reason string
	Err          error // a *DamagedEntryError
}

// Error names the document.
func (e *KeptDocumentError) Error() string {
	return fmt.Sprintf("%s; its document %s stays, as nobody knows what was changed in it by hand: %s", e.Reason, e.Path, e.Err)
}

// Unwrap gives the damage.
func (e *KeptDocumentError) Unwrap() error { return e.Err }

// Hint says what a person can do.
func (e *KeptDocumentError) Hint() string { return keptHint(e.ID) }

func keptHint(id int64) string {
	return fmt.Sprintf("remove it by hand, then ingest prune --wp %[1]d forgets it; until then ingest prune --wp %[1]d --mode draft marks it as a draft", id)
}
