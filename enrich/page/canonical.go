package page

import "strings"

// canonicalCandidates: rel=canonical is the definition (RFC 6596), the first where there are several; og:url is often a short or older
// address. A page deep in a site whose template names the home page has not said its own.
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
	if s.served != nil && strings.Count(strings.Trim(s.served.Path, "/"), "/") > 0 && isHome(c.Value) {
		c.Refused = "home page"
	}
	if unfilled(strings.TrimSpace(href)) { // only the whole: some sites do end addresses with "/undefined"
		c.Refused = placeholder
	}
	return c
}

// isHome tells the address of a site's home page.
func isHome(address string) bool {
	_, rest, _ := strings.Cut(address, "://")
	_, path, found := strings.Cut(rest, "/")
	return rest != "" && (!found || path == "")
}
