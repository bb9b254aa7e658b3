package page

import (
	"strings"

	"golang.org/x/net/html"
)

// attrs are the attributes of one element that the walk looks at.
type attrs struct {
	id, class, rel, href, role, lang, kind string
	itemprop, itemtype, itemid, itemref    string
	property, typeof, resource             string
	itemscope, hidden, background          bool
}

// maxAttrs is how many attributes of one element are read; more is an attack.
const maxAttrs = 200

func attributes(n *html.Node) []html.Attribute { return n.Attr[:min(len(n.Attr), maxAttrs)] }

// read takes the attributes of n.
func (a *attrs) read(n *html.Node) {
	for _, found := range attributes(n) {
		v := found.Val
		switch found.Key {
		case "id":
			a.id = v
		case "class":
			a.class = v
		case "rel":
			a.rel = v
		case "href":
			a.href = v
		case "role":
			a.role = v
		case "lang":
			a.lang = v
		case "type":
			a.kind = v
		case "itemprop":
			a.itemprop = v
		case "itemtype":
			a.itemtype = v
		case "itemid":
			a.itemid = v
		case "itemref":
			a.itemref = v
		case "itemscope":
			a.itemscope = true
		case "property":
			a.property = v
		case "typeof":
			a.typeof = v
		case "resource", "about":
			a.resource = v
		case "hidden":
			a.hidden = true
		case "aria-hidden":
			a.hidden = a.hidden || v == "true"
		case "style":
			a.hidden = a.hidden || strings.Contains(v, "display:none") || strings.Contains(v, "display: none")
			a.background = strings.Contains(v, "background") && strings.Contains(v, "url(")
		}
	}
}

// marks are the meanings that attributes made for machines give an element.
func (a *attrs) marks() mark {
	var m mark
	if a.rel != "" && hasWord(a.rel, "author") {
		m |= markAuthor | markStrong
	}
	if a.itemprop != "" {
		m |= propMarks(a.itemprop)
	}
	if a.property != "" {
		m |= propMarks(a.property)
	}
	return m
}

func propMarks(names string) mark {
	var m mark
	for name := range strings.FieldsSeq(names) {
		switch localName(name) {
		case "author", "creator":
			m |= markAuthor | markStrong
		case "datePublished", "dateCreated", "uploadDate":
			m |= markDate | markStrong
		case "dateModified":
			m |= markUpdated | markStrong
		case "headline":
			m |= markHeadline | markStrong
		}
	}
	return m
}

// attr returns one attribute's value.
func attr(n *html.Node, key string) string {
	for _, a := range attributes(n) {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
