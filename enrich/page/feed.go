package page

import "strings"

// Feed is a feed that the page names.
type Feed struct {
	Href  string `json:"href"`
	Type  string `json:"type"`
	Title string `json:"title,omitempty"`
}

// feeds lists the alternate links to RSS, Atom and JSON feeds.
func (s *signals) feeds() []Feed {
	var all []Feed
	for _, l := range s.links {
		if !hasWord(l.rel, "alternate") || !isFeed(l.kind) {
			continue
		}
		if abs := s.resolve(l.href); abs != "" {
			all = append(all, Feed{Href: abs, Type: l.kind, Title: plain(l.title)})
		}
	}
	return all
}

func isFeed(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml":
		return true
	}
	return false
}
