package pagetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"ingest/cmd/ingest/internal/daemon"
)

// Events serves server-sent events as /api/v1/events does. The zero value is ready.
type Events struct {
	mu        sync.Mutex
	listeners map[chan daemon.Event]bool
	arrived   chan struct{}
}

// Send passes an event to who listens now.
func (e *Events) Send(event daemon.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for c := range e.listeners {
		select {
		case c <- event:
		default: // too slow
		}
	}
}

// Listened is closed once somebody listens.
func (e *Events) Listened() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.arrival()
}

func (e *Events) arrival() chan struct{} {
	if e.arrived == nil {
		e.arrived = make(chan struct{})
	}
	return e.arrived
}

func (e *Events) join() chan daemon.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.listeners == nil {
		e.listeners = map[chan daemon.Event]bool{}
	}
	c := make(chan daemon.Event, 100)
	e.listeners[c] = true
	select {
	case <-e.arrival():
	default:
		close(e.arrived)
	}
	return c
}

// ServeHTTP sends events until the client goes.
func (e *Events) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := e.join()
	defer func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.listeners, c)
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for {
		if err := out.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case event := <-c:
			data, err := json.Marshal(event)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", event.Number, event.Type, data); err != nil {
				return
			}
		}
	}
}
