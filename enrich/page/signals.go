package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// signals is what the walk writes down: everything a field may want to know, each thing with its place in the page.
type signals struct {
	served *url.URL // the address the page was served from; may be nil
	base   *url.URL // served with the page's own <base href> applied

	metas   []Property // every named meta tag, in order, names in lower case
	links   []linkTag
	title   string   // the first <title> outside of svg
	blocks  []any    // decoded JSON-LD
	scopes  []*scope // microdata and RDFa items, outermost first seen first
	loose   []prop   // item properties outside of any item
	formats []*scope // microformats items

	headings []element // h1, and elements marked as the headline
	times    []element // <time>, and elements marked as dates
	people   []element // elements that mark an author
	images   []element // <img>, <amp-img> and the like
	anchors  []element // <a href> to PDF files
	tags     []element // <a rel=tag>
	runs     []run     // text runs in order

	notes     []string
	jsonBytes int

	first    map[string]string // lower-cased meta name to its first value that is not empty
	graph    *graph
	bared    map[string]string // titles without the site's names, as far as asked for
	declared []declaredTitle   // the titles it declares
	taken    string            // the letters of the site's name at the title tag's end
	pieces   []string          // the letters of what the title tag ends with
	ranked   []entity          // the page's subjects, once asked for
	items    []any
	dom      domain
	htmlLang string
	xmlLang  string
	headline *element // the heading chosen as the headline; nil where there is none
	names    []siteName
	lang     string
}

// element is a tag the walk found worth keeping.
type element struct {
	node  *html.Node
	at    int // its place in the order of elements and text runs
	end   int // the place of the last thing inside it
	in    *frame
	marks mark
}

// run is one piece of text.
type run struct {
	node *html.Node
	at   int
	in   *frame
}

// linkTag is a <link> of the head (or a stray one of the body).
type linkTag struct {
	rel, href, kind, sizes, title, lang, media string
}

// Limits on what is kept from one page. They are far above what real pages carry (the largest page measured had 900
// images and 12,000 text runs) and bound the memory that hostile ones can take.
const (
	maxMetas    = 2_000
	maxLinks    = 2_000
	maxElements = 3_000
	maxRuns     = 20_000
	maxText     = 2_000    // bytes of text taken from one element
	maxContent  = 64 << 10 // bytes of one meta tag
	maxURL      = 8_192
)

// note adds a remark for the page's reader, at most twenty.
func (s *signals) note(text string) {
	if len(s.notes) < 20 {
		s.notes = append(s.notes, text)
	}
}

// meta returns the first value of a meta tag that is not empty, by its lower-cased name.
func (s *signals) meta(name string) string { return s.first[name] }

// metaAll returns all values of a meta tag.
func (s *signals) metaAll(name string) []string { return Properties(s.metas).All(name) }

// link returns the absolute address of the first link with the relation.
func (s *signals) link(rel string) string {
	for _, l := range s.links {
		if hasWord(l.rel, rel) {
			if abs := s.resolve(l.href); abs != "" {
				return abs
			}
		}
	}
	return ""
}

// rawMeta returns every meta tag by name, first value that is not empty first.
func (s *signals) rawMeta() map[string]string {
	if len(s.first) == 0 {
		return nil
	}
	return s.first
}

// properties selects a family of meta tags.
func (s *signals) properties(member func(string) bool) Properties {
	var ps Properties
	for _, m := range s.metas {
		if member(m.Name) {
			ps = append(ps, m)
		}
	}
	return ps
}

// isOpenGraph tells the Open Graph protocol's namespaces (ogp.me: og and the vertical types) and Facebook's own.
func isOpenGraph(name string) bool {
	space, _, found := strings.Cut(name, ":")
	if !found {
		return false
	}
	switch space {
	case "og", "article", "book", "profile", "music", "video", "product", "fb", "place", "business":
		return true
	}
	return false
}

func isTwitter(name string) bool { return strings.HasPrefix(name, "twitter:") }
