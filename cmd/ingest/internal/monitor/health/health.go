package health

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"sync"

	"ingest/cmd/ingest/internal/access"
)

// Health answers probes. New makes one.
type Health struct {
	checkers []*checker
	about    func() any
	log      *slog.Logger
}

// Options of Health.
type Options struct {
	Checks []Check
	// About is told to those who are signed in, beside the checks; nil is nothing.
	// What it returns is written as JSON.
	About  func() any
	Logger *slog.Logger // nil discards
}

// New makes a Health. It checks nothing yet.
func New(o Options) *Health {
	h := &Health{about: o.About, log: o.Logger}
	if h.log == nil {
		h.log = slog.New(slog.DiscardHandler)
	}
	for _, check := range o.Checks {
		h.checkers = append(h.checkers, &checker{check: check, tell: h.tell})
	}
	return h
}

// Alive answers /healthz.
func (h *Health) Alive(w http.ResponseWriter, _ *http.Request) {
	plain(w, "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n") // an error here is that of a connection which is gone
}

// The results of a check.
const (
	ok     = "ok"
	failed = "failed"
)

// readiness is the answer of /readyz.
type readiness struct {
	Status  string            `json:"status"`
	Checks  map[string]string `json:"checks"`
	Details map[string]string `json:"details,omitempty"` // why checks failed
	About   any               `json:"about,omitempty"`
}

// Ready answers /readyz. It takes as long as the slowest check may.
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) {
	answer := readiness{Status: ok, Checks: map[string]string{}}
	status := http.StatusOK
	_, known := access.From(r.Context())
	for name, err := range h.ask(r) {
		answer.Checks[name] = ok
		if err == nil {
			continue
		}
		status, answer.Status, answer.Checks[name] = http.StatusServiceUnavailable, failed, failed
		if known {
			if answer.Details == nil {
				answer.Details = map[string]string{}
			}
			answer.Details[name] = err.Error()
		}
	}
	if known && h.about != nil {
		answer.About = h.about()
	}
	plain(w, "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // an error here is that of a connection which is gone
}

// ask asks all checks at once.
func (h *Health) ask(r *http.Request) map[string]error {
	answers := make([]error, len(h.checkers))
	var asking sync.WaitGroup
	for i, c := range h.checkers {
		asking.Go(func() { answers[i] = c.answer(r.Context()) })
	}
	asking.Wait()
	named := make(map[string]error, len(answers))
	for i, c := range h.checkers {
		named[c.check.Name] = answers[i]
	}
	return named
}

func (h *Health) tell(name string, before, now error) {
	if now != nil {
		h.log.Error("check fails", "check", name, "error", now)
		return
	}
	h.log.Info("check passes again", "check", name, "failed_with", before)
}

func plain(w http.ResponseWriter, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}
