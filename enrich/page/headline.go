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
	refused string
}

// chooseHeadline picks the heading that is the page's headline: in the content, not the site's own name, and best of all
// one that the title tag or the social title repeats. It returns all it looked at, the chosen one first; nothing is
// chosen where no heading earns it.
func (s *signals) chooseHeadline() []heading {
	titles := s.declaredTitles()
	s.pieces = s.lastPieces()
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
	if best < 0 || all[best].score < 3 {
		s.headline = s.findHeadline(titles)
		return nil
	}
	s.headline = all[best].element
	all[0], all[best] = all[best], all[0]
	return all
}

// judgeHeading scores one heading.
func (s *signals) judgeHeading(e *element, titles []declaredTitle, before int) heading {
	h := heading{element: e, text: headingText(e.node)}
	length := utf8.RuneCountInString(h.text)
	zones := e.in.zones(0)
	switch {
	case h.text == "":
		return h
	case length > 300:
		h.refused = "too long"
	case s.isSiteName(h.text):
		h.refused = "site name"
	case length < 2:
		h.refused = "too short"
	case zones&inHidden != 0:
		h.refused = "hidden"
	case s.linksHome(e.node):
		h.refused = "links to the home page"
	case genericHeadings[strings.ToLower(h.text)] && agreement(h.text, titles) < exactTitle:
		h.refused = "generic"
	}
	h.score = s.headingPlace(e, zones) - min(before, 4)
	h.score += agreement(h.text, titles)
	if slices.Contains(s.pieces, letters(h.text)) {
		h.score -= 7
	}
	return h
}

// genericHeadings name parts of sites, not pages.
var genericHeadings = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"home": true, "startseite": true, "menu": true, "menü": true, "blog": true, "news": true, "search": true, "suche": true, "navigation": true, "shop": true, "aktuelles": true, "accueil": true, "inicio": true, "contents": true,
	"main navigation": true, "site navigation": true, "main menu": true, "hauptnavigation": true, "hauptmenü": true, "archiv": true, "archive": true, "article": true, "artikel": true, "share": true, "comments": true, "kommentare": true, "subscribe": true, "newsletter": true, "advertisement": true, "anzeige": true, "cookies": true,
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

// lastPieces gives the letters of the title tag's last piece, by each separator, where it stands behind a longer one: the
// section or the board, as in "Headline : Board". A heading that is no more than that is no headline.
func (s *signals) lastPieces() []string {
	var pieces []string
	bare := s.bare(plain(s.title))
	for _, sep := range separatorsIn(bare) {
		head, tail, found := cutLast(bare, sep)
		if found && len(strings.Fields(head)) > 2 && len(words(head)) > len(words(tail)) {
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

// exactTitle is the score of a heading that is a declared title, word for word.
const exactTitle = 10

// agreement scores how far a heading is repeated in the declared titles.
func agreement(text string, titles []declaredTitle) int {
	key := letters(text)
	best := 0
	for _, t := range titles {
		switch {
		case t.key == key:
			return exactTitle
		case len(key) > 5 && strings.Contains(t.key, key), len(t.key) > 12 && strings.Contains(key, t.key):
			best = max(best, 6)
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
	if n.DataAtom == atom.Small {
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
func (s *signals) findHeadline(titles []declaredTitle) *element {
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
			if letters(r.node.Data) == key {
				return &element{node: r.node.Parent, at: r.at, end: r.at, in: r.in}
			}
		}
	}
	return nil
}
