package page

import (
	"time"
)

// modifiedMetas are the meta tags that name the last change.
var modifiedMetas = []string{ //nolint:gochecknoglobals // read-only table
	"article:modified_time", "og:article:modified_time", "og:modified_time", "og:updated_time", "article:modified", "article:updated_time", "datemodified", "article:updated", "dcterms.modified", "dc.date.modified", "dc.modified", "last-modified", "lastmod", "lastmodified", "last_modified",
	"modified", "modified_time", "modificationdate", "modified-date", "updated", "updated_time", "revised", "eomportal-lastupdate", "shareaholic:article_modified_time", "moddate", "revision_date", "article_date_updated", "gsa:lastmodified", "date_modified", "last-updated", "lastupdated", "bt:moddate",
}

// modifiedCandidates: the structured statements only; a date in the text is too often another one. A change before
// the publication is none.
func (s *signals) modifiedCandidates(published Date) []dated {
	var all []dated
	add := func(d dated) {
		if d.Value == "" {
			return
		}
		if d.Refused == "" && !published.IsZero() && d.date.Day() < published.Day() && published.Time.Sub(d.date.Time) > 26*time.Hour {
			d.Refused = "before the publication"
		}
		all = append(all, d)
	}
	for _, name := range modifiedMetas[:4] {
		add(s.dateFrom(name, s.meta(name)))
	}
	for _, e := range s.datedSubjects() {
		add(s.dateFrom(e.source+" dateModified", e.first("dateModified")))
	}
	for _, name := range modifiedMetas[4:] {
		add(s.dateFrom(name, s.meta(name)))
	}
	sure, _ := s.markedDates(markUpdated)
	for _, d := range sure {
		add(d)
	}
	return all
}
