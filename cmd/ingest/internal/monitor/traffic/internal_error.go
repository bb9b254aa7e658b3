package traffic

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// newID names an error so that it is found in the log.
func newID() string { return rand.Text()[:8] }

// writeInternal says that something broke: to programs as RFC 9457 has it.
func writeInternal(w http.ResponseWriter, r *http.Request, id string) {
	header := w.Header()
	for _, name := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified"} {
		header.Del(name) // of the answer that did not come about
	}
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	text := fmt.Sprintf("This is a defect of ingest. The log tells more under the id %s.", id)
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		header.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = fmt.Fprintln(w, text) // an error here is that of a connection which is gone
		return
	}
	header.Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusInternalServerError)
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": "Internal Server Error", "status": http.StatusInternalServerError, "detail": text})
}
