package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"ingest/enrich"
	"ingest/enrich/body"
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
	// Steps visit the source, for Workers items at once.
	Steps []Step
	// Last are the steps after the visit that need no network.
	Last []Step
	// Fields maps our names of custom fields to their labels.
	Fields map[string]string
	Site   archetype.Site
	// Store is what is remembered between runs; nil is nothing, and then every
	// run looks at everything.
	Store Store
	// DryRun keeps the store as it is. The sink has to be one that only plans.
	DryRun bool
	// Adopted is when the tree was taken for the base; zero is what the store
	// remembers of it (see Adopt).
	Adopted time.Time
	// Body says what the description goes through; its Attachment is not used.
	Body body.Options
	// FollowTitles moves a published document's address when its title changes
	// and leaves an alias; otherwise the address stays.
	FollowTitles bool
	// TrackerOwns tells the keys of front matter on which the tracker decides
	// where a hand has changed them too; nil for none.
	TrackerOwns func(path string) bool
	// RefreshAfter is the age at which a source page is read again although its
	// work package did not change; 0 is never.
	RefreshAfter time.Duration
	// Prepare is called once in a run, before the first item that there is work
	// to do for: what every item needs and a night without a change does not. nil
	// is nothing.
	Prepare func(ctx context.Context) error
	// Workers is how many items are worked on at once; less than 1 is 1.
	Workers int
	// Logger gets a line per item; nil discards.
	Logger *slog.Logger
	// Now is the clock of the report; nil is time.Now.
	Now func() time.Time
	// Pruning says what becomes of documents whose work packages do not belong to
	// the site any more; the zero value reports them.
	Pruning Pruning
	// Observe is called after each item, in tracker order, by one goroutine;
	// nil is nobody.
	Observe func(Event)
	// Enter is called when an item enters a step, by several goroutines at once;
	// nil is nobody.
	Enter func(id int64, step string)
	// Ahead gives work packages to look at before what the listing still has, and
	// is asked between two items of it; nil is none. It must not give one that is
	// not wanted: this run has met it already, perhaps is at it.
	Ahead func(wanted func(id int64) bool) []int64
	// Teller brings outcomes back to the tracker; nil is nobody. Asked says whether
	// a person asked for a work package in a comment; nil is never.
	Teller Teller
	Asked  func(id int64) bool
	// Drain, once closed, ends the run early: what is at hand is finished, nothing
	// else begun, and Run returns a *DrainedError. nil is never closed.
	Drain <-chan struct{}

	stamped, constants []string // what stamps and constant find, during a run
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
	// Full looks at every work package anew, whatever is remembered.
	Full bool
}

// Run carries the selected work packages through the pipeline once. The report
// is never nil. The error is not nil when the run was stopped, by ctx or by
// something that every other item would have met too; failed items alone are
// no error.
func (p *Pipeline) Run(ctx context.Context, s Selection) (*Report, error) {
	report := newReport(p.now())
	pl, err := p.plan(ctx, s)
	if err == nil {
		report.Warnings = append(report.Warnings, pl.told...)
		err = p.drive(ctx, report, p.carry, func(ctx context.Context, hand func(*job) bool) error { return p.list(ctx, s, pl, hand) })
	}
	if err == nil {
		err = p.pruneAfter(ctx, report, s, pl)
	}
	for _, d := range p.Sink.Duplicates() {
		report.Warnings = append(report.Warnings, Warning{Step: "name", Text: d.Error(), Hint: d.Hint()})
	}
	if err == nil {
		err = p.advance(ctx, pl)
	}
	return report, p.conclude(ctx, report, err)
}

// conclude completes the report once everything has come to rest.
func (p *Pipeline) conclude(ctx context.Context, report *Report, err error) error {
	report.Duration = Duration(p.now().Sub(report.Started))
	if ctx.Err() != nil {
		report.Interrupted = true
		return context.Cause(ctx)
	}
	if _, drained := errors.AsType[*DrainedError](err); drained {
		report.Interrupted = true
		return err
	}
	if err != nil {
		report.Error, report.Hint = err.Error(), HintOf(err)
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
