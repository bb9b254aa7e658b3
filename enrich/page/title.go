package page

import "strings"

// titleChain is where titles are declared, the most faithful first.
var titleChain = []string{ //nolint:gochecknoglobals // read-only table
	"og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "headline", "eprints.title", "bepress_citation_title",
}

// declaredTitle is a title as the page declares it, with its letters for comparing.
type declaredTitle struct {
	text, key string
	words     []string
}

// declaredTitles are the page's own titles as they stand, each once, used to recognise its headline.
func (s *signals) declaredTitles() []declaredTitle {
	var all []declaredTitle
	add := func(v string) {
		if v = plain(v); v == "" {
			return
		}
		key := letters(v)
		for _, known := range all {
			if known.key == key {
				return
			}
		}
		all = append(all, declaredTitle{v, key, words(v)})
	}
	for _, name := range titleChain {
		add(s.meta(name))
	}
	for _, e := range s.subjects() {
		if e.is(subjectRank) >= articleRank-1 {
			if v := e.first("headline", "name"); v != "" {
				add(v)
				break
			}
		}
	}
	add(s.title)
	return all
}

// titleCandidates: the headline as a reader sees it first, then the declared titles with the site's name off. Among
// hand-labelled articles where headline and social title differ, readers named the headline some ten times as often; on
// landing pages, whose heading is a slogan, they named the declared title four times as often.
func (s *signals) titleCandidates(headings []heading, landing bool) []Candidate {
	all := s.homeTitle()
	if landing {
		all = append(all, s.titled("og:title", s.meta("og:title"), ""))
	}
	for i, h := range headings {
		refused := h.refused
		if i > 0 && refused == "" {
			refused = "another heading fits better"
		}
		all = append(all, s.titled("heading", h.text, refused))
	}
	for _, name := range titleChain[:2] {
		all = append(all, s.titled(name, s.meta(name), ""))
	}
	for _, e := range s.subjects() {
		if e.is(subjectRank) > 1 {
			all = append(all, s.titled(e.source+" headline", e.first("headline", "name"), ""))
		}
	}
	for _, name := range titleChain[2:] {
		all = append(all, s.titled(name, s.meta(name), ""))
	}
	return unlessAllNames(append(all, s.titled("title", s.title, "")))
}

// titled makes a candidate of a title with the site's name off; one that is nothing but that name is refused.
func (s *signals) titled(source, value, refused string) Candidate {
	value = plain(value)
	bare := s.undated(s.unkicked(s.bare(value)))
	if bare == "" && value != "" && refused == "" {
		bare, refused = value, "site name"
	}
	if source != "heading" { // a reader sees a heading "undefined" on a page about that word
		refused = firstOf(refused, unfilledText(bare))
	}
	return Candidate{Value: bare, Source: source, Refused: refused}
}

// unlessAllNames lets the site's name stand as the title of a page that has no other.
func unlessAllNames(all []Candidate) []Candidate {
	for _, c := range all {
		if c.Refused == "" && c.Value != "" {
			return all
		}
	}
	for i := range all {
		if all[i].Refused == "site name" {
			all[i].Refused = ""
		}
	}
	return all
}

// isLanding tells a page that sells or lists rather than tells: it declares a type that is no article's, and has neither
// author nor date.
func (s *signals) isLanding(p *Page) bool {
	kind := strings.ToLower(s.meta("og:type"))
	return kind != "" && !strings.Contains(kind, "article") && !strings.Contains(kind, "blog") && len(p.Authors) == 0 && p.Published.IsZero()
}

// homeTitle is the title of a site's front page: the site's own name, where the title tag holds it; its headings are slogans.
func (s *signals) homeTitle() []Candidate {
	if !s.isHome() {
		return nil
	}
	var all []Candidate
	if tagline := s.bare(plain(s.meta("og:title"))); len(strings.Fields(tagline)) > 2 {
		all = append(all, Candidate{Value: tagline, Source: "og:title"})
	}
	all = append(all, Candidate{Value: s.titleSuffix(true), Source: "home page title"})
	if title := plain(s.title); s.isSiteName(title) {
		all = append(all, Candidate{Value: title, Source: "home page title"})
	}
	for _, n := range s.names {
		if n.Source == "og:site_name" && strings.Contains(letters(s.title), n.key) {
			all = append(all, n.Candidate)
		}
	}
	return all
}

// isHome tells a site's front page by its address.
func (s *signals) isHome() bool {
	return s.served != nil && s.served.Host != "" && strings.Trim(s.served.Path, "/") == "" && s.served.RawQuery == ""
}

// unkicked takes a kicker off a heading ("Sports | Headline", "Press release: Headline") where a declared title
// stands alone behind it, and counts of a listing off its end ("Shoes (158 items)").
func (s *signals) unkicked(heading string) string {
	for _, t := range s.declared {
		declared := s.bare(t.text)
		if len(declared) < 10 || len(declared) >= len(heading) {
			continue
		}
		if rest, found := strings.CutSuffix(heading, declared); found && endsPiece(rest) {
			return declared
		}
	}
	if i := strings.LastIndexByte(heading, '('); i > 3 && strings.HasSuffix(heading, ")") && i+1 < len(heading) && isDigit(heading[i+1]) && countWords(heading[i+1:]) {
		return strings.TrimSpace(heading[:i])
	}
	return heading
}

// undated takes a day off the front of a title: "23.01.2022 - Headline".
func (s *signals) undated(title string) string {
	if title == "" || !isDigit(title[0]) {
		return title
	}
	if _, start, end, ok := locateDate(title, s.order()); ok && start == 0 && end < len(title) && endsPiece(title[:end]) {
		return title[end:]
	}
	return title
}

// endsPiece tells whether a text ends with a separator.
func endsPiece(s string) bool {
	s = strings.TrimSpace(s)
	for _, sep := range []string{"|", ":", "-", "–", "—", "·", "•", "»", "/", "+++"} {
		if strings.HasSuffix(s, sep) {
			return true
		}
	}
	return false
}

// countWords tells "158 items)", "102+)" from "2019)" or "1/2)".
func countWords(s string) bool {
	s = strings.ToLower(strings.TrimSuffix(s, ")"))
	rest := strings.TrimLeft(s, "0123456789,.")
	return lex().counted[strings.TrimSpace(rest)]
}
