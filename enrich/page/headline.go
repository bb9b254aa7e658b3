package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// heading is a candidate for the headline with what speaks for it.
type heading struct {
	element *element
	text    string
	score   int
	agrees  int // how far the declared titles repeat it
	refused string
}

// chooseHeadline picks the heading that is the page's headline: in the content, not the site's own name, and best of all
// one that the title tag or the social title repeats. It returns all it looked at, the chosen one first; nothing is
// chosen where no heading earns it.
func (s *signals) chooseHeadline() []heading {
	s.declared = s.declaredTitles()
	titles := s.declared
	s.pieces = s.lastPieces()
	s.taken = s.takenOff()
	var all []heading
	best := -1
	for i := range s.headings {
		if len(all) >= 40 {
			break
		}
		h := s.judgeHeading(&s.headings[i], titles, len(all))
		if h.text == "" {
			continue
		}
		all = append(all, h)
		if h.refused == "" && (best < 0 || h.score > all[best].score) {
			best = len(all) - 1
		}
	}
	s.learnNames(all, best)
	if best < 0 || all[best].score < 3 || all[best].agrees == 0 && slices.Contains(s.pieces, letters(all[best].text)) {
		s.headline = s.findHeadline(titles, false)
		return nil
	}
	if e := s.betterHeading(all[best], titles); e != nil {
		s.headline = e
		for i := range all {
			all[i].refused = firstOf(all[i].refused, "another heading is the declared title")
		}
		return all
	}
	s.headline = all[best].element
	all[0], all[best] = all[best], all[0]
	return all
}

// learnNames takes the name of a book, a wiki or a board from a heading in the masthead or the menu that the title tag ends with.
func (s *signals) learnNames(all []heading, best int) {
	for i, h := range all {
		key := letters(h.text)
		if i == best && h.score >= 3 || !slices.Contains(s.pieces, key) || h.element.in.zones(0)&(inHeader|inNav) == 0 {
			continue
		}
		s.names = append(s.names, siteName{Candidate{Value: h.text, Source: "masthead"}, key})
		s.bared = nil
	}
}

// betterHeading finds the heading, of any level, that is a declared title, where nothing declared repeats the best <h1>: the
// section's or the site's name stands in the <h1>, the headline in the <h2>.
func (s *signals) betterHeading(best heading, titles []declaredTitle) *element {
	if best.agrees > 0 {
		return nil
	}
	return s.findHeadline(titles, true)
}

// judgeHeading scores one heading.
func (s *signals) judgeHeading(e *element, titles []declaredTitle, before int) heading {
	h := heading{element: e, text: headingText(e.node)}
	length := utf8.RuneCountInString(h.text)
	zones := e.in.zones(0)
	switch {
	case h.text == "":
		return h
	case isTemplate(h.text):
		h.refused = placeholder
	case length > 300:
		h.refused = "too long"
	case s.isSiteName(h.text) || s.taken != "" && strings.HasSuffix(s.taken, letters(h.text)):
		h.refused = "site name"
	case length < 2:
		h.refused = "too short"
	case zones&inHidden != 0:
		h.refused = "hidden"
	case s.linksHome(e.node):
		h.refused = "links to the home page"
	case lex().headings[strings.ToLower(h.text)] && agreement(h.text, titles) < exactTitle:
		h.refused = "generic"
	}
	h.score = s.headingPlace(e, zones) - min(before, 4)
	h.agrees = agreement(h.text, titles)
	if slices.Contains(s.pieces, letters(h.text)) {
		h.agrees = 0
		h.score--
	}
	h.score += h.agrees
	return h
}

// linksHome tells a heading that is a link to the site's front page: the site's name or logo.
func (s *signals) linksHome(n *html.Node) bool {
	if s.served == nil || s.isHome() {
		return false
	}
	home := false
	visit(n, func(c *html.Node) {
		if c.DataAtom != atom.A || home {
			return
		}
		u := parseAgainst(s.base, attr(c, "href"))
		home = u != nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "" && u.Host == s.served.Host
	})
	return home
}

// takenOff gives the letters of what bare takes off the end of the title tag.
func (s *signals) takenOff() string {
	title := plain(s.title)
	bare := s.bare(title)
	if taken, found := strings.CutPrefix(letters(title), letters(bare)); found && bare != "" {
		return taken
	}
	return ""
}

// lastPieces gives the letters of the title tag's last piece, by each separator, where it stands behind a longer one: the
// section or the board, as in "Headline : Board". A heading that is no more than that is no headline.
func (s *signals) lastPieces() []string {
	var pieces []string
	bare := s.bare(plain(s.title))
	for _, sep := range separatorsIn(bare) {
		head, tail, found := cutLast(bare, sep)
		if found && sep != ": " && len(strings.Fields(head)) > 2 && len(words(head)) >= len(words(tail)) {
			pieces = append(pieces, letters(tail))
		}
	}
	return pieces
}

// headingPlace scores where a heading stands and how it is marked.
func (s *signals) headingPlace(e *element, zones zone) int {
	score := 0
	if e.node.DataAtom == atom.H1 {
		score += 4
	}
	if e.marks&markHeadline != 0 {
		score += 2
	}
	if e.marks&(markHeadline|markStrong) == markHeadline|markStrong {
		score++
	}
	if zones&(inMain|inArticle) != 0 {
		score += 2
	}
	if zones&(inNav|inFooter|inComment|inRelated) != 0 {
		score -= 5
	}
	if zones&(inAside|inForm) != 0 {
		score -= 2
	}
	if zones&inHeader != 0 && zones&(inMain|inArticle) == 0 {
		score--
	}
	return score
}

// The scores of a heading that is a declared title, word for word, of one that begins it, and of one that is another part of it
// or holds it.
const (
	exactTitle    = 10
	beginsTitle   = 8
	containsTitle = 6
)

// agreement scores how far a heading is repeated in the declared titles.
func agreement(text string, titles []declaredTitle) int {
	key := letters(text)
	best := 0
	for _, t := range titles {
		switch {
		case t.key == key:
			return exactTitle
		case len(key) > 5 && strings.HasPrefix(t.key, key):
			best = max(best, beginsTitle)
		case len(key) > 5 && strings.Contains(t.key, key), len(t.key) > 12 && strings.Contains(key, t.key):
			best = max(best, containsTitle)
		case best < 4 && t.shares(text) >= 0.5:
			best = 4
		}
	}
	return best
}

// shares is the share of the shorter text's words that the longer one has too.
func (t declaredTitle) shares(text string) float64 {
	shorter, longer := words(text), t.words
	if len(shorter) > len(longer) {
		shorter, longer = longer, shorter
	}
	if len(shorter) == 0 {
		return 0
	}
	n := 0
	for _, w := range shorter {
		if slices.Contains(longer, w) {
			n++
		}
	}
	return float64(n) / float64(len(shorter))
}
