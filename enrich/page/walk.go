package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker goes over the tree once, in document order, and fills the signals. The parser keeps the tree less than 512
// levels deep, so it may recurse.
type walker struct {
	s        *signals
	at       int
	props    int
	refer    []*scope // items that refer to elements elsewhere
	referred int
	ids      map[string]*html.Node // elements by id, where some item refers to them
	format   *scope                // the item of microformats that the walk is inside
	frames   []*frame              // those that are offside
	classes  map[string]word
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
	if w.ids != nil {
		w.remember(n)
	}
	if done := w.head(n); done {
		if n.DataAtom == atom.Noscript {
			w.noscript(n, in)
		}
		if n.DataAtom == atom.Meta || n.DataAtom == atom.Link {
			var a attrs
			a.read(n)
			w.item(n, &a, in, sc)
		}
		return
	}
	var a attrs
	a.read(n)
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		w.s.addLang(n, &a)
	}
	says := w.class(a.class).and(w.class(a.id))
	start := w.at
	in = w.enter(n, &a, says.zone, in)
	inner := w.item(n, &a, in, sc)
	kept := w.mark(n, &a, says.mark, in)
	outer := w.format
	if says.mark&markFormat != 0 {
		w.microformat(n, a.class, in)
	}
	w.children(n, in, inner)
	w.format = outer
	if in != nil && in.start == start {
		in.end = w.at
	}
	w.s.close(kept, w.at)
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
func (w *walker) enter(n *html.Node, a *attrs, says zone, in *frame) *frame {
	kind := tagZone(n.DataAtom, a)
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.H1:
		says = 0 // class names of these describe the template, not a part
	}
	if n.DataAtom == atom.Footer && in.nearest(inArticle) != nil {
		kind &^= inFooter // an article's own footer names its author and date
	}
	kind |= says
	if kind == 0 {
		return in
	}
	f := &frame{parent: in, kind: kind, start: w.at, end: w.at}
	if kind&offside != 0 && len(w.frames) < maxElements {
		w.frames = append(w.frames, f)
	}
	return f
}

// tagZone is the zone that a tag or an ARIA landmark opens by itself.
func tagZone(tag atom.Atom, a *attrs) zone {
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
	case atom.Blockquote:
		z = inQuote
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

// class gives what a class or id attribute says.
func (w *walker) class(v string) word {
	if v == "" {
		return word{}
	}
	known, ok := w.classes[v]
	if !ok {
		known = readClass(v) // an entity in it, or one too many to be remembered
	}
	return known
}

// noscript keeps the picture that stands in for one loaded by a script; its markup is a mere text to the parser.
func (w *walker) noscript(n *html.Node, in *frame) {
	if n.FirstChild == nil || len(w.s.images) >= maxElements {
		return
	}
	_, markup, found := strings.Cut(cutText(n.FirstChild.Data, maxText), "<img")
	if !found {
		return
	}
	t := html.NewTokenizer(strings.NewReader("<img" + markup))
	t.Next()
	token := t.Token()
	switch strings.ToLower(fileExtension(withoutQuery(attr(&html.Node{Attr: token.Attr}, "src")))) {
	case "jpg", "jpeg", "png", "webp", "avif":
	default:
		return // most are the pixels of counters
	}
	img := &html.Node{Type: html.ElementNode, DataAtom: token.DataAtom, Data: token.Data, Attr: token.Attr, Parent: n.Parent}
	keep(&w.s.images, element{node: img, at: w.at, end: w.at, in: in})
}

// unwrap takes the meaning off frames that hold most of the page: templates put "has-sidebar" on the wrapper of
// everything, and some wrap all of it in a form.
func (w *walker) unwrap() {
	for _, f := range w.frames {
		if (f.end-f.start+1)*10 > w.at*6 {
			f.kind &^= offside
		}
	}
}
