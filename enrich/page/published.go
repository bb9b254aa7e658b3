package page

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"
)

// dated is a candidate that could be read as a date.
type dated struct {
	Candidate
	date Date
}

// publishedMetas are the meta tags that name the publication, the plainest first.
var publishedMetas = []string{ //nolint:gochecknoglobals // read-only table
	"article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "rnews:datepublished", "og:pubdate", "article.published",
	"citation_publication_date", "citation_online_date", "citation_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
	"originalpublicationdate", "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "publication-date", "published_time", "published", "date", "date_published", "article_date_original",
	"displaydate", "pdate", "ptime", "shareaholic:article_published_time", "vr:published_time", "gsa:publishdate", "dateissued", "rbpubdate", "article-publication-date", "bt:pubdate", "prism.publicationdate", "msvalidate.date", "og:release_date", "firstpublished", "first-published",
}

// decideDates fills Published and Modified.
func (s *signals) decideDates(p *Page) {
	p.Published = keepDate(p, "published", s.publishedCandidates())
	p.Modified = keepDate(p, "modified", s.modifiedCandidates(p.Published))
}

func keepDate(p *Page, field string, all []dated) Date {
	var won Date
	list := make([]Candidate, len(all))
	for i, d := range all {
		list[i] = d.Candidate
		if won.IsZero() && d.Refused == "" {
			won = d.date
		}
	}
	if ranked := rank(list); len(ranked) > 0 {
		p.Sources[field] = ranked
	}
	return won
}

// dateFrom reads a candidate; an unreadable one is kept as refused, for explaining.
func (s *signals) dateFrom(source, value string) dated {
	value = plain(value)
	d, ok := parseStamp(value, s.order())
	c := Candidate{Value: value, Source: source}
	if !ok {
		if value != "" {
			c.Refused = "no complete date"
		}
		return dated{Candidate: c}
	}
	c.Value = d.String()
	return dated{c, d}
}

// publishedCandidates: what the page states for machines, then marked elements, the address, and last a date that stands
// beside the headline.
func (s *signals) publishedCandidates() []dated {
	var all []dated
	add := func(d dated) {
		if d.Value != "" {
			all = append(all, d)
		}
	}
	for _, name := range publishedMetas[:8] {
		add(s.dateFrom(name, s.meta(name)))
	}
	for _, e := range s.datedSubjects() {
		add(s.dateFrom(e.source+" datePublished", e.first("datePublished")))
	}
	for _, name := range publishedMetas[8:] {
		add(s.dateFrom(name, s.meta(name)))
	}
	for _, m := range s.metas {
		if saysPublished(m.Name) {
			add(s.dateFrom(m.Name, m.Content))
		}
	}
	all = s.preferOlder(all)
	sure, likely := s.markedDates(markDate)
	all = append(all, sure...)
	if inAddress, ok := s.addressDate(); ok {
		add(dated{Candidate{Value: inAddress.String(), Source: "address"}, inAddress})
	}
	all = append(all, s.visibleDates(likely, settled(all))...)
	for _, e := range s.datedSubjects() {
		add(s.dateFrom(e.source+" dateCreated", e.first("dateCreated", "uploadDate", "published")))
	}
	for _, name := range createdMetas {
		add(s.dateFrom(name, s.meta(name)))
	}
	if !settled(all) {
		add(s.titleDate())
		add(s.loneTime())
	}
	s.refuseEventDays(all)
	return all
}

// titleDate is the day that the title tag gives as a piece of its own: "Headline - 07.12.2017 - Site".
func (s *signals) titleDate() dated {
	if !hasDigit(s.title) {
		return dated{}
	}
	for _, sep := range separatorsIn(s.title) {
		for _, piece := range strings.Split(s.title, sep)[1:] {
			if d, start, end, ok := locateDate(strings.TrimSpace(piece), s.order()); ok && start == 0 && end >= len(strings.TrimSpace(piece)) {
				return dated{Candidate{Value: d.String(), Source: "title"}, d}
			}
		}
	}
	return dated{}
}

// loneTime is the only day that <time> elements outside of the menus and lists name, however far from the headline.
func (s *signals) loneTime() dated {
	var lone dated
	for i := range s.times {
		e := &s.times[i]
		if e.node.DataAtom != atom.Time || e.in.zones(s.headlineAt())&offside != 0 || s.announces(e) {
			continue
		}
		d := s.dateFrom("lone time", attr(e.node, "datetime"))
		if d.Refused != "" || d.Value == "" {
			continue
		}
		if !lone.date.IsZero() && !sameDay(lone.date, d.date) {
			return dated{}
		}
		lone = d
	}
	return lone
}

// settled tells that a date was found.
func settled(all []dated) bool {
	return slices.ContainsFunc(all, func(d dated) bool { return d.Refused == "" })
}

// createdMetas tell when a record was made, which may be long before or after the publication.
var createdMetas = []string{"dcterms.created", "datecreated", "dc.date.created", "dc.created", "created", "article:create_time", "article:created_time", "timestamp"} //nolint:gochecknoglobals // read-only table

// saysPublished tells meta names that speak of a date of publication in words of their own ("w-published-date").
func saysPublished(name string) bool {
	return strings.Contains(name, "publ") && (strings.Contains(name, "date") || strings.Contains(name, "time")) && !strings.Contains(name, "modif") && !strings.Contains(name, "updat") && !strings.Contains(name, "unpub") && !strings.Contains(name, "expir")
}

// datedSubjects are the nodes whose dates are the page's own: those that name the page, and the first of any kind; of
// several articles in a list only one is this page.
func (s *signals) datedSubjects() []entity {
	var own []entity
	seen := map[int]bool{}
	for _, e := range s.subjects() {
		r := e.is(subjectRank)
		if r < 3 || r == 4 || !e.top {
			continue
		}
		if !seen[r] || s.isThisPage(e.node) {
			own = append(own, e)
		}
		seen[r] = true
	}
	return own
}

// preferOlder settles statements that contradict each other: where two dates are more than a day apart the
// first publication is the older, unless the address carries the day of the first-ranked one.
func (s *signals) preferOlder(all []dated) []dated {
	first := -1
	for i := range all {
		if all[i].Refused != "" {
			continue
		}
		if first < 0 {
			first = i
			continue
		}
		if all[first].date.Time.Sub(all[i].date.Time) > 26*time.Hour {
			if at, ok := s.addressDate(); ok && sameDay(at, all[first].date) {
				continue
			}
			older := all[i]
			copy(all[first+1:i+1], all[first:i])
			all[first] = older
		}
	}
	return all
}

func sameDay(a, b Date) bool { return a.Day() == b.Day() }
