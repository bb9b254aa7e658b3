package explain

import (
	"fmt"
	"slices"

	"ingest/enrich"
	"ingest/enrich/page"
)

// ofAsset is a part of image, pdf or icon.
func (a account) ofAsset(s Source, name string, path []string) Source {
	it, part := a.r.Item, enrich.Part(name)
	asset, words := it.Image, "featured image"
	switch part {
	case enrich.PartPDF:
		asset, words = it.PDF, "featured PDF"
	case enrich.PartIcon:
		asset, words = it.Icon, "icon"
	}
	var candidates []page.Candidate
	if it.Page != nil {
		candidates = it.Page.Sources[name]
	}
	s.Kind = Web
	switch {
	case asset == nil:
		s.Text, s.Empty = words+": none", true
	case asset.Attachment != nil:
		s.Kind, s.ID = Attachment, asset.Attachment.ID
		s.Text = fmt.Sprintf("attachment %d %q", asset.Attachment.ID, cut(asset.Attachment.FileName))
	default:
		s.URL, s.Hop = cut(asset.Asked), a.hop()
		s.Text = a.tag(asset, candidates, words)
	}
	switch {
	case len(path) == 0 || path[0] == "name" || path[0] == "href":
		s.Lost = a.notTaken(part, asset, candidates)
	case asset != nil && path[0] == "attachment" && asset.Attachment == nil:
		s.Text, s.URL, s.Empty = words+": not an attachment", "", true
	case asset != nil && path[0] != "attachment":
		fact := path[0]
		if fact == "valid" {
			fact = "check"
		}
		s.Fact, s.Text = true, fact+" of "+s.Text
	}
	return s
}

// tag names the place of the page that an asset was named in.
func (a account) tag(asset *enrich.Asset, candidates []page.Candidate, words string) string {
	if asset.Asked == "" {
		return "the source itself"
	}
	for _, c := range candidates {
		if c.Value == asset.Asked {
			return c.Source + a.where()
		}
	}
	return words + " of the site" + a.where()
}

// notTaken are the files that could have been the asset: those that were tried
// and refused, and the page's other candidates.
func (a account) notTaken(part enrich.Part, asset *enrich.Asset, candidates []page.Candidate) []Candidate {
	var list []page.Candidate
	var tried []enrich.Refusal
	if a.r.Visit != nil {
		tried = a.r.Visit.Refused
	}
	for _, r := range tried {
		if r.Part == part {
			list = append(list, page.Candidate{Value: r.Source, Source: "tried", Refused: r.Reason})
		}
	}
	for _, c := range candidates {
		if i := slices.IndexFunc(list, func(t page.Candidate) bool { return t.Value == c.Value }); i >= 0 {
			list[i].Source = c.Source
			continue
		}
		if asset != nil && asset.Attachment != nil && c.Refused == "" {
			c.Refused = "an attachment goes first"
		}
		list = append(list, c)
	}
	winner := Value{}
	if asset != nil && asset.Attachment == nil {
		winner.V = cut(asset.Asked)
	}
	return others(list, winner)
}
