package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker goes over the tree once, in document order, and fills the signals. The parser keeps the tree less than 512
// levels deep, so it may recurse.
type walker struct {
	s     *signals
	at    int
	props int
}

func (w *walker) children(n *html.Node, in *frame, sc *scope) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.ElementNode:
			w.element(c, in, sc)
		case html.TextNode:
			w.text(c, in)
		case html.DocumentNode:
			w.children(c, in, sc)
		}
	}
}

func (w *walker) text(n *html.Node, in *frame) {
	if blank(n.Data) || len(w.s.runs) >= maxRuns {
		return
	}
	w.at++
	w.s.runs = append(w.s.runs, run{node: n, at: w.at, in: in})
}

// element keeps what one tag says and goes on to its children.
func (w *walker) element(n *html.Node, in *frame, sc *scope) {
	w.at++
	if done := w.head(n); done {
		if n.DataAtom == atom.Meta || n.DataAtom == atom.Link {
			w.item(n, readAttrs(n), in, sc)
		}
		return
	}
	a := readAttrs(n)
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		w.s.addLang(n, a)
	}
	says := readClass(a.class).and(readClass(a.id))
	start := w.at
	in = w.enter(n, a, says.zone, in)
	inner := w.item(n, a, in, sc)
	kept := w.mark(n, a, says.mark, in)
	w.children(n, in, inner)
	if in != nil && in.start == start {
		in.end = w.at
	}
	for _, e := range kept {
		(*e.list)[e.index].end = w.at
	}
}

// head takes the tags that carry no text of the page; done says not to go on to the children.
func (w *walker) head(n *html.Node) (done bool) {
	switch n.DataAtom {
	case atom.Meta:
		w.s.addMeta(n)
	case atom.Link:
		w.s.addLink(n)
	case atom.Base:
		w.s.addBase(n)
	case atom.Title:
		if w.s.title == "" && n.Namespace == "" {
			w.s.title = text(n)
		}
	case atom.Script:
		w.s.addScript(n)
	case atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Textarea, atom.Select, atom.Option:
	default:
		return false
	}
	return true
}

// enter opens a frame where the element begins a part of the page.
func (w *walker) enter(n *html.Node, a attrs, says zone, in *frame) *frame {
	kind := tagZone(n.DataAtom, a)
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.H1:
		says = 0 // class names of these describe the template, not a part
	}
	kind |= says
	if kind == 0 {
		return in
	}
	return &frame{parent: in, kind: kind, start: w.at, end: w.at}
}

// tagZone is the zone that a tag or an ARIA landmark opens by itself.
func tagZone(tag atom.Atom, a attrs) zone {
	var z zone
	switch tag {
	case atom.Header:
		z = inHeader
	case atom.Nav:
		z = inNav
	case atom.Footer:
		z = inFooter
	case atom.Aside:
		z = inAside
	case atom.Form:
		z = inForm
	case atom.Main:
		z = inMain
	case atom.Article:
		z = inArticle
	case atom.Figcaption:
		z = inCaption
	}
	switch a.role {
	case "navigation", "menu", "menubar":
		z |= inNav
	case "main":
		z |= inMain
	case "contentinfo":
		z |= inFooter
	case "complementary", "dialog":
		z |= inAside
	case "banner":
		z |= inHeader
	}
	if a.hidden {
		z |= inHidden
	}
	return z
}

// keptAt points at an element that was kept, so that its end can be written in later.
type keptAt struct {
	list  *[]element
	index int
}

// mark keeps the element in the lists it belongs to.
func (w *walker) mark(n *html.Node, a attrs, says mark, in *frame) []keptAt {
	says |= a.marks()
	var buf [4]keptAt
	kept := buf[:0]
	keep := func(list *[]element) {
		if len(*list) < maxElements {
			*list = append(*list, element{node: n, at: w.at, end: w.at, in: in, marks: says})
			kept = append(kept, keptAt{list, len(*list) - 1})
		}
	}
	switch n.DataAtom {
	case atom.Body, atom.Html, atom.Main, atom.Article:
		return nil
	case atom.H1:
		keep(&w.s.headings)
		return kept
	case atom.Img:
		keep(&w.s.images)
		return kept
	case atom.Time:
		keep(&w.s.times)
	case atom.Address:
		keep(&w.s.people)
		return kept
	case atom.A:
		if isPDFLink(a) {
			keep(&w.s.anchors)
		}
		if authorAddress(a.href) {
			says |= markAuthor
		}
	}
	if n.Data == "amp-img" || a.background {
		keep(&w.s.images)
	}
	if says&markHeadline != 0 || says&markTitle != 0 && n.DataAtom == atom.H2 {
		keep(&w.s.headings)
	}
	if says&(markDate|markUpdated) != 0 && n.DataAtom != atom.Time {
		keep(&w.s.times)
	}
	if says&(markAuthor|markUser) != 0 {
		keep(&w.s.people)
	}
	return kept
}
