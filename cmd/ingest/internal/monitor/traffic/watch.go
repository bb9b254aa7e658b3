package traffic

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"ingest/cmd/ingest/internal/access"
)

// Watch watches requests. Its fields are set before the first one. The zero value
// only turns panics into answers.
type Watch struct {
	Logger *slog.Logger // nil discards
	// Client tells where a request came from (access.Guard.ClientIP); nil leaves
	// it out.
	Client func(r *http.Request) netip.Addr
	// Observe is told of each answer: the pattern of the mux, "" where none was
	// reached; the status; how long it took. It must be quick. nil is nobody.
	Observe func(pattern string, status int, took time.Duration)
	// Probe says which patterns are asked all day long by machines (/healthz,
	// /readyz, /metrics): their good answers are logged at debug level only. nil is
	// none.
	Probe func(pattern string) bool
}

// noted is what Inside has to tell Outside.
type noted struct{ pattern, who string }

type notedKey struct{}

// Outside goes around everything.
func (v *Watch) Outside(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		note := &noted{}
		r = r.WithContext(context.WithValue(r.Context(), notedKey{}, note))
		answer := &recorder{ResponseWriter: w}
		defer func() {
			thrown := recover()
			aborted := thrown != nil && !v.caught(answer, r, note, thrown)
			v.tell(r, answer, note, time.Since(started), aborted)
			if aborted {
				panic(http.ErrAbortHandler) // cuts the connection, and is logged by nobody
			}
		}()
		next.ServeHTTP(answer, r)
	})
}

// Inside goes around the mux.
func (v *Watch) Inside(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if note, ok := r.Context().Value(notedKey{}).(*noted); ok {
			if p, known := access.From(r.Context()); known {
				note.who = string(p.Kind) + " " + p.Name
			}
			defer func() { note.pattern = r.Pattern }() // which the mux sets
		}
		mux.ServeHTTP(w, r)
	})
}

// caught answers for a handler that panicked; false when there is no saying
// anything any more.
func (v *Watch) caught(answer *recorder, r *http.Request, note *noted, thrown any) bool {
	if thrown == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so too
		return false
	}
	id := newID()
	v.logger().ErrorContext(r.Context(), "handler panicked", "error_id", id, "route", note.pattern, "panic", thrown, "stack", string(debug.Stack()))
	if answer.status != 0 {
		return false
	}
	writeInternal(answer, r, id)
	return true
}

func (v *Watch) tell(r *http.Request, answer *recorder, note *noted, took time.Duration, aborted bool) {
	status := answer.code()
	if v.Observe != nil {
		v.Observe(note.pattern, status, took)
	}
	level := slog.LevelInfo
	switch {
	case status >= http.StatusInternalServerError:
		level = slog.LevelError
	case status < http.StatusBadRequest && v.Probe != nil && v.Probe(note.pattern):
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{slog.String("method", methodOf(r)), slog.String("route", note.pattern), slog.Int("status", status), slog.Duration("duration", took)}
	if note.who != "" {
		attrs = append(attrs, slog.String("who", note.who))
	}
	if v.Client != nil {
		attrs = append(attrs, slog.String("client", v.Client(r).String()))
	}
	if aborted {
		attrs = append(attrs, slog.Bool("cut", true)) // the client did not get all of it
	}
	v.logger().LogAttrs(r.Context(), level, "request", attrs...)
}

func (v *Watch) logger() *slog.Logger {
	if v.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return v.Logger
}

// methodOf is the method of a request, unless somebody made one up.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return r.Method
	}
	return "other"
}
