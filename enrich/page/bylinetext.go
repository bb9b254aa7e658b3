package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

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
		if b, ok := s.bylineAt(r, false); ok && startsLine(r.node) {
			b.source = distantText
			all = append(all, b)
		}
	}
	return all
}

// startsLine tells whether a text begins its paragraph, cell or line.
func startsLine(n *html.Node) bool {
	for n != nil {
		for p := n.PrevSibling; p != nil; p = p.PrevSibling {
			switch {
			case p.Type == html.TextNode && blank(p.Data), p.Type == html.CommentNode:
				continue
			case p.Type == html.ElementNode && !inline(p.DataAtom):
				return true
			}
			return false
		}
		if n = n.Parent; n == nil || !inline(n.DataAtom) {
			return true
		}
	}
	return true
}

// bylineAt reads a byline that begins with a text run: a lead-in with the names behind it, in the same run, the same
// element or the next run.
func (s *signals) bylineAt(r run, near bool) (byline, bool) {
	t := strings.TrimSpace(withoutSource(cutText(r.node.Data, 300)))
	rest, found := afterLead(t, near)
	if !found {
		if near {
			return s.datedByline(squeeze(t))
		}
		return byline{}, false
	}
	t, rest = squeeze(t), squeeze(rest)
	if parent := r.node.Parent; parent != nil && parent.FirstChild != parent.LastChild {
		if whole := listText(parent); len(whole) < 200 && strings.HasPrefix(whole, t) {
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
	people := s.persons(b)
	if near && len(b.names) > 0 && !slices.Contains(people, b.names[0]) && len(strings.Fields(rest)) <= 4 && !strings.HasSuffix(rest, ".") {
		b.names = b.names[:1] // a desk or a house, believed only where little else stands in the line
	} else {
		b.names = people
	}
	return b, len(b.names) > 0
}

// afterLead gives what follows one of the lead-ins at the beginning of a text; "" where the text is nothing else.
func afterLead(t string, near bool) (rest string, found bool) {
	if t == "" {
		return "", false
	}
	first := lowerByte(t[0])
	if rest, found = afterOne(t, lex().phrases[first]); found || !near {
		return rest, found
	}
	return afterOne(t, lex().prepositions[first])
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
		if apart && (unicode.IsUpper(r) || r > 0x500 && unicode.IsLetter(r) || unicode.IsDigit(r) && len(rest) > 1 && unicode.IsLetter(rune(rest[1]))) {
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
			piece = dropClock(piece)
			led := dropLeadIn(piece)
			kind := anyone
			if led != piece {
				kind = person // "13:30 von Olga": behind a lead-in one word will do
			}
			names := s.authorNames(led)
			if people := s.persons(byline{names: names, kind: kind}); len(people) > 0 || kind == anyone {
				names = people
			}
			if len(names) == 1 && len(strings.Fields(names[0])) <= 4 {
				b.names = names
				return b, true
			}
		}
	}
	return b, false
}

// dropClock takes off what is left of a date in front of a name: "AM PST by Jane Doe".
func dropClock(piece string) string {
	for {
		first, rest, found := strings.Cut(piece, " ")
		if !found || !onlyClock(first) {
			return piece
		}
		piece = rest
	}
}

// nextRun is the text that follows a run.
func (s *signals) nextRun(r run) string {
	if i := s.runAfter(r.at); i < len(s.runs) {
		return squeeze(cutText(s.runs[i].node.Data, 200))
	}
	return ""
}
