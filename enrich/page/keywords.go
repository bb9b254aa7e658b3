package page

import "strings"

// maxKeywords bounds the list; pages that stuff more are after search engines, not readers.
const maxKeywords = 100

// keywords joins what the page is tagged with, in order, without repetitions.
func (s *signals) keywords() []string {
	var all []string
	seen := map[string]bool{}
	add := func(list string) {
		for _, k := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ';' || r == '、' || r == '，' }) {
			k = plain(k)
			key := strings.ToLower(k)
			if k == "" || len(k) > 100 || unfilled(k) || seen[key] || len(all) >= maxKeywords {
				continue
			}
			seen[key] = true
			all = append(all, k)
		}
	}
	for _, name := range []string{"keywords", "news_keywords", "article:tag", "og:article:tag", "citation_keywords", "citation_keyword", "swiftype-tags", "dc.subject", "dcterms.subject", "sailthru.tags", "parsely-tags"} {
		for _, v := range s.metaAll(name) {
			add(v)
		}
	}
	for _, e := range s.subjects() {
		for _, v := range texts(e.node["keywords"]) {
			add(v)
		}
	}
	for i := range s.tags {
		if len(all) >= maxKeywords || i >= maxKeywords {
			break
		}
		if t := &s.tags[i]; t.in.zones(s.headlineAt())&offside == 0 {
			add(text(t.node))
		}
	}
	return all
}
