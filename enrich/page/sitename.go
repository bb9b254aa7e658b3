package page

import (
	"slices"
	"strings"
)

// siteNameCandidates: the declared name, then the name that titles end with where the address backs it, then what
// structured data calls the site. The publisher of an article comes late: syndicated texts name an agency there.
func (s *signals) siteNameCandidates() []Candidate {
	var all []Candidate
	add := func(source, value string) {
		if value = plain(value); value != "" && len(value) <= 100 {
			all = append(all, Candidate{Value: value, Source: source, Refused: notAName(value)})
		}
	}
	for _, name := range []string{"og:site_name", "og:sitename"} {
		add(name, s.meta(name))
	}
	add("title suffix", s.titleSuffix(true))
	for _, e := range s.graph.entities {
		if slices.Contains(e.types(), "WebSite") {
			add(e.source+" WebSite", e.first("name"))
		}
	}
	for _, name := range []string{"application-name", "apple-mobile-web-app-title", "al:ios:app_name", "al:android:app_name", "dc.publisher"} {
		add(name, s.meta(name))
	}
	for _, e := range s.subjects() {
		s.graph.each(e.node["publisher"], func(t string, n node) { add(e.source+" publisher", firstOf(t, n.first("name"))) })
	}
	for _, e := range s.graph.entities {
		if e.is(siteKinds) > 0 {
			add(e.source+" organization", e.first("name"))
		}
	}
	return all
}

// notAName refuses what is no site's name.
func notAName(v string) string {
	switch {
	case strings.Contains(v, "://"):
		return "an address"
	case strings.HasPrefix(v, "@"):
		return "a handle"
	}
	return unfilledText(v)
}

// titleSuffix is the last (or first) piece of the title tag where the domain backs it.
func (s *signals) titleSuffix(backed bool) string {
	for _, sep := range separatorsIn(s.title) {
		head, tail, found := cutLast(s.title, sep)
		if !found {
			continue
		}
		if tail = trimPiece(tail); s.dom.backs(tail) && backed {
			return tail
		}
		head, _, _ = strings.Cut(head, sep)
		if head = trimPiece(head); s.dom.backs(head) && backed {
			return head
		}
	}
	return ""
}

// backs tells whether the domain speaks for a name.
func (d domain) backs(name string) bool {
	key := letters(name)
	return key != "" && (d.names(key) || d.abbreviates(name))
}
