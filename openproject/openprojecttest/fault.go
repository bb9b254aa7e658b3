package openprojecttest

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// Fault makes one request fail. The zero Fault does nothing.
type Fault struct {
	Done  bool          // the request takes effect first, whatever is answered then
	Delay time.Duration // wait first, or until the client gives up
	Drop  bool          // close the connection without an answer

	// Status answers this instead of the truth, with Header and Body. The body
	// is HTML unless Header says otherwise.
	Status int
	Header http.Header
	Body   string

	Half bool // answer with the first half of the true body, as if it were whole
	Cut  bool // announce the whole true body, send half, close the connection
}

// SetFault asks fault before every request, also of the storage host; a nil
// answer lets it pass. A nil fault ends all trouble.
func (t *Tracker) SetFault(fault func(*http.Request) *Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fault = fault
}

func (t *Tracker) withFaults(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.mu.Lock()
		fault := t.fault
		t.mu.Unlock()
		if fault == nil {
			next.ServeHTTP(w, r)
			return
		}
		if f := fault(r); f != nil {
			f.serve(w, r, next)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (f *Fault) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if f.Done {
		next.ServeHTTP(httptest.NewRecorder(), r)
	}
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-r.Context().Done():
			return
		}
	}
	switch {
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Status != 0:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for key, values := range f.Header {
			w.Header()[http.CanonicalHeaderKey(key)] = values
		}
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body)) // the client may be gone
	case f.Half, f.Cut:
		f.serveHalf(w, r, next)
	case !f.Done:
		next.ServeHTTP(w, r)
	}
}

func (f *Fault) serveHalf(w http.ResponseWriter, r *http.Request, next http.Handler) {
	whole := httptest.NewRecorder()
	next.ServeHTTP(whole, r)
	body := whole.Body.Bytes()
	for key, values := range whole.Header() {
		w.Header()[key] = values
	}
	length := len(body) / 2
	if f.Cut {
		length = len(body)
	}
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(body[:len(body)/2])
	if f.Cut {
		if err := http.NewResponseController(w).Flush(); err == nil {
			panic(http.ErrAbortHandler)
		}
	}
}
