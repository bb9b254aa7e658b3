package explain

import (
	"fmt"
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/enrich/page"
	"ingest/pipeline"
)

// pageFields are the fields of package page by the names that expressions give
// them.
func pageFields() map[string]string {
	return map[string]string{"title": "title", "description": "description", "authors": "author", "published": "published", "modified": "modified",
		"siteName": "site_name", "canonical": "canonical", "lang": "lang"}
}

// ofPage is a part of page.
func (a account) ofPage(s Source, path []string) Source {
	s.Kind, s.Hop, s.Text = Page, a.hop(), "source page"
	p := a.r.Item.Page
	if p == nil {
		s.Text, s.Hop, s.Empty = "source page, which was not read", 0, true
		return s
	}
	if len(path) == 2 && path[0] == "meta" {
		s.Text = path[1] + a.where()
		if !strings.Contains(path[1], ":") {
			s.Text = "meta " + s.Text
		}
		s.Lost = others(repeated(p, path[1]), s.Value)
		return s
	}
	if len(path) > 0 {
		s.Text = path[0] + " of the page" + a.where()
		if field, ok := pageFields()[path[0]]; ok {
			return a.chosen(s, p.Sources[field])
		}
	}
	return s
}

// chosen takes the winner among candidates into a source, and those behind it.
func (a account) chosen(s Source, all []page.Candidate) Source {
	winner := s.Value
	if len(all) > 0 && all[0].Refused == "" {
		s.Text, winner = all[0].Source+a.where(), Value{cut(all[0].Value)}
	}
	s.Lost = others(all, winner)
	return s
}

// hop is the number of the hop whose page was read; 0 where none was.
func (a account) hop() int {
	if l := a.link(); l != nil && a.r.Item.Page != nil {
		return len(l.Hops)
	}
	return 0
}

// where says at which hop, where there was more than one.
func (a account) where() string {
	if n := a.hop(); n > 1 {
		return fmt.Sprintf(" at hop %d", n)
	}
	return ""
}

// others lists the candidates with another value than the winner's, each value
// once.
func others(all []page.Candidate, winner Value) []Candidate {
	var list []Candidate
	for _, c := range all {
		lost := Candidate{Source: c.Source, Value: cut(c.Value), Reason: c.Refused}
		if lost.Reason == "" {
			lost.Reason = c.Doubt
		}
		known := slices.ContainsFunc(list, func(other Candidate) bool { return other.Value == lost.Value })
		if winner.V == lost.Value || known || len(list) == MaxLost {
			continue
		}
		list = append(list, lost)
	}
	return list
}

// repeated are the values of a meta tag that stands more than once.
func repeated(p *page.Page, name string) []page.Candidate {
	var list []page.Candidate
	for _, properties := range []page.Properties{p.OpenGraph, p.Twitter} {
		for _, value := range properties.All(name) {
			if value != "" {
				list = append(list, page.Candidate{Value: value, Source: name, Refused: "the first one counts"})
			}
		}
	}
	return list
}

// ofLink is a part of link.
func (a account) ofLink(s Source, path []string) Source {
	l, field := a.link(), a.field(pipeline.FieldSourceURL)
	s.Kind, s.Text = LinkURL, "source URL"
	switch {
	case l == nil:
		s.Text, s.Empty = field, true
	case len(path) > 0 && path[0] == "original":
		s.Kind, s.Text = Field, field
	case len(path) > 0 && path[0] == "canonical":
		if a.r.Item.Page == nil {
			s.Text = "canonical URL of the page"
			break
		}
		s.Hop = a.hop()
		s = a.chosen(s, a.r.Item.Page.Sources["canonical"])
		s.Kind = Page
	case len(path) > 0 && path[0] == "hops":
		s.Text = "hops of the source URL"
	default:
		s = href(s, l)
		if len(path) > 0 && path[0] != "href" {
			s.Text = linkWord(path[0]) + " of the " + s.Text
		} else if l.Canonical != "" && l.Canonical != l.Href {
			s.Lost = []Candidate{{Source: "canonical", Value: cut(l.Canonical), Reason: "the link leads where the page answered"}}
		}
	}
	return s
}

// linkWord names a part of link that is made of its address.
func linkWord(part string) string {
	words := map[string]string{"brand": "host", "domain": "registered name", "health": "checks", "archived": "archived copy"}
	if word, ok := words[part]; ok {
		return word
	}
	return part
}

// href says where the published address comes from.
func href(s Source, l *enrich.Link) Source {
	n := len(l.Hops)
	switch {
	case n > 1 && l.Href == l.Hops[n-1].Clean:
		s.Hop, s.Text = n, fmt.Sprintf("end of the source URL's hops, hop %d", n)
	case l.Href != l.Clean:
		s.Text = "an earlier end of the source URL's hops"
	case l.Clean != l.Original:
		s.Text = "source URL, cleaned"
	}
	return s
}
