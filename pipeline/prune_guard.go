package pipeline

import (
	"context"
	"fmt"
	"math"

	"ingest/output"
)

// rehearse finds out, by reading only, what taking each document off the site
// would do. What would do nothing was done before, and what would mark once more
// was put back on the site by hand: both are left alone.
func (c *census) rehearse(ctx context.Context) error {
	if c.p.Pruning.Rehearse == nil || !c.p.Pruning.removes() {
		return nil
	}
	for _, d := range c.gone {
		if d.err != nil || d.reason.text == "" || d.reason.stays {
			continue
		}
		if d.removal, d.err = c.p.removal(d); d.err == nil {
			d.plan, d.err = c.p.Pruning.Rehearse(ctx, d.removal)
			for i := range d.plan.Files {
				d.plan.Files[i].Old, d.plan.Files[i].New = nil, nil // long, and not needed
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		by := d.plan.Outcome
		d.goes = d.err == nil && by != output.Unchanged && (by == output.Removed || !d.marked() || len(c.s.IDs) > 0)
		c.holdBack(d)
		if d.err == nil && !d.goes && !d.lost() {
			if err := c.leave(ctx, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// leave notes that nothing is left to do for a departure.
func (c *census) leave(ctx context.Context, d *departure) error {
	d.reason = reason{}
	if d.path != "" {
		c.count(d, d.plan.Outcome)
	}
	return c.p.settle(ctx, d, d.plan)
}

// guard holds the removals back if they are too many to be believed.
func (c *census) guard() error {
	going, documents := 0, c.documents
	for _, d := range c.gone {
		missing := d.path == "" && !d.marked() // from the tree: deleted by hand, or the tree is not all there
		if missing {
			documents++
		}
		if d.goes && (d.path != "" || missing) {
			going++
		}
	}
	if going <= c.p.Pruning.most(documents) {
		return nil
	}
	for _, d := range c.gone {
		d.goes = false
	}
	return &PruneRefusedError{Going: going, Documents: documents, Pruning: c.p.Pruning}
}

// most is how many documents of a tree may leave the site in one run: one
// always, since a listing that has shown something is believed that much, and
// then MaxShare of them. The smallest of additions keeps 29 % of 100 at 29.
func (p Pruning) most(documents int) int {
	return max(1, int(p.MaxShare*float64(documents)+1e-9))
}

// PruneRefusedError says that no document was taken off the site, since more of
// them would go than can be believed.
type PruneRefusedError struct {
	// Going are the documents that would go, 0 where the tracker listed nothing at
	// all; Documents all that the tree has.
	Going, Documents int
	Pruning          Pruning
}

func (e *PruneRefusedError) Error() string {
	if e.Going == 0 {
		return fmt.Sprintf("the tracker listed no work package at all, but the tree has %d documents: none is taken off the site", e.Documents)
	}
	return fmt.Sprintf("%d of %d documents would be taken off the site, more than the %d that prune.max_share lets go at once: none is", e.Going, e.Documents, e.Pruning.most(e.Documents))
}

// Hint says what to do.
func (e *PruneRefusedError) Hint() string {
	const look = "see that tracker.project, tracker.types and tracker.statuses are as they should be and that the user whose key ingest has may see everything"
	if e.Going == 0 {
		return look + "; ingest prune --wp with an id asks for a single one"
	}
	share := math.Ceil(100 * float64(e.Going) / float64(e.Documents))
	return fmt.Sprintf("%s; if they are to go, run ingest prune --mode %s --max-share %.0f%%", look, e.Pruning.Mode, share)
}
