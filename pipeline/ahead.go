package pipeline

import "context"

// ahead hands out the work packages that somebody waits for.
func (l *lister) ahead(ctx context.Context) error {
	if l.p.Ahead == nil {
		return nil
	}
	for _, id := range l.p.Ahead(func(id int64) bool { return !l.met[id] }) {
		l.met[id] = true
		j := l.p.named(ctx, l.s, id)
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
