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
	props []prop
	in    *frame
	outer *scope // the item it is a property of; nil for a top item
}

// prop is one property of an item: a tag, or another item.
type prop struct {
	names string
	node  *html.Node
	inner *scope
}

const maxProps = 5_000

// item notes the microdata and RDFa of one element and returns the scope that its children stand in.
func (w *walker) item(n *html.Node, a *attrs, in *frame, sc *scope) *scope {
	names := a.itemprop
	if names == "" && n.DataAtom != atom.Meta {
		names = a.property
	}
	begins := a.itemscope || a.typeof != "" && a.itemprop == ""
	if names == "" && !begins || w.props >= maxProps {
		return sc
	}
	w.props++
	var inner *scope
	if begins {
		inner = &scope{kinds: strings.Fields(a.itemtype + " " + a.typeof), id: a.itemid, in: in}
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
