package daemon

import (
	"fmt"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/hint"
)

// Kind says what a run looks at.
type Kind string

// The kinds of runs.
const (
	Incremental Kind = "incremental" // what changed, what is due
	Full        Kind = "full"        // everything, and what is gone
	Links       Kind = "links"       // the health of the published links
	Named       Kind = "named"       // the work packages of Request.IDs
)

// Kinds lists those that a schedule may name.
func Kinds() []Kind { return []Kind{Incremental, Full, Links} }

// covers says whether a run of kind k looks at everything that one of the other
// kind would.
func (k Kind) covers(other Kind) bool {
	return k == other && k != Named || k == Full && other == Incremental
}

// Request asks for a run.
type Request struct {
	Kind    Kind
	IDs     []int64 // for Named
	DryRun  bool    // plan and write nothing
	Trigger hint.Trigger
	// By names the person or program that asked; "" is nobody in particular.
	By string
}

// State is how far a run has come.
type State string

// The states of a run.
const (
	Queued  State = "queued"
	Running State = "running"
	Done    State = "done"    // to its end; items may have failed
	Stopped State = "stopped" // ended early by an error or a shutdown
	Skipped State = "skipped" // not begun, as another was active
)

// Run is a request and what became of it. It is a copy: it does not change any
// more.
type Run struct {
	ID string // sorts by time of the request
	Request
	State    State
	Asked    time.Time
	Started  time.Time        // zero before
	Ended    time.Time        // zero before
	Report   *pipeline.Report // nil before its end; later without its items
	Error    string           // why it was stopped or skipped
	Advice   string           // what to do about it
	Finished int              // items so far
}

// newRun numbers a request.
func (d *Daemon) newRun(r Request) *Run {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.number(r)
}

// number makes a run of a request. Its name sorts by time and is new after every
// start. The daemon is locked.
func (d *Daemon) number(r Request) *Run {
	d.counter++
	now := time.Now()
	return &Run{ID: fmt.Sprintf("%s-%d", now.UTC().Format("20060102T150405.000"), d.counter), Request: r, State: Queued, Asked: now}
}
