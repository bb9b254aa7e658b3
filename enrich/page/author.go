package page

import "strings"

// byline is one place that names authors.
type byline struct {
	source string
	names  []string
}

// authorMetas are the meta tags that name authors.
var authorMetas = []string{ //nolint:gochecknoglobals // read-only table
	"citation_author", "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author", "article.author", "dc.contributor", "og:article:author", "bt:author", "author-name", "authors", "byline", "mrc__author", "auth", "creator", "citation_authors", "vr:author", "rbauthors", "eprints.creators_name",
}

// decideAuthors picks the authors: the first place that names persons, else the first that names anyone.
func (s *signals) decideAuthors(p *Page) []string {
	all := s.bylines()
	var won []string
	var list []Candidate
	for _, personal := range []bool{true, false} {
		for _, b := range all {
			names := b.names
			if personal {
				names = s.persons(names)
			}
			if len(names) == 0 {
				continue
			}
			if won == nil {
				won = names
			}
			list = append(list, Candidate{Value: strings.Join(names, "; "), Source: b.source})
		}
	}
	if ranked := rank(list); len(ranked) > 0 {
		p.Sources["author"] = ranked
	}
	return won
}

// bylines collects every place that names authors: structured data about the article, meta tags, marked elements,
// plain text near the headline.
func (s *signals) bylines() []byline {
	var all []byline
	add := func(source string, raw []string) {
		var names []string
		for _, r := range raw {
			names = append(names, s.authorNames(r)...)
		}
		if names = distinct(names); len(names) > 0 {
			all = append(all, byline{source, names})
		}
	}
	for _, e := range s.subjects() {
		if e.is(subjectRank) >= 5 {
			add(e.source+" author", s.agents(e.node, "author"))
		}
	}
	for _, name := range authorMetas {
		add(name, s.metaAuthors(name))
	}
	for _, e := range s.subjects() {
		if e.is(subjectRank) >= 5 {
			add(e.source+" creator", s.agents(e.node, "creator"))
		}
	}
	all = append(all, s.markedAuthors()...)
	all = append(all, s.textBylines()...)
	for _, e := range s.subjects() {
		if r := e.is(subjectRank); r >= 3 && r < 5 && e.top {
			add(e.source+" page author", s.agents(e.node, "author"))
		}
	}
	return all
}

// agents gives the names of the people a property holds, references followed.
func (s *signals) agents(n node, key string) []string {
	var all []string
	s.graph.each(n[key], func(t string, agent node) {
		if agent != nil {
			if t = agent.first("name"); t == "" {
				t = strings.TrimSpace(agent.first("givenName") + " " + agent.first("familyName"))
			}
			if t == "" {
				s.graph.each(agent["name"], func(_ string, inner node) { t = inner.first("name") })
			}
		}
		all = append(all, t)
	})
	return all
}

func (s *signals) metaAuthors(name string) []string {
	values := s.metaAll(name)
	if !strings.HasPrefix(name, "citation_author") && name != "dc.creator" {
		return values
	}
	for i, v := range values {
		values[i] = givenFirst(v)
	}
	return values
}

// givenFirst turns "Doe, Jane" round, as citation tags write names.
func givenFirst(v string) string {
	family, given, found := strings.Cut(v, ",")
	if !found || strings.ContainsAny(given, ",;") || len(strings.Fields(family)) > 3 || len(strings.Fields(given)) > 3 {
		return v
	}
	return strings.TrimSpace(given) + " " + strings.TrimSpace(family)
}

func distinct(names []string) []string {
	seen := map[string]bool{}
	kept := names[:0]
	for _, n := range names {
		if key := letters(n); !seen[key] {
			seen[key] = true
			kept = append(kept, n)
		}
	}
	return kept
}
