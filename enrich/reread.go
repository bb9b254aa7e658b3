package enrich

import (
	"fmt"
	"net/url"

	"ingest/enrich/page"
)

// HTML returns the page that was read on this visit, in UTF-8, when [Scrape.Keep] says
// to keep it. same says that the page of the previous visit is still the one.
func (it *Item) HTML() (html []byte, same bool) { return it.html, it.same }

// Reread reads the metadata of a kept page again, by the rules of today. The item
// was restored from the visit that the page is of.
func (it *Item) Reread(html []byte, v *Visit) error {
	base, err := url.Parse(v.PageURL)
	if err != nil {
		return fmt.Errorf("the address of the kept page: %w", err)
	}
	p, err := page.Parse(html, base)
	if err != nil {
		return fmt.Errorf("read the kept page again: %w", err)
	}
	it.Page = p
	if it.Link != nil {
		it.Link.Canonical = p.Canonical
	}
	return nil
}
