package daemon

import (
	"context"
	"iter"
	"sync"
	"time"

	"ingest/pipeline"
)

// EventType says what happened.
type EventType string

// The types of events.
const (
	RunChanged  EventType = "run"  // was queued, began, ended or was skipped
	StepEntered EventType = "step" // a work package entered a step
	ItemEnded   EventType = "item" // a work package came to its end
)

// Event is something that happened. It is small: who wants more asks for the run or
// the entry.
type Event struct {
	Number      uint64           `json:"number"` // of a later event is higher, after a start too
	At          time.Time        `json:"at"`
	Type        EventType        `json:"type"`
	Run         string           `json:"run"`
	WorkPackage int64            `json:"work_package,omitempty"`
	Step        string           `json:"step,omitempty"`
	Outcome     pipeline.Outcome `json:"outcome,omitempty"`
}

// keptEvents is how far back one that lost the connection can go on.
const keptEvents = 1000

// Events passes events to any number of listeners. One that listens too slowly
// misses the oldest and nobody waits for it. The zero value is ready.
//
// The numbers count on from the time of the first event, in milliseconds since 1970:
// those of the process after this one are higher, so that a listener who comes back
// to it misses nothing. (They fit into a number of JavaScript until the year 287,396.)
type Events struct {
	mu     sync.Mutex
	last   uint64
	kept   []Event       // the newest last
	change chan struct{} // closed when there is another
}

func (e *Events) send(event Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	event.At = time.Now()
	if e.last == 0 {
		e.last = uint64(event.At.UnixMilli())
	}
	e.last++
	event.Number = e.last
	if e.kept = append(e.kept, event); len(e.kept) > keptEvents {
		e.kept = append(e.kept[:0:0], e.kept[keptEvents/10:]...)
	}
	if e.change != nil {
		close(e.change)
		e.change = nil
	}
}

// Last is the number of the newest event.
func (e *Events) Last() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last
}

// After yields the events with higher numbers than the given one, as far as they
// are kept, then each as it happens, until ctx ends.
func (e *Events) After(ctx context.Context, number uint64) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for {
			events, change := e.newer(number)
			for _, event := range events {
				if ctx.Err() != nil || !yield(event) {
					return
				}
				number = event.Number
			}
			if len(events) > 0 {
				continue
			}
			select {
			case <-ctx.Done():
				return
			case <-change:
			}
		}
	}
}

func (e *Events) newer(number uint64) ([]Event, <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.change == nil {
		e.change = make(chan struct{})
	}
	if number > e.last { // the clock was put back between two processes
		number = 0
	}
	behind := e.last - number
	if behind > uint64(len(e.kept)) {
		behind = uint64(len(e.kept))
	}
	return append([]Event(nil), e.kept[uint64(len(e.kept))-behind:]...), e.change
}
