package page

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Limits that keep reading linear. The parser of golang.org/x/net/html bounds the depth of the tree (512), but three shapes
// still cost far more than their size: attributes of repeated <html> and <body> tags, which it gathers in a map made
// anew for each; formatting elements left open, which it opens again in every paragraph; and end tags without a start, each
// of which it looks for through all open elements. Each is measured in hostile_test.go.
const (
	// maxBytes is how much of a page is parsed: what the fetcher lets through.
	maxBytes = 10 << 20
	// maxRoots is how many <html> and <body> tags are left in place.
	maxRoots = 16
	// maxNodes bounds the nodes that the tree may get, by an estimate that for 571 real pages was 2,000 in the middle and
	// 375,000 at most.
	maxNodes = 1_000_000
	// maxSteps bounds the open elements passed over while matching tags, summed over all tags: 2.5 million at most for
	// the same pages.
	maxSteps = 20_000_000
	// maxOpen is the parser's own bound on open elements.
	maxOpen = 512
)

// guard makes markup safe and cheap to parse: it cuts it where a limit is passed, replaces invalid UTF-8 and takes out
// what says nothing (thin.go). It also gives what it learned of the page's classes and ids.
func (s *signals) guard(markup []byte) ([]byte, keeper) {
	if len(markup) > maxBytes {
		markup = markup[:maxBytes]
		s.note("page is larger than 10 MB and was read only up to there")
	}
	if !utf8.Valid(markup) {
		markup = bytes.ToValidUTF8(markup, []byte("\ufffd"))
		s.note("page holds bytes that are not UTF-8")
	}
	t := thinner{in: markup, keep: keeper{classes: make(map[string]word, 128)}}
	thin, cut := t.thin()
	if t.keep.refers { // once more, now that ids are known to matter
		t = thinner{in: markup, keep: keeper{classes: t.keep.classes, ids: true}}
		thin, cut = t.thin()
	}
	if cut > 0 {
		s.note(fmt.Sprintf("page is too complex and was read only up to byte %d", cut))
	}
	return thin, t.keep
}

// cost estimates, tag by tag, what parsing costs.
type cost struct {
	nodes, steps int
	depth        int
	open         [256]uint32 // open elements by a hash of their name
	formatting   int         // open formatting elements
	roots        int
}

func (c *cost) tooMuch() bool { return c.nodes > maxNodes || c.steps > maxSteps }

// tag adds the tag whose name stands at the beginning of rest, and tells its kind.
func (c *cost) tag(rest []byte, ends bool) tagKind {
	var name [10]byte
	n := 0
	hash := byte(0)
	for n < len(rest) && n < len(name) && !endsName(rest[n]) {
		name[n] = lowerByte(rest[n])
		hash = hash*31 + name[n]
		n++
	}
	kind := kindOf(string(name[:n]))
	open := &c.open[hash]
	c.nodes += 1 + min(c.formatting, maxOpen)
	c.steps += min(c.depth, maxOpen)
	switch {
	case kind == rootTag && !ends:
		c.roots++
	case !kind.nests():
	case ends && *open == 0: // an end without a start closes nothing
	case ends:
		*open--
		c.depth--
		if kind == formatTag {
			c.formatting--
		}
	default:
		*open++
		c.depth++
		if kind == formatTag {
			c.formatting++
		}
	}
	return kind
}

// tagKind sorts tags by what they cost and how they are read.
type tagKind int

const (
	otherTag   tagKind = iota
	blockTag           // what stands apart from the words around it
	loneTag            // void elements, and those that end by themselves when the next one comes
	breakTag           // <wbr>, which is void and may stand inside a word
	formatTag          // formatting elements (HTML standard, section 13.2.4.3)
	rootTag            // <html> and <body>
	rawTag             // elements whose text is no markup
	scriptTag          // <script>, which is raw in its own way
	styleTag           // <style>
	foreignTag         // drawings and formulas
)

// separates tells the kinds that stand between words, so that white space in front of them says nothing.
func (k tagKind) separates() bool {
	return k == blockTag || k == loneTag || k == rootTag || k == rawTag || k == scriptTag || k == styleTag
}

// nests tells the kinds that stay open until they are closed.
func (k tagKind) nests() bool {
	return k == otherTag || k == blockTag || k == formatTag || k == foreignTag
}

func kindOf(name string) tagKind {
	switch name {
	case "html", "body":
		return rootTag
	case "script":
		return scriptTag
	case "style":
		return styleTag
	case "svg", "math":
		return foreignTag
	case "title", "textarea", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext":
		return rawTag
	case "p", "li", "td", "tr", "th", "dd", "dt", "br", "img", "meta", "link", "input", "hr", "option", "source", "base", "area", "col", "embed", "track", "param", "tbody":
		return loneTag
	case "wbr":
		return breakTag
	case "div", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "nav", "main", "aside", "figure", "figcaption", "picture", "form", "table", "thead", "head", "address", "blockquote", "select", "button":
		return blockTag
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return formatTag
	}
	return otherTag
}
