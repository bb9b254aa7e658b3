package enrich

import (
	"slices"
	"time"

	"ingest/enrich/page"
)

// Visit is what the steps found out about a source, in a form that can be
// remembered (as JSON) and given to an item of another day.
type Visit struct {
	Link *Link
	Page *page.Page
	// ReadAt is when the page was last read, or found unchanged; zero when it
	// never was.
	ReadAt           time.Time
	Image, PDF, Icon *Asset
	// Lost are the parts that could not be had.
	Lost []Part
}

// Visit returns what the steps found out. The assets in it have lost their
// bytes once the item is closed.
func (it *Item) Visit() *Visit {
	return &Visit{Link: it.Link, Page: it.Page, Image: it.Image, PDF: it.PDF, Icon: it.Icon, Lost: slices.Clone(it.Missing())}
}

// Restore gives the item what an earlier visit found, as if its steps had run
// again: for making a document anew without the network. The link stays that of
// the item when it has one, so that rules that changed since hold; its hops are
// the visit's.
func (it *Item) Restore(v *Visit) {
	it.Page, it.Image, it.PDF, it.Icon = v.Page, v.Image, v.PDF, v.Icon
	it.Lose(v.Lost...)
	if it.Link != nil && v.Link != nil {
		it.Link.Hops, it.Link.Canonical = v.Link.Hops, v.Link.Canonical
		if len(v.Link.Hops) > 1 {
			it.Link.Href = v.Link.Href
		}
	}
}
