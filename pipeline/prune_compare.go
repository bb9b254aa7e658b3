package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ingest/output"
)

// compare finds the documents that were not listed. Where they are to be
// deleted, also those whose file is gone while the memory still has them: a run
// was killed before it had removed their assets.
func (c *census) compare(ctx context.Context) error {
	there := map[int64]bool{}
	for _, e := range c.p.Sink.Entries() {
		c.documents++
		there[e.ID] = true
		if c.concerns(e.ID) {
			c.gone = append(c.gone, &departure{id: e.ID, path: e.Path})
		}
	}
	if err := c.recall(ctx); err != nil {
		return err
	}
	if c.p.Store != nil && c.p.Pruning.Mode == PruneDelete {
		if err := c.vanished(ctx, there); err != nil {
			return err
		}
	}
	for _, id := range c.s.IDs {
		if slices.ContainsFunc(c.gone, func(d *departure) bool { return d.id == id }) {
			continue
		}
		d, err := c.undocumented(ctx, id)
		if err != nil {
			return err
		}
		c.gone = append(c.gone, d)
	}
	return nil
}

// vanished finds the missing whose file is gone while the memory still has them, or
// had and cannot be read.
func (c *census) vanished(ctx context.Context, there map[int64]bool) error {
	for e, err := range c.p.Store.Entries(ctx) {
		if err == nil && (there[e.ID] || !c.concerns(e.ID)) {
			continue
		}
		if err == nil {
			err = e.sound()
		}
		damaged, one := errors.AsType[*DamagedEntryError](err)
		switch {
		case one:
			if !there[damaged.ID] && c.concerns(damaged.ID) {
				c.gone = append(c.gone, &departure{id: damaged.ID, damaged: damaged})
			}
		case err != nil:
			return &StoreError{err}
		case e.Path != "" && c.p.vacant(e):
			d := &departure{id: e.ID}
			d.recall(e)
			c.gone = append(c.gone, d)
		}
	}
	return nil
}

// concerns says whether a document is one that the listing should have shown.
func (c *census) concerns(id int64) bool {
	return !c.listed[id] && (len(c.s.IDs) == 0 || slices.Contains(c.s.IDs, id))
}

// recall reads what is remembered of the missing. Those that are off the site
// already are not asked for again, unless they are to be deleted now.
func (c *census) recall(ctx context.Context) error {
	if c.p.Store == nil {
		return nil
	}
	for _, d := range c.gone {
		e, err := c.p.known(ctx, d.id)
		if _, damaged := errors.AsType[*DamagedEntryError](err); damaged {
			d.damaged = err
			continue
		}
		if err != nil {
			return &StoreError{err}
		}
		d.recall(e)
	}
	if c.p.Pruning.Mode != PruneDelete && len(c.s.IDs) == 0 {
		return c.setAside(ctx)
	}
	return nil
}

// setAside leaves out those that were taken off the site already, and looks
// whether their marks are still there.
func (c *census) setAside(ctx context.Context) error {
	for _, d := range c.gone {
		if !d.marked() {
			continue
		}
		if err := c.lookAt(ctx, d); err != nil {
			return err
		}
	}
	c.gone = slices.DeleteFunc(c.gone, (*departure).marked)
	return nil
}

// lookAt counts a document that was marked, as what it is now.
func (c *census) lookAt(ctx context.Context, d *departure) error {
	if c.p.Pruning.Rehearse == nil {
		c.count(d, output.Unchanged)
		return nil
	}
	again, err := c.p.Pruning.Rehearse(ctx, c.p.marking(d.id))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil { // else the tree tells of a file that cannot be read
		c.count(d, again.Outcome)
	}
	return nil
}

// count takes in a marked document for which marking it once more would have the
// given outcome: it has no mark if that changes it.
func (c *census) count(d *departure, again output.Outcome) {
	if again == output.Unchanged {
		c.off++
		return
	}
	c.back = append(c.back, d.path)
}

// recall takes over what is remembered, but for what is long and not needed.
func (d *departure) recall(e *Entry) {
	if e != nil {
		e.HTML, e.Visit = nil, nil
		d.subject, d.entry = e.Subject, e
	}
}

// told says that the report is to tell of it: of what failed, of a document that
// leaves or should, and of the rest that a document left behind once that goes.
func (d *departure) told() bool {
	return d.err != nil || d.reason.text != "" && (d.path != "" || d.goes || d.damaged != nil)
}

// marked says that the document was taken off the site and its file kept.
func (d *departure) marked() bool { return d.entry != nil && d.entry.Outcome == Removed }

// vacant says that nothing stands where a remembered document was: not a file
// that cannot be read, nor one of several with its id.
func (p *Pipeline) vacant(e *Entry) bool {
	place, err := p.Sink.ClaimFile(e.ID, e.Path)
	return err == nil && place == e.Path
}

// NoDocumentError says that a named work package has no document.
type NoDocumentError struct{ ID int64 }

// Error names the work package.
func (e *NoDocumentError) Error() string {
	return fmt.Sprintf("work package %d has no document in the content tree", e.ID)
}

// Hint says what that means.
func (e *NoDocumentError) Hint() string { return "there is nothing to remove" }
