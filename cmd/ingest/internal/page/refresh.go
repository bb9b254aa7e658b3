package page

import (
	"net/http"
	"net/url"
	"strconv"

	"ingest/pipeline/hint"
)

// maxForm bounds what a form sends, in bytes.
const maxForm = 16 << 10

// refresh has a work package looked at, also one that is not known yet, and leads
// to its page, which then waits for the outcome.
func (p *Page) refresh(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	id, ok := p.id(w, r)
	if !ok {
		return
	}
	asked := p.now().UnixMilli()
	if _, err := p.desk.Refresh(r.Context(), id, hint.Page, name(r)); err != nil {
		p.fail(w, r, err)
		return
	}
	http.Redirect(w, r, entryAddress(id, url.Values{"asked": {strconv.FormatInt(asked, 10)}}), http.StatusSeeOther)
}
