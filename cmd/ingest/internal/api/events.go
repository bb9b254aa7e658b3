package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"ingest/cmd/ingest/internal/daemon"
)

// Defaults of streams. A heartbeat keeps proxies, which give up silent connections
// after half a minute or more, from ending a stream
// (https://html.spec.whatwg.org/multipage/server-sent-events.html, authoring notes).
const (
	heartbeat      = 15 * time.Second
	patience       = 30 * time.Second
	streamLength   = 15 * time.Minute
	maxStreams     = 200
	maxStreamsEach = 20
	maxRetry       = 2 * time.Second // after which a client comes back
)

// events streams what happens.
func (a *api) events(w http.ResponseWriter, r *http.Request) {
	after, err := a.after(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	release, err := a.streams.take(who(r), cmp.Or(a.MaxStreams, maxStreams), cmp.Or(a.MaxStreamsEach, maxStreamsEach))
	if err != nil {
		a.later(w, r, http.StatusTooManyRequests, err.Error(), "close a stream that nobody reads")
		return
	}
	defer release()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep events back
	if r.Method == http.MethodHead {
		return
	}
	err = a.stream(w, r, after)
	if errors.Is(err, http.ErrNotSupported) { // something around the handler hides the connection
		a.fail(w, r, err)
		return
	}
	if err != nil {
		a.Logger.DebugContext(r.Context(), "event stream ended", "error", err, "by", who(r))
	}
}

// after is the number of the last event that the client has seen; without one it is
// told what happens from now on.
func (a *api) after(r *http.Request) (uint64, error) {
	if _, err := query(r); err != nil {
		return 0, err
	}
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		return a.Desk.Events().Last(), nil
	}
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, refused("Last-Event-ID is no number of an event", "send the id of the last event, or leave it out")
	}
	return number, nil
}

// stream writes events until the client is gone or does not read, the service
// stops, or the stream's time is over.
func (a *api) stream(w http.ResponseWriter, r *http.Request, after uint64) error {
	ctx, cancel := context.WithTimeout(r.Context(), cmp.Or(a.StreamLength, streamLength))
	defer cancel()
	out := line{w, http.NewResponseController(w), cmp.Or(a.Patience, patience)}
	if err := out.write(fmt.Sprintf("retry: %d\n\n", maxRetry.Milliseconds())); err != nil {
		return err
	}
	events := a.follow(ctx, after)
	defer func() { // follow has ended when its channel has
		cancel()
		for range events { // what nobody reads any more
		}
	}()
	beat := time.NewTicker(cmp.Or(a.Heartbeat, heartbeat))
	defer beat.Stop()
	for {
		var text string
		select {
		case <-a.Stop:
			return nil
		case <-beat.C:
			text = ":\n\n"
		case event, more := <-events:
			if !more {
				return nil
			}
			body, err := json.Marshal(event)
			if err != nil {
				return err
			}
			text = fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", event.Number, event.Type, body)
		}
		if err := out.write(text); err != nil {
			return err
		}
	}
}

// follow passes events on until ctx ends, and then closes the channel.
func (a *api) follow(ctx context.Context, after uint64) <-chan daemon.Event {
	events := make(chan daemon.Event)
	go func() {
		defer close(events)
		for event := range a.Desk.Events().After(ctx, after) {
			select {
			case events <- event:
			case <-ctx.Done():
				return
			}
		}
	}()
	return events
}

// line is a connection on which each text must go out in time.
type line struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
}

func (l line) write(text string) error {
	if err := l.control.SetWriteDeadline(time.Now().Add(l.patience)); err != nil {
		return err
	}
	_, err := l.w.Write([]byte(text))
	return errors.Join(err, l.control.Flush())
}
