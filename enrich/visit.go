package enrich

import (
	"slices"
	"time"

	"ingest/enrich/fetch"
	"ingest/enrich/page"
)

// Visit is what the steps found out about a source, in a form that can be
// remembered (as JSON) and given to an item of another day.
type Visit struct {
	Link *Link
	Page *page.Page
	// ReadAt is when the page was last read, or found unchanged; zero when it
	// never was. Validators name the version that was read.
	ReadAt time.Time
	// PageURL is where the page stood that is kept (Item.HTML).
	PageURL          string `json:",omitempty"`
	Validators       fetch.Validators
	Image, PDF, Icon *Asset
	Inline           []InlineFile
	// Lost are the parts that could not be had.
	Lost []Part
	// Refused are the files that were tried for a part and not taken; Warnings
	// what the steps that visit had to tell.
	Refused  []Refusal `json:",omitempty"`
	Warnings []Warning `json:",omitempty"`
}

// Refusal is a file that was tried for a part of an item and not taken.
type Refusal struct {
	Part   Part
	Source string // its address, or the name of the attachment; a long one is cut
	Reason string
}

// refuse notes a file that was not taken.
func (it *Item) refuse(part Part, source, reason string) {
	it.refused = append(it.refused, Refusal{part, shorten(source, 2*maxQuoted), shorten(reason, 2*maxQuoted)})
}

// noticed are the warnings of the steps that visit, which a document that is
// made again without them does not come by.
func (it *Item) noticed() []Warning {
	list := slices.Clone(it.recalled)
	for _, w := range it.Warnings {
		switch w.Step {
		case "attachments", Follow{}.Name(), Scrape{}.Name(), Assets{}.Name(), Inline{}.Name():
			list = append(list, w)
		}
	}
	return list
}

// sighting is which version of the page was read, and when.
type sighting struct {
	at         time.Time
	validators fetch.Validators
}

// Visit returns what the steps found out. The assets in it have lost their
// bytes once the item is closed.
func (it *Item) Visit() *Visit {
	return &Visit{Link: it.Link, Page: it.Page, ReadAt: it.seen.at, Validators: it.seen.validators, Image: it.Image, PDF: it.PDF, Icon: it.Icon,
		Inline: it.Inline, Lost: slices.Clone(it.Missing()), Refused: slices.Clone(it.refused), Warnings: it.noticed(), PageURL: it.htmlURL}
}

// Restore gives the item what an earlier visit found, as if its steps had run
// again: for making a document anew without the network. The link stays that of
// the item when it has one, so that rules that changed since hold; its hops are
// the visit's.
func (it *Item) Restore(v *Visit) {
	it.Page, it.Image, it.PDF, it.Icon, it.Inline = v.Page, v.Image, v.PDF, v.Icon, v.Inline
	it.seen = sighting{v.ReadAt, v.Validators}
	it.htmlURL, it.same = v.PageURL, true
	it.Lose(v.Lost...)
	it.standIns = v.Lost // what is there of them
	it.refused, it.recalled = v.Refused, v.Warnings
	if it.Link != nil && v.Link != nil {
		it.Link.Hops, it.Link.Canonical = v.Link.Hops, v.Link.Canonical
		if len(v.Link.Hops) > 1 {
			it.Link.Href = v.Link.Href
		}
	}
}

// unchanged takes over the page of the previous visit, which the server says is
// still the one.
func (it *Item) unchanged() {
	it.Page, it.Link.Canonical, it.same = it.Previous.Page, it.Previous.Link.Canonical, true
	it.htmlURL = it.Previous.PageURL
}

// knewTitle says whether the previous visit to the link read a page with a title.
func (it *Item) knewTitle() bool {
	v := it.Previous
	return v != nil && v.Page != nil && v.Page.Title != "" && v.Link != nil && v.Link.Clean == it.Link.Clean
}

// lastHref takes over the address that an earlier visit to the same link found
// at the end of its hops: where nothing answers today, that is the better one.
func (it *Item) lastHref() {
	if v := it.Previous; v != nil && v.Link != nil && v.Link.Clean == it.Link.Clean {
		it.Link.Href = v.Link.Href
	}
}

// known returns the validators of the page of the previous visit, where a
// shorter answer would do: the visit was to the same link and lacked nothing.
func (it *Item) known() fetch.Validators {
	v := it.Previous
	if v == nil || v.Page == nil || v.Link == nil || v.Link.Clean != it.Link.Clean || len(v.Lost) > 0 {
		return fetch.Validators{}
	}
	return v.Validators
}

// present says whether the file of an asset of the previous visit is there.
func (it *Item) present(part Part, a *Asset) bool {
	return a != nil && it.Present != nil && it.Present(part, a)
}

// before returns the asset that the previous visit took from an address for
// the same part, nil when there is none or its file is gone. One of another part
// stands under another name.
func (it *Item) before(part Part, address string) *Asset {
	if a := it.remembered(part); a != nil && a.Attachment == nil && a.Asked == address {
		return a
	}
	return nil
}

// attached returns the asset that was made of an attachment, which never
// changes: by this visit for another part, where its bytes are at hand, or by the
// previous one for the same part; nil as before.
func (it *Item) attached(part Part, id int64) *Asset {
	for _, a := range []*Asset{it.Image, it.PDF} {
		if a.madeOf(id) && a.Fetched() {
			return a
		}
	}
	if a := it.remembered(part); a.madeOf(id) {
		return a
	}
	return nil
}

// remembered returns the asset that the previous visit took for a part, if its
// file is there.
func (it *Item) remembered(part Part) *Asset {
	if it.Previous == nil {
		return nil
	}
	a := map[Part]*Asset{PartImage: it.Previous.Image, PartPDF: it.Previous.PDF, PartIcon: it.Previous.Icon}[part]
	if !it.present(part, a) {
		return nil
	}
	return a
}

// madeOf says whether an asset is a certain attachment.
func (a *Asset) madeOf(id int64) bool {
	return a != nil && a.Attachment != nil && a.Attachment.ID == id
}
