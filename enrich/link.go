package enrich

import (
	"ingest/enrich/fetch"
	"ingest/enrich/urlclean"
)

// Link is what became of a source URL.
type Link struct {
	Original string // as the editor gave it
	// Clean is Original without tracking parameters. It is made without the
	// network and is what names and duplicates go by.
	Clean string
	// Href is the address to publish: the clean URL at the end of the hops
	// when a page answered there, else Clean.
	Href string
	// Canonical is what the page declares as its own address, "" if nothing.
	Canonical string
	// Hops are the addresses visited, the first one Clean.
	Hops []fetch.Hop
	// Removed are the tracking parameters taken out of Original, with the rule
	// that named each.
	Removed []urlclean.Removal
}
