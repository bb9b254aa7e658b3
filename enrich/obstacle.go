package enrich

import (
	"fmt"

	"ingest/enrich/fetch"
	"ingest/enrich/wall"
)

// walled is a page that stands in the way of the one that was linked.
type walled struct {
	wall.Finding
	answer error // the refusal it came with, nil for a success
}

// Error names the wall and what gave it away.
func (w *walled) Error() string {
	text := fmt.Sprintf("%s (%s)", w.Kind, w.Reason)
	if w.answer != nil {
		text += ": " + w.answer.Error()
	}
	return text
}

func (w *walled) Unwrap() error { return w.answer }

// href gives the address to publish: the last one before the wall. Where the
// site is gone or out of order, what it redirects to says nothing; the address
// that the link has had so far stays.
func (w *walled) href(l *Link) string {
	if w.Kind == wall.Parked || w.Kind == wall.SoftError {
		return l.Href
	}
	for i := len(l.Hops) - 1; i > 0; i-- { // the first one is Clean
		if !wall.Detour(l.Clean, l.Hops[i].Visited) {
			return l.Hops[i].Clean
		}
	}
	return l.Href
}

// behindPage gives a *walled when what came is a wall. html is nil for what is
// no page.
func behindPage(it *Item, response *fetch.Response, html []byte) error {
	found, ok := wall.Recognize(wall.Answer{Asked: it.Link.Clean, URL: response.URL, Status: response.Status, Header: response.Header, HTML: html})
	if !ok {
		return nil
	}
	return &walled{Finding: found}
}

// behindRefusal gives a *walled when a refusal is one, else the refusal itself.
func behindRefusal(it *Item, refusal *fetch.Error) error {
	if refusal.Answer == nil {
		return refusal
	}
	html, _, err := fetch.Decode(refusal.Answer.Body, refusal.Answer.Header.Get("Content-Type"))
	if err != nil {
		html = nil // the headers may still tell
	}
	found, ok := wall.Recognize(wall.Answer{Asked: it.Link.Clean, URL: refusal.URL, Status: refusal.Status, Header: refusal.Answer.Header, HTML: html})
	if !ok {
		return refusal
	}
	return &walled{Finding: found, answer: refusal}
}
