package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// picture is one picture of the content with what speaks for it.
type picture struct {
	Candidate

	score int
}

// contentImages ranks the pictures of the content: large, in or right above the text, no logo. It gives up to most
// of them, the best first, those that are no pictures of the content last and only where none is declared.
func (s *signals) contentImages(most int) []Candidate {
	var found, refused []picture
	for i := range s.images {
		if len(found) >= most || len(refused) >= maxPictures {
			break
		}
		e := &s.images[i]
		zones := e.in.zones(s.headlineAt())
		if most < maxPictures && zones&(offside|inBio) != 0 {
			continue // as a reserve it would not do, so its address need not be found
		}
		src := s.imageSource(e.node)
		if src == "" {
			continue
		}
		p := picture{Candidate: Candidate{Value: src, Source: "img"}}
		p.Refused = s.noContent(e, src, zones)
		if p.Refused == "" {
			p.score = s.imageScore(e, src, zones)
			found = append(found, p)
		} else if most == maxPictures {
			refused = append(refused, p)
		}
	}
	slices.SortStableFunc(found, func(a, b picture) int { return cmp.Compare(b.score, a.score) })
	all := make([]Candidate, 0, len(found)+len(refused))
	for _, p := range append(found, refused...) {
		all = append(all, p.Candidate)
	}
	return all
}

// noContent says why a picture is none of the content: by its place, its name, its size.
func (s *signals) noContent(e *element, src string, zones zone) string {
	if zones&(offside|inBio) != 0 {
		return "outside of the content"
	}
	if strings.Contains(attr(e.node, "style"), "display:none") {
		return "hidden"
	}
	if e.marks&markLogo != 0 || standsIn(e.node, markLogo|markAuthor|markUser) {
		return "logo or portrait"
	}
	if why := firstOf(placeholderName(src), logoName(src), decorName(src)); why != "" {
		return why
	}
	switch strings.ToLower(fileExtension(withoutQuery(src))) {
	case "svg", "gif":
		return "drawing"
	}
	if width, height := imageSize(e.node, src); width > 0 && width < 120 || height > 0 && height < 80 {
		return "too small"
	}
	return ""
}

// standsIn tells whether the element or one of the three around it is marked so.
func standsIn(n *html.Node, marks mark) bool {
	for range 4 {
		if n == nil || n.Type != html.ElementNode {
			return false
		}
		if class := attr(n, "class"); class != "" && readClass(class).mark&marks != 0 {
			return true
		}
		if id := attr(n, "id"); id != "" && readClass(id).mark&markLogo&marks != 0 {
			return true
		}
		n = n.Parent
	}
	return false
}

// largeWidth is the width, in pixels, from which a picture illustrates rather than decorates.
const largeWidth = 400

// imageScore weighs place and size.
func (s *signals) imageScore(e *element, src string, zones zone) int {
	score := 10
	if width, _ := imageSize(e.node, src); width >= largeWidth {
		score += 10
	}
	if zones&(inArticle|inMain) != 0 {
		score += 10
	} else if zones&inHeader != 0 {
		score -= 8
	}
	if s.headline != nil {
		if e.at > s.headline.at {
			score += 6
		}
		score -= min(abs(e.at-s.headline.at)/50, 10)
	}
	return score
}

// imageSize is what a picture's attributes say of its size, or else its name; 0 where nothing does.
func imageSize(n *html.Node, src string) (width, height int) {
	width, height = pixels(attr(n, "width")), pixels(attr(n, "height"))
	if width == 0 && height == 0 {
		return sizeInName(src)
	}
	return width, height
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// pixels reads a width or height attribute; 0 where it is none.
func pixels(v string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(v), "px"))
	if err != nil {
		return 0
	}
	return n
}
