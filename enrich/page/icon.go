package page

import (
	"slices"
	"strconv"
	"strings"
)

// Icon is one declared icon of the site.
type Icon struct {
	Href  string `json:"href"`            // absolute
	Rel   string `json:"rel"`             // "icon", "apple-touch-icon", "mask-icon", …
	Sizes string `json:"sizes,omitempty"` // as declared: "32x32", "any"
	Type  string `json:"type,omitempty"`  // declared media type
}

// icons lists the declared icons in the page's order.
func (s *signals) icons() []Icon {
	var all []Icon
	for _, l := range s.links {
		rel := iconRel(l.rel)
		if rel == "" || blank(l.href) {
			continue
		}
		if abs := s.resolve(l.href); abs != "" {
			all = append(all, Icon{Href: abs, Rel: rel, Sizes: strings.TrimSpace(l.sizes), Type: l.kind})
		}
	}
	if tile := s.resolve(s.meta("msapplication-tileimage")); tile != "" {
		all = append(all, Icon{Href: tile, Rel: "msapplication-TileImage"})
	}
	return all
}

// iconRel names the kind of icon a link declares; "" for other links.
func iconRel(rel string) string {
	for word := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch word {
		case "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "fluid-icon":
			return word
		}
	}
	return ""
}

// iconCandidates orders icons by what they are made for: rel=icon before the touch icons, and among these
// the larger before the smaller, up to 192 pixels. Mask icons are one-coloured and come last.
func iconCandidates(icons []Icon) []Candidate {
	ordered := slices.Clone(icons)
	slices.SortStableFunc(ordered, func(a, b Icon) int { return iconRank(b) - iconRank(a) })
	all := make([]Candidate, 0, len(ordered))
	for _, i := range ordered {
		all = append(all, Candidate{Value: i.Href, Source: i.Rel})
	}
	return all
}

func iconRank(i Icon) int {
	rank := 0
	switch i.Rel {
	case "icon":
		rank = 10_000
	case "apple-touch-icon", "apple-touch-icon-precomposed":
		rank = 5_000
	case "fluid-icon":
		rank = 2_000
	}
	side, _, _ := strings.Cut(strings.ToLower(i.Sizes), "x")
	if n, err := strconv.Atoi(side); err == nil {
		rank += min(n, 192)
	}
	return rank
}
