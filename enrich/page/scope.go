package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scope is one item of microdata (itemscope) or RDFa (typeof) while the walk is inside it.
type scope struct {
	kinds []string
	id    string
	rdfa  bool
	refs  string // ids of elements elsewhere whose properties are its own
	props []prop
	in    *frame
	outer *scope // the item it is a property of; nil for a top item

	node    *html.Node // of an item of microformats
	classic bool       // it is one of the classic microformats
}

// prop is one property of an item: a tag, or another item.
type prop struct {
	names string
	node  *html.Node
	inner *scope
}

const maxProps = 5_000

// Bounds on the elements that items refer to, and on those that are looked at for it.
const (
	maxRefs     = 200
	maxReferred = 50_000
)

// remember notes an element that an item may refer to.
func (w *walker) remember(n *html.Node) {
	if id := attr(n, "id"); id != "" && w.ids[id] == nil && len(w.ids) < maxElements {
		w.ids[id] = n
	}
}

// follow adds the properties of the elements that items refer to with itemref (HTML standard, section 5.2.2).
func (w *walker) follow() {
	left := maxRefs
	for _, sc := range w.refer {
		for id := range strings.FieldsSeq(sc.refs) {
			if n := w.ids[id]; n != nil && left > 0 {
				left--
				w.collect(n, sc)
			}
		}
	}
}

// collect adds the properties of n and what is below it.
func (w *walker) collect(n *html.Node, sc *scope) {
	if n.Type != html.ElementNode || w.props >= maxProps || w.referred >= maxReferred {
		return
	}
	w.referred++
	var a attrs
	a.read(n)
	a.itemref = ""
	inner := w.item(n, &a, sc.in, sc)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.collect(c, inner)
	}
}

// item notes the microdata and RDFa of one element and returns the scope that its children stand in.
func (w *walker) item(n *html.Node, a *attrs, in *frame, sc *scope) *scope {
	names := a.itemprop
	if names == "" && (n.DataAtom != atom.Meta || sc != nil && sc.rdfa && !strings.Contains(a.property, ":")) {
		names = a.property // of meta tags most are the Open Graph's
	}
	begins := a.itemscope || a.typeof != "" && a.itemprop == ""
	if names == "" && !begins || w.props >= maxProps {
		return sc
	}
	w.props++
	var inner *scope
	if begins {
		inner = &scope{kinds: strings.Fields(a.itemtype + " " + a.typeof), id: firstOf(a.itemid, a.resource), refs: a.itemref, rdfa: a.typeof != "", in: in}
		if inner.refs != "" {
			w.refer = append(w.refer, inner)
		}
	}
	p := prop{names: names, node: n, inner: inner}
	switch {
	case names != "" && sc != nil:
		sc.props = append(sc.props, p)
		if inner != nil {
			inner.outer = sc
		}
	case inner != nil:
		w.s.scopes = append(w.s.scopes, inner)
	case names != "":
		w.s.loose = append(w.s.loose, p)
	}
	if inner != nil {
		return inner
	}
	return sc
}

// microdata gives the items in the shape of JSON-LD.
func (s *signals) microdata() []any { return s.items }

// readItems turns the scopes into nodes; deep nesting is bounded by the depth of the tree.
func (s *signals) readItems() {
	for _, sc := range s.scopes {
		if len(sc.props) > 0 {
			s.items = append(s.items, s.itemNode(sc))
		}
	}
}

func (s *signals) itemNode(sc *scope) map[string]any {
	n := map[string]any{}
	if len(sc.kinds) == 1 {
		n["@type"] = localName(sc.kinds[0])
	} else if len(sc.kinds) > 1 {
		kinds := make([]any, len(sc.kinds))
		for i, k := range sc.kinds {
			kinds[i] = localName(k)
		}
		n["@type"] = kinds
	}
	if sc.id != "" {
		n["@id"] = sc.id
	}
	for _, p := range sc.props {
		var v any
		if p.inner != nil {
			v = s.itemNode(p.inner)
		} else if t := s.propValue(p.node); t != "" {
			v = t
		} else {
			continue
		}
		for name := range strings.FieldsSeq(p.names) {
			put(n, localName(name), v)
		}
	}
	return n
}

// put adds a value to a property; the second value makes it a list.
func put(n map[string]any, key string, v any) {
	switch old := n[key].(type) {
	case nil:
		n[key] = v
	case []any:
		n[key] = append(old, v)
	default:
		n[key] = []any{old, v}
	}
}

// propValue is a property's value as the HTML standard says (section 5.2.4), with RDFa's content attribute first.
func (s *signals) propValue(n *html.Node) string {
	if v := attr(n, "content"); v != "" {
		return squeeze(v)
	}
	var v string
	switch n.DataAtom {
	case atom.Meta:
		return ""
	case atom.Audio, atom.Embed, atom.Iframe, atom.Img, atom.Source, atom.Track, atom.Video:
		v = firstOf(attr(n, "src"), attr(n, "data-src"))
	case atom.A, atom.Area, atom.Link:
		v = attr(n, "href")
		if t := text(n); t != "" {
			return t // the names of authors and sites stand in links; the address is the lesser part
		}
	case atom.Object:
		v = attr(n, "data")
	case atom.Data, atom.Meter:
		v = attr(n, "value")
	case atom.Time:
		v = firstOf(attr(n, "datetime"), text(n))
	default:
		return text(n)
	}
	if abs := s.resolve(v); abs != "" && n.DataAtom != atom.Time && n.DataAtom != atom.Data {
		return abs
	}
	return squeeze(v)
}

// firstOf returns the first text that is not blank.
func firstOf(all ...string) string {
	for _, v := range all {
		if !blank(v) {
			return v
		}
	}
	return ""
}
