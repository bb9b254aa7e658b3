package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markedAuthors reads the elements that mark an author, those made for machines first, then class names near the headline.
func (s *signals) markedAuthors() (strong, weak, far []byline) {
	var spans []spanned
	for i := range s.people {
		e := &s.people[i]
		zones := e.in.zones(s.headlineAt())
		if zones&(inComment|inRelated|inForm|inFooter|inNav|inHidden|inCaption) != 0 || len(strong)+len(spans) > 12 {
			continue
		}
		near := e.marks&markStrong != 0 || s.nearHeadline(e.at, e.in)
		if !near && len(far) > 4 {
			continue
		}
		names := s.elementNames(e)
		if len(names) == 0 || endsHelper(textBefore(e.node)) {
			continue
		}
		switch {
		case e.marks&markStrong != 0:
			strong = append(strong, byline{source: "author property", names: names})
		case e.marks&markAuthor == 0:
		case !near:
			far = append(far, byline{source: distantText, names: names})
		default:
			spans = append(spans, spanned{byline{source: "author class", names: names}, e.at, e.end})
		}
	}
	if s.headline != nil {
		slices.SortStableFunc(spans, func(a, b spanned) int { return s.distance(a.at) - s.distance(b.at) })
	}
	return joinNeighbours(strong), s.wholeLists(spans), s.onlyOne(far)
}

// onlyOne keeps bylines far from the headline where they agree on one person: a box about the author at the end.
func (s *signals) onlyOne(all []byline) []byline {
	var one []byline
	for _, b := range all {
		people := s.persons(b)
		if len(people) == 0 {
			continue
		}
		if len(people) > 1 || len(one) > 0 && letters(one[0].names[0]) != letters(people[0]) {
			return nil
		}
		one = []byline{{source: b.source, names: people}}
	}
	return one
}

// spanned is a byline with the stretch of the page it was read from.
type spanned struct {
	byline
	at, end int
}

// wholeLists puts, of elements inside each other, the one first that names the most persons and nothing else:
// an element for each author stands inside one for the whole byline, and that inside one with date and buttons.
func (s *signals) wholeLists(all []spanned) []byline {
	ordered := make([]byline, 0, len(all))
	for i := range all {
		best := all[i]
		for _, other := range all {
			nested := other.at <= best.at && best.end <= other.end || best.at <= other.at && other.end <= best.end
			if nested && s.purePersons(other.byline) > max(s.purePersons(best.byline), 0) {
				best = other
			}
		}
		ordered = append(ordered, best.byline)
	}
	return ordered
}

// purePersons counts the persons of a byline that names nobody else; 0 for a mixed one.
func (s *signals) purePersons(b byline) int {
	if n := len(s.persons(b)); n == len(b.names) {
		return n
	}
	return 0
}

// joinNeighbours makes one byline of several marked elements that each hold one author.
func joinNeighbours(all []byline) []byline {
	if len(all) < 2 {
		return all
	}
	var names []string
	for _, b := range all {
		if len(b.names) > 1 || len(b.names[0]) > 60 {
			return all
		}
		names = append(names, b.names...)
	}
	return []byline{{source: all[0].source, names: distinct(names)}}
}

// elementNames reads the names inside a marked element: the name parts where they are marked, each link by itself,
// else the whole text.
func (s *signals) elementNames(e *element) []string {
	if e.node.DataAtom == atom.Meta {
		return nil
	}
	var named []string
	var linked []string
	visit(e.node, func(n *html.Node) {
		switch {
		case hasWord(attr(n, "itemprop"), "name") || hasWord(attr(n, "class"), "fn") || hasWord(attr(n, "class"), "p-name"):
			named = append(named, firstOf(attr(n, "content"), text(n)))
		case n.DataAtom == atom.A && (authorAddress(attr(n, "href")) || hasWord(attr(n, "rel"), "author")):
			linked = append(linked, text(n))
		}
	})
	for _, texts := range [][]string{named, linked, {listText(e.node)}} {
		var names []string
		for _, t := range texts {
			if utf8.RuneCountInString(t) <= 150 {
				names = append(names, s.authorNames(t)...)
			}
		}
		if names = distinct(names); len(names) > 0 {
			return names
		}
	}
	if t := text(e.node); hasRole(t) && len(strings.Fields(t)) <= 4 {
		return statedNames([]string{t}) // "Mail Online Reporter"
	}
	return nil
}

// textBefore is the text that stands right before an element, in the same line or box.
func textBefore(n *html.Node) string {
	for range 3 {
		for p := n.PrevSibling; p != nil; p = p.PrevSibling {
			if t := nodeText(p); t != "" {
				return t
			}
		}
		if n = n.Parent; n == nil {
			break
		}
	}
	return ""
}

// nodeText is the text of a text node or an element.
func nodeText(n *html.Node) string {
	switch n.Type {
	case html.TextNode:
		return squeeze(cutText(n.Data, 100))
	case html.ElementNode:
		return cutText(text(n), 100)
	}
	return ""
}

// listText is the text of a byline with a comma between the elements that no text parts: names, roles and buttons stand
// side by side in elements of their own.
func listText(n *html.Node) string {
	var b strings.Builder
	parted := false
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < 400; c = c.NextSibling {
			if c.Type == html.TextNode {
				if parted && b.Len() > 0 && !blank(c.Data) {
					b.WriteString(", ")
				}
				parted = parted && blank(c.Data)
				b.WriteString(cutText(c.Data, 400))
				continue
			}
			if c.Type != html.ElementNode || silent(c.DataAtom) {
				continue
			}
			parted = parted || !inline(c.DataAtom) || c.PrevSibling != nil && c.PrevSibling.Type == html.ElementNode
			walk(c)
			parted = parted || !inline(c.DataAtom)
		}
	}
	walk(n)
	return squeeze(b.String())
}

// visit calls f for the elements below n, at most 200.
func visit(n *html.Node, f func(*html.Node)) {
	left := 200
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && left > 0; c = c.NextSibling {
			if c.Type == html.ElementNode {
				left--
				f(c)
				walk(c)
			}
		}
	}
	walk(n)
}
