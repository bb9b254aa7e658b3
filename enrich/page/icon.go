package page

import (
	"cmp"
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

	dark bool // for dark screens only
}

// icons lists the declared icons, the best for a card first, so that the list is also the order in which to try them.
func (s *signals) icons() []Icon {
	var all []Icon
	for _, l := range s.links {
		rel := iconRel(l.rel)
		if rel == "" || blank(l.href) {
			continue
		}
		if abs := s.resolve(l.href); abs != "" {
			all = append(all, Icon{Href: abs, Rel: rel, Sizes: strings.TrimSpace(l.sizes), Type: l.kind, dark: strings.Contains(l.media, "dark")})
		}
	}
	if tile := s.resolve(s.meta("msapplication-tileimage")); tile != "" {
		all = append(all, Icon{Href: tile, Rel: "msapplication-TileImage"})
	}
	slices.SortStableFunc(all, func(a, b Icon) int { return cmp.Compare(b.rank(), a.rank()) })
	return all
}

// iconRel names the kind of icon a link declares; "" for other links.
func iconRel(rel string) string {
	if hasWord(rel, "mask-icon") {
		return "mask-icon" // whatever else it is said to be, it has no colours
	}
	for word := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch word {
		case "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "fluid-icon":
			return word
		}
	}
	return ""
}

// iconCandidates gives the icons as candidates, in their order.
func iconCandidates(icons []Icon) []Candidate {
	all := make([]Candidate, 0, len(icons))
	for _, i := range icons {
		all = append(all, Candidate{Value: i.Href, Source: i.Rel})
	}
	return all
}

// Sides of icons in pixels. A card shows an icon at 32 to 96, on dense screens at twice that: cardSide is the best a picture
// of dots can be, a touch icon of no stated size is touchSide (Apple's default), any other icon smallSide.
const (
	cardSide  = 192
	touchSide = 180
	smallSide = 32
)

// rank orders icons: drawings first, sharp at any size; then by size up to cardSide, and what is made to be an icon before
// what is made for the desks of telephones; then tiles, icons for dark screens, and masks, which have no colours.
func (i Icon) rank() int {
	switch {
	case i.Rel == "mask-icon":
		return 0
	case i.dark:
		return 1
	case i.Rel == "msapplication-TileImage":
		return 2
	case i.Rel == "fluid-icon":
		return 3
	}
	side := i.side()
	if i.Rel == "icon" {
		side += smallSide
	}
	return side
}

// side is an icon's greatest stated side as far as it serves, or the usual one.
func (i Icon) side() int {
	if i.Type == "image/svg+xml" || strings.EqualFold(fileExtension(withoutQuery(i.Href)), "svg") {
		return 2 * cardSide
	}
	best := 0
	for size := range strings.FieldsSeq(strings.ToLower(i.Sizes)) {
		side, _, _ := strings.Cut(size, "x")
		if n, err := strconv.Atoi(side); err == nil && n > best {
			best = n
		}
	}
	switch {
	case best > cardSide:
		return cardSide - 1 // heavier, and no better
	case best > 0:
		return best
	case i.Rel == "icon":
		return smallSide
	}
	return touchSide
}
