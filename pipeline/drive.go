package pipeline

import (
	"context"
	"sync"

	"ingest/output"
)

// maxAhead is how many items may be done before the one whose turn it is in
// the report: one source that answers slowly must not keep the workers waiting.
// Only results wait, of some hundred bytes each.
const maxAhead = 4096

// drive lets workers carry the jobs that list hands out, and files their
// results in the order of the list. It returns the error that stopped it.
func (p *Pipeline) drive(ctx context.Context, report *Report, carry func(context.Context, *job) (output.Result, error), list func(ctx context.Context, hand func(*job) bool) error) error {
	if p.Template != nil {
		p.stamped, p.constants = p.stamps(), p.constant() // finding them takes half as long as a document
	}
	listing, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	p.drainTo(listing, stop)
	todo := make(chan *job)              // to the workers
	pending := make(chan *job, maxAhead) // the same jobs, in the order of the list
	var listError error
	go func() {
		defer close(pending)
		defer close(todo)
		listError = list(listing, hands(listing, pending, todo))
	}()
	var working sync.WaitGroup
	for range p.workers() {
		working.Go(func() {
			for j := range todo {
				r := p.finish(ctx, listing, j, carry)
				j.record, j.item, j.entry = nil, nil, nil // the result may wait long behind a slower one
				j.done <- r
			}
		})
	}
	stopError := p.collect(ctx, report, pending, stop)
	working.Wait()
	if stopError != nil {
		return stopError
	}
	return listError
}

// hands gives a job to both queues. It is false once the run was stopped.
func hands(ctx context.Context, pending, todo chan<- *job) func(*job) bool {
	return func(j *job) bool {
		for _, queue := range []chan<- *job{pending, todo} {
			select {
			case queue <- j:
			case <-ctx.Done():
				j.done <- result{} // a job that is pending only must not be waited for
				return false
			}
		}
		return true
	}
}

// collect files the results in the order of the list and stops the listing when
// going on makes no sense.
func (p *Pipeline) collect(ctx context.Context, report *Report, pending <-chan *job, stop context.CancelCauseFunc) (stopError error) {
	var judge judge
	for j := range pending {
		result := <-j.done
		if !result.reached {
			continue
		}
		result.item.Unread = j.unread
		report.add(result.item)
		p.log(ctx, result.item)
		if p.Observe != nil {
			p.Observe(Event{Item: result.item, Changes: result.changes})
		}
		if err := judge.fatal(result); err != nil && stopError == nil {
			stopError = err
			stop(err)
		}
	}
	return stopError
}
