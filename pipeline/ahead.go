package pipeline

import "context"

// ahead hands out the work packages that somebody waits for. One that could not be
// read, or does not belong, is told of and counts as not met all the same: what the
// listing says of it is what the watermark and prune go by. One that failed is
// remembered, and met: two jobs on it would write over each other's memory. For that
// reason one whose document should leave the site is passed over by the listing, and
// still not met.
func (l *lister) ahead(ctx context.Context) error {
	if l.p.Ahead == nil {
		return nil
	}
	for _, id := range l.p.Ahead(func(id int64) bool { return !l.met[id] && !l.tried[id] }) {
		j := l.p.named(ctx, l.s, id)
		l.tried[id] = true
		switch {
		case j.leaves != "":
			l.left[id] = true
		case j.err == nil || j.noted:
			l.met[id] = true
		}
		if err := l.ready(ctx, j); err != nil {
			return err
		}
		if !l.hand(j) {
			return context.Cause(ctx)
		}
	}
	return nil
}

// drainTo stops a listing when the pipeline is drained.
func (p *Pipeline) drainTo(listing context.Context, stop context.CancelCauseFunc) {
	if p.Drain == nil {
		return
	}
	go func() {
		select {
		case <-p.Drain:
			stop(&DrainedError{})
		case <-listing.Done():
		}
	}()
}

// DrainedError says that a run ended early because it was asked to. What it did
// is done and recorded; the next run does the rest.
type DrainedError struct{}

func (e *DrainedError) Error() string { return "the run was ended before it was through" }
