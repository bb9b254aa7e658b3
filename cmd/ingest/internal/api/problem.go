package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline/hint"
)

// Problem is an error as RFC 9457 has it, with what to do about it.
type Problem struct {
	Type   string `json:"type"` // about:blank: the status says it
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Hint   string `json:"hint,omitempty"`
}

// What is said of errors that nobody expected: their texts may tell more of the
// machine than a client should know.
const (
	unforeseen     = "the service could not answer"
	unforeseenHint = "its log says why; try again later"
)

// inputError is a request that cannot be understood.
type inputError struct {
	status     int
	text, help string
}

func (e *inputError) Error() string { return e.text }

// fail answers with an error.
func (a *api) fail(w http.ResponseWriter, r *http.Request, err error) {
	var input *inputError
	var order *desk.OrderError
	var unknown *desk.NotFoundError
	var manyRuns *desk.FullError
	var manyHints *hint.FullError
	switch {
	case errors.As(err, &input):
		a.refuse(w, r, input.status, input.text, input.help)
	case errors.As(err, &order):
		a.refuse(w, r, http.StatusBadRequest, order.Text, order.Help)
	case errors.As(err, &unknown):
		a.refuse(w, r, http.StatusNotFound, unknown.Error(), unknown.Hint())
	case errors.As(err, &manyRuns):
		a.later(w, r, http.StatusServiceUnavailable, manyRuns.Error(), manyRuns.Hint())
	case errors.As(err, &manyHints):
		a.later(w, r, http.StatusServiceUnavailable, manyHints.Error(), manyHints.Hint())
	case r.Context().Err() != nil && errors.Is(err, context.Cause(r.Context())): // nobody listens any more
	default:
		a.Logger.ErrorContext(r.Context(), "API request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		a.refuse(w, r, http.StatusInternalServerError, unforeseen, unforeseenHint)
	}
}

// later refuses for the moment.
func (a *api) later(w http.ResponseWriter, r *http.Request, status int, detail, help string) {
	w.Header().Set("Retry-After", "60")
	a.refuse(w, r, status, detail, help)
}

func (a *api) refuse(w http.ResponseWriter, r *http.Request, status int, detail, help string) {
	a.write(w, r, "application/problem+json", status, Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Hint: help})
}

// answer sends a value.
func (a *api) answer(w http.ResponseWriter, r *http.Request, status int, v any) {
	a.write(w, r, "application/json", status, v)
}

// write encodes first: what has no form in JSON must not become half an answer.
func (a *api) write(w http.ResponseWriter, r *http.Request, mediaType string, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.send(w, r, mediaType, status, append(body, '\n'))
}

func (a *api) send(w http.ResponseWriter, r *http.Request, mediaType string, status int, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	if _, err := w.Write(body); err != nil {
		a.Logger.DebugContext(r.Context(), "API answer not sent", "path", r.URL.Path, "error", err)
	}
}
