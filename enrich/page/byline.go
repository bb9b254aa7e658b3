package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markedAuthors reads the elements that mark an author, those made for machines first, then class names near the headline.
func (s *signals) markedAuthors() (strong, weak []byline) {
	var spans []spanned
	for i := range s.people {
		e := &s.people[i]
		zones := e.in.zones(s.headlineAt())
		if zones&(inComment|inRelated|inForm|inFooter|inNav|inHidden|inCaption) != 0 || len(strong)+len(spans) > 12 {
			continue
		}
		if e.marks&markStrong == 0 && !s.nearHeadline(e.at, e.in) {
			continue
		}
		names := s.elementNames(e)
		if len(names) == 0 {
			continue
		}
		if e.marks&markStrong != 0 {
			strong = append(strong, byline{source: "author property", names: names})
		} else if e.marks&markAuthor != 0 {
			spans = append(spans, spanned{byline{source: "author class", names: names}, e.at, e.end})
		}
	}
	if s.headline != nil {
		slices.SortStableFunc(spans, func(a, b spanned) int { return s.distance(a.at) - s.distance(b.at) })
	}
	return joinNeighbours(strong), s.wholeLists(spans)
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
	return nil
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

// nearBylines finds bylines in the plain text near the headline: "By NAME", "4 March 2021 | NAME".
func (s *signals) nearBylines() []byline {
	if s.headline == nil {
		return nil
	}
	var all []byline
	for _, near := range s.around(s.headline, 10, 30) {
		if near.in.zones(s.headlineAt())&inCaption != 0 {
			continue
		}
		if b, ok := s.bylineAt(near, true); ok {
			all = append(all, b)
		}
		if len(all) >= 3 {
			break
		}
	}
	return all
}

// distantBylines finds what a whole phrase introduces anywhere in the article, such as "Text: NAME" at its end.
func (s *signals) distantBylines() []byline {
	var all []byline
	for i := range s.runs {
		r := s.runs[i]
		if n := len(r.node.Data); n > 200 || len(all) >= 3 || r.in.zones(s.headlineAt())&(offside|inCaption) != 0 {
			continue
		}
		if b, ok := s.bylineAt(r, false); ok {
			b.source = distantText
			all = append(all, b)
		}
	}
	return all
}

// bylineAt reads a byline that begins with a text run: a lead-in with the names behind it, in the same run, the same
// element or the next run.
func (s *signals) bylineAt(r run, near bool) (byline, bool) {
	t := strings.TrimSpace(cutText(r.node.Data, 300))
	rest, found := afterLead(t, near)
	if !found {
		if near {
			return s.datedByline(squeeze(t))
		}
		return byline{}, false
	}
	t, rest = squeeze(t), squeeze(rest)
	if parent := r.node.Parent; parent != nil && parent.FirstChild != parent.LastChild {
		if whole := text(parent); len(whole) < 200 && strings.HasPrefix(whole, t) {
			rest, _ = afterLead(whole, near)
		}
	}
	if rest == "" {
		rest = s.nextRun(r)
	}
	if rest, _, _ = strings.Cut(rest, ". "); len(rest) > 150 {
		return byline{}, false
	}
	b := byline{source: "text near headline", names: s.authorNames(rest)}
	b.names = s.persons(b)
	return b, len(b.names) > 0
}

// afterLead gives what follows one of the lead-ins at the beginning of a text; "" where the text is nothing else.
func afterLead(t string, near bool) (rest string, found bool) {
	if t == "" {
		return "", false
	}
	first := lowerByte(t[0])
	if rest, found = afterOne(t, strongByFirst[first]); found || !near {
		return rest, found
	}
	return afterOne(t, nearByFirst[first])
}

func afterOne(t string, leads []string) (rest string, found bool) {
	for _, lead := range leads {
		if len(t) < len(lead) || !strings.EqualFold(t[:len(lead)], lead) {
			continue
		}
		rest = strings.TrimLeft(t[len(lead):], " :\u00a0")
		if rest == "" {
			return "", true
		}
		r, _ := utf8.DecodeRuneInString(rest)
		last, _ := utf8.DecodeLastRuneInString(lead)
		apart := len(rest) < len(t)-len(lead) || !unicode.IsLetter(last) || last > 0x2e80
		if apart && (unicode.IsUpper(r) || r > 0x500 && unicode.IsLetter(r)) {
			return rest, true
		}
	}
	return "", false
}

// datedByline reads "4 March 2021 | 13:10 | NAME" and "04.03.2021 13:30 von NAME".
func (s *signals) datedByline(t string) (byline, bool) {
	if len(t) > 120 || !hasDigit(t) {
		return byline{}, false
	}
	_, start, end, ok := locateDate(t, s.order())
	if !ok {
		return byline{}, false
	}
	b := byline{source: "text near headline"}
	for _, part := range []string{t[:start], t[min(end, len(t)):]} {
		for _, piece := range strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("|•·/–—,", r) }) {
			piece = strings.Trim(strings.TrimLeft(piece, "0123456789: "), " -")
			if hasDigit(piece) {
				continue
			}
			led := dropLeadIn(piece)
			kind := anyone
			if led != piece {
				kind = person // "13:30 von Olga": behind a lead-in one word will do
			}
			names := s.authorNames(led)
			if names = s.persons(byline{names: names, kind: kind}); len(names) == 1 && len(strings.Fields(names[0])) <= 4 {
				b.names = names
				return b, true
			}
		}
	}
	return b, false
}

// nextRun is the text that follows a run.
func (s *signals) nextRun(r run) string {
	if i := s.runAfter(r.at); i < len(s.runs) {
		return squeeze(cutText(s.runs[i].node.Data, 200))
	}
	return ""
}

// posterNames reads who wrote the first post of a forum thread, where elements marked as users stand below the headline.
func (s *signals) posterNames() []byline {
	if !s.isForum() {
		return nil
	}
	for i := range s.people {
		e := &s.people[i]
		if e.marks&(markUser|markAuthor) == 0 || e.at < s.headlineAt() || e.in.zones(s.headlineAt())&(inNav|inFooter|inForm|inHidden|inAside|inHeader) != 0 {
			continue
		}
		if names := s.authorNames(firstOf(firstLink(e.node), text(e.node))); len(names) == 1 && len(names[0]) <= 40 {
			return []byline{{"poster", names, person}}
		}
	}
	return nil
}

// isForum tells a thread by its markup or its address.
func (s *signals) isForum() bool {
	for _, e := range s.subjects() {
		for _, t := range e.types() {
			if t == "DiscussionForumPosting" || t == "QAPage" || t == "Question" {
				return true
			}
		}
	}
	if s.served == nil {
		return false
	}
	address := strings.ToLower(s.served.Host + s.served.RequestURI())
	for _, sign := range []string{"forum", "thread", "topic", "/t/", "board", "viewtopic", "showthread", "community", "/comments/", "/questions/", "discuss"} {
		if strings.Contains(address, sign) {
			return true
		}
	}
	return false
}

// firstLink is the text of the first link below an element.
func firstLink(n *html.Node) string {
	t := ""
	visit(n, func(c *html.Node) {
		if t == "" && c.DataAtom == atom.A {
			t = text(c)
		}
	})
	return t
}
