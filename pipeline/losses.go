package pipeline

import (
	"context"
	"errors"
	"fmt"
)

// losses are the published documents that are remembered and not in the tree: a
// file that was deleted by hand, or the checkout of another day.
type losses struct {
	ids   []int64 // to look at today: those with a next try have their own time
	count int
	all   bool // not one of those that are remembered is there
}

// losses looks for what the memory has and the tree has not. The tree's index and
// the ids in the state are asked first, so that a night without a loss reads no
// entry.
func (p *Pipeline) losses(ctx context.Context) (losses, error) {
	published, err := p.Store.Published(ctx)
	if err != nil {
		return losses{}, err
	}
	var found losses
	there := 0
	for _, id := range published {
		if p.Sink.Place(id) != "" {
			there++
			continue
		}
		e, err := p.Store.Entry(ctx, id)
		_, damaged := errors.AsType[*DamagedEntryError](err)
		if err != nil && !damaged {
			return losses{}, err
		}
		if !damaged && !p.gone(e) {
			continue
		}
		found.count++
		if damaged || e.NextTry.IsZero() {
			found.ids = append(found.ids, id)
		}
	}
	found.all = there == 0 && len(found.ids) > 0
	return found, nil
}

// gone says that nothing is left of the file that an entry tells of: neither the
// document, wherever it was moved, nor anything else in its place.
func (p *Pipeline) gone(e *Entry) bool {
	return e != nil && e.Path != "" && p.Sink.Place(e.ID) == "" && p.vacant(e)
}

// warning tells of a tree that has nothing of what is remembered.
func (l losses) warning() Warning {
	return Warning{Step: "state", Text: fmt.Sprintf("the state remembers %d published documents, and the content tree has not one of them", l.count),
		Hint: "everything is looked at anew, as with --full; if this is not a fresh checkout, look whether output.content_dir is the right folder"}
}
