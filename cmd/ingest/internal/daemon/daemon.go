package daemon

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// Runner carries out a run. The report is never nil; the error is not nil when the
// run was stopped before its end.
type Runner interface {
	Run(ctx context.Context, r Request, h Hooks) (*pipeline.Report, error)
}

// Hooks are how a run and the daemon speak with each other; the fields are those
// of pipeline.Pipeline.
type Hooks struct {
	ID      string // of the run, for its report and its logs
	Observe func(pipeline.Event)
	Enter   func(id int64, step string)
	Ahead   func(wanted func(id int64) bool) []int64
	Asked   func(id int64) bool // a person asked for it in a comment
	Drain   <-chan struct{}
}

// Watcher is told what happens while it happens. Its methods must be quick.
type Watcher interface {
	// Entered says that a work package enters a step; by several goroutines.
	Entered(id int64, step string)
	// Item says what became of a work package; by one goroutine, in order.
	Item(r Run, e pipeline.Event)
	// Ended says that a run came to its end or was skipped; by any goroutine.
	Ended(r Run)
}

// Queue is where hints come from; *hint.Queue is one, hinttest its contract.
type Queue interface {
	Add(h hint.Hint) error
	Take(ctx context.Context, limit int) ([]hint.Hint, error)
	TryTake(limit int, wanted func(hint.Hint) bool) []hint.Hint
	Done(ids ...int64)
	Return(ids ...int64)
	Waiting() []hint.Hint
	Pending(id int64) (waits, taken bool)
}

// Clock remembers when a schedule last ran, so that a time that was missed is
// found at the start. pipeline.Store is one.
type Clock interface {
	Fact(ctx context.Context, key string) (string, error)
	SetFact(ctx context.Context, key, value string) error
}

// Daemon runs what schedules, hints and people ask for, one run at a time. Its
// fields are set before Run and not changed after.
type Daemon struct {
	Runner    Runner
	Queue     Queue
	Clock     Clock // nil remembers nothing
	Schedules []Schedule
	// Busy says that a run did not begin since another process runs; nil is never.
	// It is tried again every BusyWait until BusyPatience has passed.
	Busy                   func(error) bool
	BusyWait, BusyPatience time.Duration
	// Passing says that what stopped a run passes by itself, as a tracker that is
	// away; nil is never. A run over the whole query is then tried again.
	Passing func(error) bool
	// ShutdownTimeout is how long a drained run may take to finish what is at hand.
	ShutdownTimeout time.Duration
	Logger          *slog.Logger // nil discards
	// Watchers are told what happens, each in turn.
	Watchers []Watcher

	once    sync.Once
	events  *Events
	mu      sync.Mutex
	waiting []*Run
	current *Run
	held    map[int64]hint.Hint // what the current run has taken
	past    []*Run              // the newest last
	results map[int64]*Result   // what became of work packages lately
	recent  []int64             // those of results, the oldest first
	wake    func()              // ends the wait for hints
	clock   *cron.Cron
	next    map[cron.EntryID]Schedule
	counter int
	setback setback
	busy    *Delay // why the current run waits for another process
	// hintsLast says that the last run was one of hints.
	hintsLast bool
}

// Defaults of Daemon.
const (
	DefaultShutdownTimeout = 30 * time.Second
	defaultBusyWait        = 5 * time.Second
	defaultBusyPatience    = 30 * time.Minute
)

// batch is how many hints make one run: enough that a bulk edit does not open the
// content tree a thousand times, few enough to fit into one request each.
const batch = 100

// Run works until ctx ends, and then ends in good order. The error says that a
// schedule cannot be understood; nothing has been run then.
func (d *Daemon) Run(ctx context.Context) error {
	d.init()
	if err := d.schedule(); err != nil {
		return err
	}
	d.catchUp(ctx)
	d.clock.Start()
	defer func() { <-d.clock.Stop().Done() }()
	for {
		r, err := d.take(ctx)
		if err != nil {
			return nil // the end that was asked for
		}
		d.carry(ctx, r)
	}
}

func (d *Daemon) init() {
	d.once.Do(func() {
		d.events, d.results, d.clock, d.next = &Events{}, map[int64]*Result{}, cron.New(), map[cron.EntryID]Schedule{}
		if d.Logger == nil {
			d.Logger = slog.New(slog.DiscardHandler)
		}
	})
}

// take waits for the next run: what was asked for, else what was hinted at.
func (d *Daemon) take(ctx context.Context) (*Run, error) {
	for {
		if ctx.Err() != nil { // what waits is left for the next start
			return nil, context.Cause(ctx)
		}
		if hints := d.urgent(); len(hints) > 0 {
			return d.hinted(hints), nil
		}
		waiting, cancel := context.WithCancel(ctx)
		if r := d.pop(cancel); r != nil {
			cancel()
			return r, nil
		}
		if d.rest(waiting) {
			if hints, err := d.Queue.Take(waiting, batch); err == nil {
				cancel()
				return d.hinted(hints), nil
			}
		}
		cancel()
	}
}

// pop takes the first waiting run; without one, wake is called when one comes.
func (d *Daemon) pop(wake func()) *Run {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 {
		d.wake = wake
		return nil
	}
	d.wake, d.hintsLast = nil, false
	r := d.waiting[0]
	d.waiting = slices.Delete(d.waiting, 0, 1)
	d.current = r
	return r
}

// hinted makes a run of hints.
func (d *Daemon) hinted(hints []hint.Hint) *Run {
	r := d.newRun(Request{Kind: Named, Trigger: hints[0].Trigger})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held, d.hintsLast = map[int64]hint.Hint{}, true
	for _, h := range hints {
		r.IDs = append(r.IDs, h.ID)
		d.held[h.ID] = h
	}
	d.current = r
	return r
}

// Ask queues a run and returns it. A run that would look at nothing that a waiting
// one does not, is that one.
func (d *Daemon) Ask(r Request) Run {
	d.init()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.waiting {
		if w.Kind.covers(r.Kind) && w.DryRun == r.DryRun {
			return *w
		}
	}
	run := d.number(r)
	d.waiting = append(d.waiting, run)
	if d.wake != nil {
		d.wake()
	}
	d.events.send(Event{Type: RunChanged, Run: run.ID})
	return *run
}

// errShutdown ends a run that did not come to its end in time.
var errShutdown = errors.New("the service was stopped")
