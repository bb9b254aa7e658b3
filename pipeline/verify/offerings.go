package verify

import (
	"net/url"

	"ingest/output"
	"ingest/output/frontmatter"
)

// offerings holds the offerings that a document relates to against the
// catalogue: those on the site itself, whose permalink is a path.
func (r *run) offerings(page output.Page, matter frontmatter.Map, found *result) {
	for _, p := range r.places {
		if !p.offering {
			continue
		}
		for _, permalink := range p.values(matter) {
			u, err := url.Parse(permalink)
			if err == nil && (u.Host != "" || u.Scheme != "") {
				continue // on another site
			}
			if r.catalogue == nil {
				found.unknown++
				continue
			}
			found.offerings++
			if r.catalogue[output.URLKey(permalink)] || err == nil && r.catalogue[output.URLKey(u.Path)] {
				continue
			}
			found.findings = append(found.findings, Finding{r.Survey.File(page), Offering, "the catalogue has no offering " + permalink,
				"a run relates the document anew, if nobody has edited its offerings by hand; else take the offering out of it"})
		}
	}
}
