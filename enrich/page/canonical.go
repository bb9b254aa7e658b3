package page

import "strings"

// canonicalCandidates: rel=canonical is the definition (RFC 6596); og:url is often a short or older address.
func (s *signals) canonicalCandidates() []Candidate {
	var all []Candidate
	for _, l := range s.links {
		if hasWord(l.rel, "canonical") {
			all = append(all, s.canonicalOf(l.href, "link canonical"))
		}
	}
	all = append(all, s.canonicalOf(s.meta("og:url"), "og:url"))
	for _, e := range s.subjects() {
		if s.isThisPage(e.node) {
			all = append(all, s.canonicalOf(firstOf(e.first("url"), idOf(e.node["mainEntityOfPage"])), e.source+" url"))
		}
	}
	return all
}

func (s *signals) canonicalOf(href, source string) Candidate {
	c := Candidate{Value: s.repairHost(href), Source: source}
	if i := strings.IndexByte(c.Value, '#'); i > 0 {
		c.Value = c.Value[:i]
	}
	return c
}
