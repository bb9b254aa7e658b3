package page

import (
	"slices"
	"strings"
)

// byline is one place that names authors.
type byline struct {
	source string
	names  []string
	kind   agentKind
}

// agentKind is what structured data says of an author.
type agentKind int

const (
	anyone agentKind = iota
	person
	organization
)

// authorMetas are the meta tags that name authors.
var authorMetas = []string{ //nolint:gochecknoglobals // read-only table
	"citation_author", "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author", "article.author", "dc.contributor", "og:article:author", "bt:author", "author-name", "authors", "byline", "mrc__author", "auth", "creator", "citation_authors", "vr:author", "rbauthors", "eprints.creators_name",
}

// decideAuthors picks the authors: the first place that names persons, unless two others agree on different ones; failing
// persons, the first that names anyone but the site itself; failing these, the site.
func (s *signals) decideAuthors(p *Page) []string {
	all := withoutAccounts(s.bylines())
	votes := countVotes(all)
	var personal, pens, distant, others, own []byline
	for _, b := range all {
		names := s.persons(b)
		switch {
		case len(names) > 0 && b.source == distantText:
			distant = append(distant, byline{b.source, names, b.kind})
		case len(names) > 0:
			b.names = names
			personal = append(personal, b)
		case votes.of(b) > 3 && !s.isSiteName(b.names[0]):
			pens = append(pens, b) // a desk that nearly every place agrees on
		case votes.of(b) > 1 && !s.isOutlet(b.names[0]):
			pens = append(pens, b) // a pen name that several places agree on
		case b.kind == person && s.isSiteName(b.names[0]) && !isDomainLike(b.names[0]):
			distant = append([]byline{b}, distant...) // a person whose site bears the name
		case s.isSiteName(b.names[0]):
			own = append(own, b)
		default:
			others = append(others, b)
		}
	}
	personal = outvoted(personal)
	if len(personal) > 0 && votes.of(personal[0]) > 1 {
		pens = append(personal, pens...)
	} else {
		pens = append(pens, personal...)
	}
	ranked := completed(slices.Concat(pens, distant, others, own))
	list := make([]Candidate, len(ranked))
	for i, b := range ranked {
		list[i] = Candidate{Value: strings.Join(b.names, "; "), Source: b.source}
	}
	if list = rank(list); len(list) == 0 {
		return nil
	}
	p.Sources["author"] = list
	return ranked[0].names
}

// distantText is the source of bylines found in the text far from the headline.
const distantText = "text"

// bylines collects every place that names authors: structured data about the article, meta tags, marked elements,
// plain text near the headline, and last what ends or begins other texts of the article.
func (s *signals) bylines() []byline {
	var all []byline
	add := func(source string, kind agentKind, raw []string) {
		var names []string
		if kind == organization {
			names = statedNames(raw)
		}
		if len(names) == 0 {
			names = s.namesOf(raw)
		}
		if len(names) == 0 && kind == person {
			names = statedNames(raw)
		}
		if len(names) > 0 {
			all = append(all, byline{source, names, kind})
		}
	}
	articles := func(key string) {
		for _, e := range s.subjects() {
			if e.is(subjectRank) >= 5 {
				raw, kind := s.agents(e.node, key)
				add(e.source+" "+key, kind, raw)
			}
		}
	}
	articles("author")
	for _, name := range authorMetas {
		add(name, anyone, s.metaAuthors(name))
	}
	articles("creator")
	add("twitter:data", anyone, s.labelledAuthor())
	for _, e := range s.subjects() {
		if r := e.is(subjectRank); r >= 3 && r < 5 && e.top {
			if raw, kind := s.agents(e.node, "author"); kind == person {
				add(e.source+" page author", kind, raw)
			}
		}
	}
	all = append(all, s.posterNames()...)
	strong, weak, far := s.markedAuthors()
	all = append(all, strong...)
	if !s.isHome() { // a front page names the authors of its teasers
		all = slices.Concat(all, weak, s.nearBylines())
	}
	if !s.isHome() && !slices.ContainsFunc(all, func(b byline) bool { return len(s.persons(b)) > 0 }) {
		all = slices.Concat(all, s.distantBylines(), far)
	}
	for _, e := range s.subjects() {
		if r := e.is(subjectRank); r >= 3 && r < 5 && e.top {
			raw, kind := s.agents(e.node, "author")
			add(e.source+" page author", kind, raw)
		}
	}
	return all
}

// namesOf reads several bylines as one.
func (s *signals) namesOf(raw []string) []string {
	var names []string
	for _, r := range raw {
		if names = append(names, s.authorNames(r)...); len(names) > maxNames {
			break
		}
	}
	return distinct(names)
}

// labelledAuthor reads the pairs twitter:label1 and twitter:data1 where the label speaks of writing.
func (s *signals) labelledAuthor() []string {
	for _, n := range []string{"1", "2"} {
		label := strings.ToLower(plain(s.meta("twitter:label" + n)))
		if label == "" {
			continue
		}
		if lex().writing.has(label) {
			return []string{s.meta("twitter:data" + n)}
		}
	}
	return nil
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

// withoutAccounts drops the log-in names of a site's keeper where any other byline is there.
func withoutAccounts(all []byline) []byline {
	others := slices.DeleteFunc(slices.Clone(all), func(b byline) bool { return len(b.names) == 1 && isAccount(b.names[0]) })
	if len(others) == 0 {
		return all
	}
	return others
}

// isAccount tells the names that publishing systems give to the first account.
func isAccount(name string) bool {
	switch strings.ToLower(name) {
	case "admin", "administrator", "webmaster", "root", "superuser", "sysadmin", "siteadmin", "wpadmin":
		return true
	}
	return false
}
