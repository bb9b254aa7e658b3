package page

import (
	"net/url"
)

// Page is what a web page says about itself. Every address in it is absolute, every text has its white space
// collapsed, and an empty value means that the page does not say. The zero value is a page that says nothing.
type Page struct {
	// Title is the headline as a reader sees it, without the name of the site.
	Title string `json:"title,omitempty"`
	// Description is the summary meant for previews, as declared.
	Description string `json:"description,omitempty"`
	// Authors are the names of all authors in the page's order, without roles, outlets and lead-ins such as "By".
	Authors []string `json:"authors,omitempty"`
	// Published is the day (or moment) of first publication, Modified that of the last change.
	Published Date `json:"published,omitzero"`
	Modified  Date `json:"modified,omitzero"`
	// Image is the address of the picture that stands for the page, never a placeholder. It is a logo only where the page
	// declares nothing else for its previews and shows no picture of its own; the candidate in Sources then carries a Doubt.
	Image string `json:"image,omitempty"`
	// SiteName is the name of the site or publication, not of its owner.
	SiteName string `json:"site_name,omitempty"`
	// Canonical is the address that the page declares as its own.
	Canonical string `json:"canonical,omitempty"`
	// Lang is the language of the text as a BCP 47 tag ("en", "pt-BR").
	Lang string `json:"lang,omitempty"`
	// Icon is the best of Icons, which are sorted best first; the caller may try /favicon.ico where it is empty.
	Icon  string `json:"icon,omitempty"`
	Icons []Icon `json:"icons,omitempty"`
	// Manifest is the address of the web app manifest, which may name more icons.
	Manifest string   `json:"manifest,omitempty"`
	Keywords []string `json:"keywords,omitempty"`
	// PDF is the address of the page's own PDF version, where it names one.
	PDF   string `json:"pdf,omitempty"`
	Feeds []Feed `json:"feeds,omitempty"`
	// Meta holds every <meta name|property|http-equiv|itemprop> by its lower-cased name; the first non-empty value wins.
	Meta map[string]string `json:"meta,omitempty"`
	// OpenGraph and Twitter hold these families of meta tags in the page's order, repeated ones included.
	OpenGraph Properties `json:"open_graph,omitempty"`
	Twitter   Properties `json:"twitter,omitempty"`
	// JSONLD holds the objects of the JSON-LD blocks in order, a block that is a list split into its elements.
	// The values in them are nil, bool, int64, float64, string, []any and map[string]any. See [Page.Graph].
	JSONLD []any `json:"json_ld,omitempty"`
	// Microdata holds the items of microdata and RDFa markup in the shape of JSON-LD: "@type" and the properties.
	Microdata []any `json:"microdata,omitempty"`
	// Microformats holds the items of microformats2 and of the classic formats (hAtom, hCard, hReview) in the same shape:
	// "@type" is "h-entry" and the properties are named without their prefix.
	Microformats []any `json:"microformats,omitempty"`
	// Sources has, by field, the candidates that were looked at, the winner first. The fields are "title", "description",
	// "author", "published", "modified", "image", "site_name", "canonical", "lang", "icon" and "pdf"; several authors of one
	// place are joined with "; ".
	Sources map[string][]Candidate `json:"sources,omitempty"`
	// Notes tell what was lost or mended while reading: a JSON-LD block that could not be read, a page cut short.
	Notes []string `json:"notes,omitempty"`
}

// Parse reads a page. html is UTF-8 (invalid bytes are replaced), base the address the page was served from; a
// nil base leaves relative addresses out. The error is not nil only where the bytes could not be parsed at all;
// a page that is cut, empty or not HTML gives a Page with what there is, and Notes that say what was left out.
func Parse(html []byte, base *url.URL) (*Page, error) {
	s, err := read(html, base)
	if err != nil {
		return nil, err
	}
	p := &Page{
		Meta:         s.rawMeta(),
		OpenGraph:    s.properties(isOpenGraph),
		Twitter:      s.properties(isTwitter),
		JSONLD:       s.blocks,
		Microdata:    s.microdata(),
		Microformats: s.microformats(),
		Manifest:     s.link("manifest"),
		Feeds:        s.feeds(),
		Sources:      map[string][]Candidate{},
	}
	s.decide(p)
	p.Notes = s.notes
	return p, nil
}

// decide fills the fields that are chosen among candidates. The order matters where a field leans on another: the
// site name and the headline are needed to tell a title from a slogan and a byline from a link.
func (s *signals) decide(p *Page) {
	p.Lang = s.keep(p, "lang", s.langCandidates())
	s.lang = p.Lang
	p.Canonical = s.keep(p, "canonical", s.canonicalCandidates())
	s.names = s.siteNames()
	headings := s.chooseHeadline()
	p.SiteName = s.keep(p, "site_name", s.siteNameCandidates())
	p.Description = s.keep(p, "description", s.descriptionCandidates())
	p.Image = s.keep(p, "image", s.imageCandidates())
	p.Icons = s.icons()
	p.Icon = s.keep(p, "icon", iconCandidates(p.Icons))
	p.PDF = s.keep(p, "pdf", s.pdfCandidates())
	p.Keywords = s.keywords()
	p.Authors = s.decideAuthors(p)
	s.decideDates(p)
	p.Title = s.keep(p, "title", s.titleCandidates(headings, s.isLanding(p)))
}
