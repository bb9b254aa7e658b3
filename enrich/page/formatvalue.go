package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formatValue is the value of one property by the rules of microformats2 (microformats.org/wiki/microformats2-parsing): p a
// text, u an address, dt a date, e the text of the content.
func (s *signals) formatValue(kind string, n *html.Node) string {
	switch kind {
	case "u":
		v := firstOf(addressOf(n), valueClass(n), plainValue(n))
		return firstOf(s.resolve(v), squeeze(v))
	case "dt":
		return squeeze(firstOf(dateParts(n), attr(n, "datetime"), plainValue(n)))
	case "e":
		return text(n)
	}
	return squeeze(firstOf(valueClass(n), plainValue(n)))
}

// addressOf is what an element links to or shows.
func addressOf(n *html.Node) string {
	switch n.DataAtom {
	case atom.A, atom.Area, atom.Link:
		return attr(n, "href")
	case atom.Img, atom.Audio, atom.Video, atom.Source, atom.Iframe:
		return firstOf(attr(n, "src"), attr(n, "poster"))
	case atom.Object:
		return attr(n, "data")
	}
	return ""
}

// plainValue is what an element says by itself.
func plainValue(n *html.Node) string {
	switch n.DataAtom {
	case atom.Abbr, atom.Link:
		return firstOf(attr(n, "title"), text(n))
	case atom.Data, atom.Input:
		return firstOf(attr(n, "value"), text(n))
	case atom.Img, atom.Area:
		return attr(n, "alt")
	}
	return text(n)
}

// valueClass joins the parts of a value that are marked one by one (microformats.org/wiki/value-class-pattern).
func valueClass(n *html.Node) string { return strings.Join(valueParts(n, nil), "") }

// dateParts joins the marked parts of a date, day and clock.
func dateParts(n *html.Node) string { return strings.Join(valueParts(n, nil), "T") }

func valueParts(n *html.Node, parts []string) []string {
	for c := n.FirstChild; c != nil && len(parts) < 10; c = c.NextSibling {
		class := attr(c, "class")
		switch {
		case c.Type != html.ElementNode:
		case hasWord(class, "value-title"):
			parts = append(parts, attr(c, "title"))
		case hasWord(class, "value"):
			parts = append(parts, firstOf(attr(c, "datetime"), plainValue(c)))
		default:
			parts = valueParts(c, parts)
		}
	}
	return parts
}

// imply adds the name, photo and address that an item without them has by its own element or the only one in it.
func (s *signals) imply(n map[string]any, node *html.Node, texts, nested bool) {
	only := onlyChild(node)
	if n["name"] == nil && !texts && !nested {
		name := plainValue(node)
		if only != nil && name == "" {
			name = plainValue(only)
		}
		if name = squeeze(name); name != "" {
			n["name"] = name
		}
	}
	for _, e := range []*html.Node{node, only} {
		if e == nil || nested {
			continue
		}
		abs := s.resolve(addressOf(e))
		switch {
		case abs == "":
		case n["photo"] == nil && (e.DataAtom == atom.Img || e.DataAtom == atom.Object):
			n["photo"] = abs
		case n["url"] == nil && (e.DataAtom == atom.A || e.DataAtom == atom.Area):
			n["url"] = abs
		}
	}
}

// onlyChild is the one element in another; nil where there are none or several.
func onlyChild(n *html.Node) *html.Node {
	var only *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	return only
}
