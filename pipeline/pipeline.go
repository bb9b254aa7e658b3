package pipeline

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/output"
	"ingest/output/archetype"
)

// Pipeline carries work packages from Source to Sink. Its fields are set
// before the first run and not changed after; runs of one Pipeline must not
// overlap.
type Pipeline struct {
	Source   Source
	Sink     Sink
	Template Template
	// First are the steps that need no network. They run in tracker order,
	// one item after the other, before a document's name is claimed.
	First []Step
	// Steps are the others, run for Workers items at once.
	Steps []Step
	// Fields maps our names of custom fields to their labels.
	Fields map[string]string
	Site   archetype.Site
	// Workers is how many items are worked on at once; less than 1 is 1.
	Workers int
	// Logger gets a line per item; nil discards.
	Logger *slog.Logger
	// Now is the clock of the report; nil is time.Now.
	Now func() time.Time
	// Observe is called after each item, in tracker order, by one goroutine;
	// nil is nobody.
	Observe func(Event)
}

// Event tells that an item came to its end.
type Event struct {
	Item ItemReport
	// Changes are the files that the sink wrote; those of a dry run hold the
	// texts before and after. They are not kept beyond the event.
	Changes []output.Change
}

// Selection says which work packages a run is for.
type Selection struct {
	// IDs names them; none means all that Query finds.
	IDs []int64
	// Query is what belongs to the site. A named work package of another type
	// or status is skipped.
	Query openproject.Query
}

// maxAhead is how many items may be done before the one whose turn it is in
// the report: one source that answers slowly must not keep the workers waiting.
// Only results wait, of some hundred bytes each.
const maxAhead = 4096

// Run carries the selected work packages through the pipeline once. The report
// is never nil. The error is not nil when the run was stopped, by ctx or by
// something that every other item would have met too; failed items alone are
// no error.
func (p *Pipeline) Run(ctx context.Context, s Selection) (*Report, error) {
	started := p.now()
	report := newReport(started)
	listing, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	todo := make(chan *job)              // to the workers
	pending := make(chan *job, maxAhead) // the same jobs, in tracker order
	var listError error
	go func() {
		defer close(pending)
		defer close(todo)
		listError = p.list(listing, s, todo, pending)
	}()
	var working sync.WaitGroup
	for range p.workers() {
		working.Go(func() {
			for j := range todo {
				r := p.finish(ctx, listing, j)
				j.wp, j.item = nil, nil // the result may wait long behind a slower one
				j.done <- r
			}
		})
	}
	stopError := p.collect(ctx, report, pending, stop)
	working.Wait()
	return report, p.conclude(ctx, report, started, stopError, listError)
}

// collect files the results in tracker order and stops the listing when going
// on makes no sense.
func (p *Pipeline) collect(ctx context.Context, report *Report, pending <-chan *job, stop context.CancelCauseFunc) (stopError error) {
	var judge judge
	for j := range pending {
		result := <-j.done
		if !result.reached {
			continue
		}
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

// conclude completes the report once everything has come to rest.
func (p *Pipeline) conclude(ctx context.Context, report *Report, started time.Time, stopError, listError error) error {
	report.Duration = Duration(p.now().Sub(started))
	if ctx.Err() != nil {
		report.Interrupted = true
		return context.Cause(ctx)
	}
	err := stopError
	if err == nil {
		err = listError
	}
	if err != nil {
		report.Error, report.Hint = err.Error(), hintOf(err)
	}
	return err
}

func (p *Pipeline) workers() int { return max(1, p.Workers) }

func (p *Pipeline) now() time.Time {
	if p.Now != nil {
		return p.Now()
	}
	return time.Now()
}

// toWarning carries a step's warning into the report.
func toWarning(w enrich.Warning) Warning { return Warning(w) }
