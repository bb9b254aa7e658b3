package traffic

import "net/http"

// recorder passes an answer on and remembers its status.
type recorder struct {
	http.ResponseWriter
	status int // 0 before the headers are sent
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) { // others only come before
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// FlushError sends what was written so far; http.ResponseController looks for it.
func (w *recorder) FlushError() error {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach what else the server can do.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// code is the status that the client sees: a handler that wrote nothing has
// answered 200.
func (w *recorder) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
