package page

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ingest/cmd/ingest/internal/desk"
)

// findData is what a search found.
type findData struct {
	Text    string
	Entries []desk.Summary
	Address bool // an address was looked for
}

// find leads to the one entry that a text means, or lists them.
func (p *Page) find(w http.ResponseWriter, r *http.Request) {
	text := sought(r)
	if text == "" {
		http.Redirect(w, r, "/entries", http.StatusSeeOther)
		return
	}
	found, err := p.desk.Find(r.Context(), text)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	if len(found) == 1 {
		http.Redirect(w, r, entryAddress(found[0].ID, url.Values{}), http.StatusSeeOther)
		return
	}
	p.render(w, r, http.StatusOK, "find", view{Title: "Search", Section: "entries", Query: text, Data: findData{text, found, web(text) != ""}})
}

// sought is what a form asks to search for, without what was pasted along unseen.
func sought(r *http.Request) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if obscuring(c) {
			return -1
		}
		return c
	}, r.URL.Query().Get("q")))
}

func entryAddress(id int64, q url.Values) string {
	return (&url.URL{Path: "/entries/" + strconv.FormatInt(id, 10), RawQuery: q.Encode()}).String()
}
