package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// kept says under which indices an element was kept, plus one; zero where it was not.
type kept struct{ heading, time, person, image, anchor int }

// close writes in where a kept element ends.
func (s *signals) close(k kept, end int) {
	if k == (kept{}) {
		return
	}
	set := func(list []element, index int) {
		if index > 0 {
			list[index-1].end = end
		}
	}
	set(s.headings, k.heading)
	set(s.times, k.time)
	set(s.people, k.person)
	set(s.images, k.image)
	set(s.anchors, k.anchor)
}

// mark keeps the element in the lists it belongs to.
func (w *walker) mark(n *html.Node, a *attrs, says mark, in *frame) (k kept) {
	says |= a.marks()
	e := element{node: n, at: w.at, end: w.at, in: in, marks: says}
	switch n.DataAtom {
	case atom.Body, atom.Html, atom.Main, atom.Article:
		return k
	case atom.H1:
		return kept{heading: keep(&w.s.headings, e)}
	case atom.Img:
		return kept{image: keep(&w.s.images, e)}
	case atom.Address:
		e.marks |= markAuthor
		return kept{person: keep(&w.s.people, e)}
	case atom.Time:
		k.time = keep(&w.s.times, e)
	case atom.A:
		if a.rel != "" && hasWord(a.rel, "tag") {
			keep(&w.s.tags, e)
		}
		if isPDFLink(a) {
			k.anchor = keep(&w.s.anchors, e)
		}
		if authorAddress(a.href) {
			says |= markAuthor
			e.marks = says
		}
	}
	if a.background || n.DataAtom == 0 && n.Data == "amp-img" {
		k.image = keep(&w.s.images, e)
	}
	if says == 0 {
		return k
	}
	if says&markHeadline != 0 || says&markTitle != 0 && n.DataAtom == atom.H2 {
		k.heading = keep(&w.s.headings, e)
	}
	if says&(markDate|markUpdated) != 0 && n.DataAtom != atom.Time {
		k.time = keep(&w.s.times, e)
	}
	if says&(markAuthor|markUser) != 0 {
		k.person = keep(&w.s.people, e)
	}
	return k
}

// keep adds an element to a list and gives its index plus one; 0 where the list is full.
func keep(list *[]element, e element) int {
	if len(*list) >= maxElements {
		return 0
	}
	*list = append(*list, e)
	return len(*list)
}
