package page

// descriptionChain is where summaries are declared.
var descriptionChain = []string{ //nolint:gochecknoglobals // read-only table
	"og:description", "description", "twitter:description", "dc.description", "dcterms.description", "dc.description.abstract", "dcterms.abstract", "citation_abstract", "sailthru.description", "abstract", "summary",
}

func (s *signals) descriptionCandidates() []Candidate {
	var all []Candidate
	for _, name := range descriptionChain {
		for _, v := range s.metaAll(name) {
			all = append(all, Candidate{Value: plain(v), Source: name})
		}
	}
	for _, e := range s.subjects() {
		all = append(all, Candidate{Value: e.first("description", "abstract"), Source: e.source + " description"})
	}
	return all
}
