package enrich

import (
	"context"
	"net/url"

	"ingest/enrich/page"
)

// Scrape is the step that reads the metadata of the page that Follow brought.
type Scrape struct {
	// Keep keeps the page itself with the item, for [Item.HTML].
	Keep bool
}

// Name returns "scrape".
func (Scrape) Name() string { return "scrape" }

// Apply sets the item's page and the link's canonical URL.
func (s Scrape) Apply(_ context.Context, it *Item) error {
	if it.fetched == nil || it.fetched.html == nil {
		return nil
	}
	base, err := url.Parse(it.fetched.url)
	if err != nil {
		it.Lose(PartPage, PartImage, PartIcon)
		it.warn(s.Name(), err, "the page's address cannot be read")
		return nil
	}
	p, err := page.Parse(it.fetched.html, base)
	if s.Keep {
		it.html, it.htmlURL = it.fetched.html, it.fetched.url
	}
	it.fetched.html = nil // the bytes are not needed again; a run holds many items
	if err != nil {
		it.Lose(PartPage, PartImage, PartIcon)
		it.warn(s.Name(), err, "metadata not read")
		return nil
	}
	if p.Title == "" && it.knewTitle() { // a site out of order, or a shell that only a script fills
		it.Lose(PartPage, PartImage, PartPDF, PartIcon)
		it.useless(s.Name(), "the source page has no title any more, and is not taken for what it was")
		return nil
	}
	it.Page = p
	it.Link.Canonical = p.Canonical
	return nil
}
