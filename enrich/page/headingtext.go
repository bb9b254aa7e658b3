package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headingText is a heading's text without kickers, subtitles and permalink signs inside it.
func headingText(n *html.Node) string {
	t := textWithout(n, besideHeadline)
	if t == "" {
		t = text(n)
	}
	return strings.TrimSpace(strings.Trim(t, "¶#§ "))
}

// besideHeadline tells the parts of a heading that are no part of the headline.
func besideHeadline(n *html.Node) bool {
	if n.DataAtom == atom.Small || n.DataAtom == atom.Time {
		return true
	}
	class := attr(n, "class")
	if class == "" {
		return false
	}
	says := readClass(class)
	return says.mark&markKicker != 0 || says.zone&inHidden != 0 || hasWord(class, "headerlink")
}

// findHeadline finds the place of a declared title in the text where no heading tag holds it, so that byline and date
// can be looked for around it.
func (s *signals) findHeadline(titles []declaredTitle, marked bool) *element {
	for _, title := range titles {
		bare := s.bare(title.text)
		key := letters(bare)
		if len(key) < 8 {
			continue
		}
		for i := range s.runs {
			r := &s.runs[i]
			if n := len(r.node.Data); n < len(key) || n > len(bare)*2+200 || r.in.zones(0)&(inNav|inFooter|inHidden) != 0 {
				continue
			}
			if letters(r.node.Data) == key && (!marked || inHeading(r.node)) {
				return &element{node: r.node.Parent, at: r.at, end: r.at, in: r.in}
			}
		}
	}
	return nil
}

// inHeading tells whether a text stands in a heading tag, be it in a link or a span inside it.
func inHeading(n *html.Node) bool {
	for range 3 {
		if n = n.Parent; n == nil {
			return false
		}
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4:
			return true
		}
	}
	return false
}
