package page

// pdfCandidates: the scholarly tag first, then an alternate link, then structured data, then a single link to a PDF.
// Several links to different PDFs are references, not the page's own version.
func (s *signals) pdfCandidates() []Candidate {
	var all []Candidate
	for _, name := range []string{"citation_pdf_url", "bepress_citation_pdf_url", "eprints.document_url", "wkhealth_pdf_url"} {
		all = append(all, Candidate{Value: s.resolve(s.meta(name)), Source: name})
	}
	for _, l := range s.links {
		if hasWord(l.rel, "alternate") && l.kind == "application/pdf" {
			all = append(all, Candidate{Value: s.resolve(l.href), Source: "link alternate"})
		}
	}
	for _, e := range s.subjects() {
		s.graph.each(e.node["encoding"], func(_ string, n node) {
			if n.first("encodingFormat", "fileFormat") == "application/pdf" {
				all = append(all, Candidate{Value: s.resolve(n.first("contentUrl", "url")), Source: e.source + " encoding"})
			}
		})
	}
	return append(all, s.linkedPDFs()...)
}

func (s *signals) linkedPDFs() []Candidate {
	var all []Candidate
	distinct := map[string]bool{}
	for i := range s.anchors {
		a := &s.anchors[i]
		if a.in.zones(s.headlineAt())&offside != 0 {
			continue
		}
		if abs := s.resolve(attr(a.node, "href")); abs != "" && !distinct[abs] {
			distinct[abs] = true
			all = append(all, Candidate{Value: abs, Source: "link to a PDF"})
		}
		if len(all) >= 20 {
			break
		}
	}
	if len(all) > 1 {
		for i := range all {
			all[i].Refused = "one of several PDFs"
		}
	}
	return all
}

// headlineAt is the headline's place; 0 where there is none.
func (s *signals) headlineAt() int {
	if s.headline == nil {
		return 0
	}
	return s.headline.at
}
