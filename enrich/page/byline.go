package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markedAuthors reads the elements that mark an author, those made for machines first, then class names near the headline.
func (s *signals) markedAuthors() []byline {
	var strong, weak []byline
	for i := range s.people {
		e := &s.people[i]
		zones := e.in.zones(s.headlineAt())
		if zones&(inComment|inRelated|inForm|inFooter|inNav|inHidden) != 0 || len(strong)+len(weak) > 12 {
			continue
		}
		near := s.nearHeadline(e.at, e.in)
		if !near && e.marks&markStrong == 0 || zones&inCaption != 0 {
			continue
		}
		names := s.elementNames(e)
		if len(names) == 0 {
			continue
		}
		b := byline{"author class", names}
		if e.marks&markStrong != 0 {
			b.source = "author property"
			strong = append(strong, b)
		} else {
			weak = append(weak, b)
		}
	}
	return append(joinNeighbours(strong), weak...)
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
	return []byline{{all[0].source, distinct(names)}}
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
	for _, texts := range [][]string{named, linked, {text(e.node)}} {
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
	return nil
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

// textBylines finds "By NAME" in the plain text around the headline.
func (s *signals) textBylines() []byline {
	if s.headline == nil {
		return nil
	}
	for _, near := range s.around(s.headline, 10, 30) {
		t := squeeze(cutText(near.node.Data, 200))
		rest, found := bylineText(t)
		if !found {
			continue
		}
		if rest == "" {
			rest = s.nextRun(near)
		}
		if names := s.persons(s.authorNames(rest)); len(names) > 0 {
			return []byline{{"text near headline", names}}
		}
	}
	return nil
}

// bylineText tells a text that begins with a lead-in followed by something like a name.
func bylineText(t string) (rest string, found bool) {
	if utf8.RuneCountInString(t) > 120 {
		return "", false
	}
	lower := strings.ToLower(t)
	for _, lead := range []string{"by", "von", "par", "por", "di", "written by", "posted by", "text:", "text von", "autor:", "author:", "door", "av", "af", "作者：", "作者:", "автор:", "ein kommentar von", "interview:"} {
		if lower == lead || lower == lead+":" {
			return "", true
		}
		if strings.HasPrefix(lower, lead) && len(lower) == len(t) {
			rest = strings.TrimLeft(t[len(lead):], " :\u00a0")
			r, _ := utf8.DecodeRuneInString(rest)
			if len(rest) < len(t)-len(lead) && unicode.IsUpper(r) || r > 0x2e80 {
				return rest, true
			}
		}
	}
	return "", false
}

// nextRun is the text that follows a run.
func (s *signals) nextRun(r run) string {
	if i := s.runAfter(r.at); i < len(s.runs) {
		return squeeze(cutText(s.runs[i].node.Data, 200))
	}
	return ""
}
