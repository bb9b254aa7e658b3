package api

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// Desk is what the API asks; *desk.Desk is one.
type Desk interface {
	Entries(ctx context.Context, f desk.Filter) (desk.List, error)
	Entry(ctx context.Context, id int64) (*desk.Entry, error)
	Refresh(ctx context.Context, id int64, trigger hint.Trigger, by string) (desk.Pending, error)
	AskRun(ctx context.Context, o desk.Order, by string) (desk.Run, error)
	Runs(ctx context.Context, limit int) ([]desk.Run, error)
	Run(ctx context.Context, id string) (*desk.Run, error)
	Events() *daemon.Events
}

// Guard lets those in who may; *access.Guard is one.
type Guard interface {
	Require(scope access.Scope, h http.Handler) http.Handler
}

// Options are what the API is made of.
type Options struct {
	Desk    Desk
	Guard   Guard
	Logger  *slog.Logger // nil discards
	Version string       // of the program, for the document
	// Stop is closed when the service stops, and ends all streams; nil never is.
	Stop <-chan struct{}

	// Heartbeat is how often a silent stream says that it lives; 0 is 15 s.
	Heartbeat time.Duration
	// Patience is how long a stream's client may not read; 0 is 30 s.
	Patience time.Duration
	// MaxStreams bounds the streams, MaxStreamsEach those of one person or
	// program; 0 is 200 and 20.
	MaxStreams, MaxStreamsEach int
	// StreamLength ends a stream, so that its client proves again who it is; 0 is
	// 15 min.
	StreamLength time.Duration
}

// api answers.
type api struct {
	Options
	streams streams
}

// endpoint is what one path does, by method.
type endpoint map[string]http.HandlerFunc

// New returns the handler of everything below /api/v1/.
func New(o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	a := &api{Options: o}
	mux := http.NewServeMux()
	for path, e := range a.endpoints() {
		mux.Handle(path, a.guarded(e))
	}
	mux.Handle("/", a.guarded(nil))
	return a.safely(mux)
}

func (a *api) endpoints() map[string]endpoint {
	return map[string]endpoint{
		"/api/v1/runs":                 {http.MethodGet: a.listRuns, http.MethodPost: a.askRun},
		"/api/v1/runs/{id}":            {http.MethodGet: a.showRun},
		"/api/v1/entries":              {http.MethodGet: a.listEntries},
		"/api/v1/entries/{id}":         {http.MethodGet: a.showEntry},
		"/api/v1/entries/{id}/refresh": {http.MethodPost: a.refresh},
		"/api/v1/events":               {http.MethodGet: a.events},
		"/api/v1/openapi.json":         {http.MethodGet: a.openAPI},
	}
}

// guarded lets read who may read, and do who may run. Who may read is told which
// paths and methods there are.
func (a *api) guarded(e endpoint) http.Handler {
	read := a.Guard.Require(access.Read, a.dispatch(e))
	run := a.Guard.Require(access.Run, a.dispatch(e))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && e[r.Method] != nil {
			run.ServeHTTP(w, r)
			return
		}
		read.ServeHTTP(w, r)
	})
}

// dispatch calls the handler of the request's method.
func (a *api) dispatch(e endpoint) http.HandlerFunc {
	allow := allowed(e)
	return func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		switch handle := e[method]; {
		case e == nil:
			a.refuse(w, r, http.StatusNotFound, "there is no such address", "see /api/v1/openapi.json")
		case handle != nil:
			handle(w, r)
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", allow)
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", allow)
			a.refuse(w, r, http.StatusMethodNotAllowed, "this address does not take that method", "use "+allow)
		}
	}
}

func allowed(e endpoint) string {
	methods := []string{http.MethodOptions}
	for method := range e {
		methods = append(methods, method)
		if method == http.MethodGet {
			methods = append(methods, http.MethodHead)
		}
	}
	slices.Sort(methods)
	return strings.Join(methods, ", ")
}

// safely answers for a handler that fails in a way nobody foresaw.
func (a *api) safely(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				a.Logger.ErrorContext(r.Context(), "API handler failed", "path", r.URL.Path, "panic", v)
				a.refuse(w, r, http.StatusInternalServerError, unforeseen, unforeseenHint)
			}
		}()
		h.ServeHTTP(w, r)
	})
}
