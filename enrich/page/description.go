package page

// descriptionChain is where summaries are declared.
var descriptionChain = []string{ //nolint:gochecknoglobals // read-only table
	"og:description", "description", "twitter:description", "dc.description", "dcterms.description", "dc.description.abstract", "dcterms.abstract", "citation_abstract", "sailthru.description", "abstract", "summary",
}

func (s *signals) descriptionCandidates() []Candidate {
	var all []Candidate
	add := func(source, value string) {
		all = append(all, Candidate{Value: value, Source: source, Refused: unfilledText(value)})
	}
	for _, name := range descriptionChain {
		for _, v := range s.metaAll(name) {
			add(name, plain(v))
		}
	}
	for _, e := range s.subjects() {
		add(e.source+" description", e.first("description", "abstract"))
	}
	return all
}
