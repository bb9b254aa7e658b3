package receiver

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"ingest/openproject/webhook"
	"ingest/pipeline/hint"
)

// Receiver is the handler of webhooks. Its fields are set before the first request.
// It may be used by several goroutines.
type Receiver struct {
	// Secrets are those that events may be signed with; none refuses everything.
	Secrets func() []string
	// Queue takes the hints.
	Queue interface{ Add(h hint.Hint) error }
	// Wants says whether an event can concern the site; "" is yes, else the reason
	// why not. nil wants all.
	Wants func(r *http.Request, e webhook.Event) (why string)
	// Keyword is the first word of a comment that asks for a refresh; "" is none.
	Keyword func() string
	// Room waits until there is room for a request's body, and returns what gives it
	// back; nil when none came. A nil Room bounds nothing.
	Room   func(r *http.Request) (leave func())
	Logger *slog.Logger // nil discards

	mu   sync.Mutex
	seen recent
}

// ServeHTTP takes one event.
func (v *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "webhooks are POSTed", http.StatusMethodNotAllowed)
		return
	}
	// What no body can make right is not worth reading one.
	if err := webhook.Verify(nil, r.Header.Get(webhook.Header), v.Secrets()); err != nil && !errors.Is(err, webhook.ErrWrong) {
		v.refuse(w, r, http.StatusUnauthorized, err)
		return
	}
	body, err := v.read(w, r)
	if tooLong, ok := errors.AsType[*http.MaxBytesError](err); ok {
		v.refuse(w, r, http.StatusRequestEntityTooLarge, tooLong)
		return
	}
	if errors.Is(err, errNoRoom) {
		w.Header().Set("Retry-After", "60")
		v.refuse(w, r, http.StatusServiceUnavailable, err)
		return
	}
	if err == nil {
		err = webhook.Verify(body, r.Header.Get(webhook.Header), v.Secrets())
	}
	if err != nil { // a body that breaks off is not signed either
		v.refuse(w, r, http.StatusUnauthorized, err)
		return
	}
	event, err := webhook.Parse(body)
	if err != nil {
		v.refuse(w, r, http.StatusBadRequest, err)
		return
	}
	v.take(w, r, event)
}

// errNoRoom is a body that is not read since too many others are.
var errNoRoom = errors.New("too many bodies are read at once")

// bodyTime is how long the body of a webhook may take: whoever is slow keeps a place
// for no longer, so that another finds it before its patience is over.
const bodyTime = 3 * time.Second

// read reads the body of a request when there is room for it.
func (v *Receiver) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if v.Room == nil {
		return io.ReadAll(http.MaxBytesReader(w, r.Body, webhook.MaxBody))
	}
	leave := v.Room(r)
	if leave == nil {
		return nil, errNoRoom
	}
	defer leave()
	conn := http.NewResponseController(w)
	if err := conn.SetReadDeadline(time.Now().Add(bodyTime)); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, webhook.MaxBody))
	return body, errors.Join(err, conn.SetReadDeadline(time.Time{})) // else it would end the request while it is answered
}

// errReplayed is a request that was received before.
var errReplayed = errors.New("the event was received before")

// take makes a hint of a signed event.
func (v *Receiver) take(w http.ResponseWriter, r *http.Request, e webhook.Event) {
	if why := v.unwanted(r, e); why != "" {
		v.logger().DebugContext(r.Context(), "webhook passed over", "action", e.Action, "wp_id", e.WorkPackage, "reason", why)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h := hint.Hint{ID: e.WorkPackage, Trigger: hint.Webhook}
	if v.asked(e) {
		h.Trigger, h.Urgent = hint.Comment, true
	}
	switch err := v.add(h, e.Key()); {
	case errors.Is(err, errReplayed):
		v.refuse(w, r, http.StatusUnauthorized, err)
		return
	case err != nil:
		w.Header().Set("Retry-After", "60")
		v.refuse(w, r, http.StatusServiceUnavailable, err)
		return
	}
	v.logger().InfoContext(r.Context(), "webhook received", "action", e.Action, "wp_id", e.WorkPackage)
	w.WriteHeader(http.StatusAccepted)
}

// add puts a hint into the queue unless its event was received before; of two that
// come at once, too, one is the first.
func (v *Receiver) add(h hint.Hint, key string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.seen.has(key) {
		return errReplayed
	}
	if err := v.Queue.Add(h); err != nil {
		return err // an event that found no room may come again
	}
	v.seen.add(key)
	return nil
}

func (v *Receiver) unwanted(r *http.Request, e webhook.Event) string {
	switch {
	case e.Kind == webhook.Other:
		return "action"
	case e.WorkPackage == 0:
		return "no work package"
	case e.Kind == webhook.Comment && e.Internal && !v.asked(e):
		return "internal comment"
	case v.Wants == nil:
		return ""
	}
	return v.Wants(r, e)
}

// asked says whether a comment asks for a refresh.
func (v *Receiver) asked(e webhook.Event) bool {
	return e.Kind == webhook.Comment && v.Keyword != nil && Asks(e.Text, v.Keyword())
}

// refuse answers an event that is not taken. The tracker shows nobody the text; it
// does not tell a stranger which check failed.
func (v *Receiver) refuse(w http.ResponseWriter, r *http.Request, status int, err error) {
	v.logger().WarnContext(r.Context(), "webhook refused", "status", status, "error", err, "from", r.RemoteAddr)
	http.Error(w, http.StatusText(status), status)
}

func (v *Receiver) logger() *slog.Logger {
	if v.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return v.Logger
}
