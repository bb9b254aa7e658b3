package page

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"ingest/enrich/asset"
)

// maxImage is the largest image that is served, in bytes.
const maxImage = 32 << 20

// image serves the featured image of an entry. The type is that of its bytes, not
// of its name. Only pictures of dots are shown as a document of their own; an SVG
// may be part of a page, and is a download in a sandbox else.
func (p *Page) image(w http.ResponseWriter, r *http.Request) {
	id, ok := p.id(w, r)
	if !ok {
		return
	}
	content, changed, err := p.readImage(r, id)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	info, err := asset.Inspect(bytes.NewReader(content), int64(len(content)))
	if err != nil || !strings.HasPrefix(info.MIME, "image/") {
		info.MIME = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", info.MIME)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "private, no-cache")
	if info.MIME == "image/svg+xml" || info.MIME == "application/octet-stream" {
		h.Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, "", changed, bytes.NewReader(content))
}

// readImage reads a featured image whole: what it is is known by its end only.
func (p *Page) readImage(r *http.Request, id int64) ([]byte, time.Time, error) {
	file, changed, err := p.desk.Image(r.Context(), id)
	if err != nil {
		return nil, changed, err
	}
	content, err := io.ReadAll(io.LimitReader(file, maxImage+1))
	if err = errors.Join(err, file.Close()); err == nil && len(content) > maxImage {
		err = errors.New("the featured image is larger than what is shown")
	}
	return content, changed, err
}
