package pipeline

import (
	"context"
	"fmt"
	"iter"
	"time"

	"ingest/enrich"
	"ingest/openproject"
)

// adoptedFact is the key under which is remembered when the content tree was
// taken for the base.
const adoptedFact = "adopted"

// Adopt remembers that the content tree, as it was at a time, is the base: in a
// document that we have not written yet, whose work package has not changed
// since, what differs from the tracker is a person's edit (see
// [output.Document]).
func Adopt(ctx context.Context, s Store, at time.Time) error {
	if err := s.SetFact(ctx, adoptedFact, at.UTC().Format(time.RFC3339)); err != nil {
		return &StoreError{err}
	}
	return nil
}

// isAdopted tells whether the document of a job is to be taken for the base.
func (p *Pipeline) isAdopted(ctx context.Context, j *job) (bool, error) {
	if j.entry != nil && len(j.entry.Written) > 0 {
		return false, nil
	}
	at := p.Adopted
	if at.IsZero() && p.Store != nil {
		text, err := p.Store.Fact(ctx, adoptedFact)
		if err != nil {
			return false, &StoreError{err}
		}
		if text == "" {
			return false, nil
		}
		if at, err = time.Parse(time.RFC3339, text); err != nil {
			return false, &StoreError{&DamagedAdoptionError{err}}
		}
	}
	return !j.record.UpdatedAt.After(at), nil
}

// DamagedAdoptionError is a state of which cannot be read when the content tree was
// adopted: without that, a person's edit of a document that we never wrote could be
// taken for what the tracker said before.
type DamagedAdoptionError struct{ Err error }

// Error says what cannot be read.
func (e *DamagedAdoptionError) Error() string {
	return fmt.Sprintf("when the tree was adopted cannot be read: %s", e.Err)
}

// Unwrap gives what is wrong with the time.
func (e *DamagedAdoptionError) Unwrap() error { return e.Err }

// Hint says how it is remembered anew.
func (e *DamagedAdoptionError) Hint() string {
	return "run `ingest adopt` again, which takes the tree as it is now for the base; if this happens again, look at the disk under the state file"
}

// Sourced is a work package with the link that it is about.
type Sourced struct {
	ID int64
	// Clean is its cleaned source URL, "" without a usable one.
	Clean string
}

// Sourced lists what a query finds, or one error and then nothing more.
func (p *Pipeline) Sourced(ctx context.Context, q openproject.Query) iter.Seq2[Sourced, error] {
	return func(yield func(Sourced, error) bool) {
		for wp, err := range p.Source.WorkPackages(ctx, q) {
			if err != nil {
				yield(Sourced{}, err)
				return
			}
			it := toItem(toRecord(wp, ""), p.Fields)
			if !yield(Sourced{wp.ID, p.CleanLink(ctx, it.Source)}, nil) {
				return
			}
		}
	}
}

// CleanLink returns a link as the source URL of a work package would be cleaned,
// "" for one that is not usable.
func (p *Pipeline) CleanLink(ctx context.Context, source string) string {
	it := &enrich.Item{Source: source}
	for _, step := range p.First {
		if err := step.Apply(ctx, it); err != nil {
			return "" // the run tells why
		}
	}
	return cleanURL(it)
}
