package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// contentImages ranks the pictures of the content where none is declared: large, in or right above the text, no logo.
func (s *signals) contentImages() []Candidate {
	var all []Candidate
	best, bestScore := -1, 0
	for i := range s.images {
		if len(all) >= 30 {
			break
		}
		e := &s.images[i]
		src := s.imageSource(e.node)
		if src == "" {
			continue
		}
		c := Candidate{Value: src, Source: "img", Refused: notContent(src)}
		score := s.imageScore(e, src)
		if score <= 0 && c.Refused == "" {
			c.Refused = "not a picture of the content"
		}
		all = append(all, c)
		if c.Refused == "" && score > bestScore {
			best, bestScore = len(all)-1, score
		}
	}
	if best > 0 {
		all[0], all[best] = all[best], all[0]
	}
	return all
}

// imageSource is the address of the real picture behind an <img>: the largest of its srcset, or the lazy-loading
// attribute where src holds a placeholder.
func (s *signals) imageSource(n *html.Node) string {
	if n.DataAtom != atom.Img && n.Data != "amp-img" {
		return ""
	}
	for _, key := range []string{"data-original", "data-src", "data-lazy-src", "data-lazy", "data-full-src", "data-large-file", "data-hi-res-src", "data-image", "data-url"} {
		if abs := s.resolve(attr(n, key)); abs != "" {
			return abs
		}
	}
	if src := attr(n, "src"); src != "" && !strings.HasPrefix(src, "data:") {
		if abs := s.resolve(src); abs != "" && refusedImage(abs, emptyWords) == "" {
			return abs
		}
	}
	for _, key := range []string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if abs := s.resolve(largest(attr(n, key))); abs != "" {
			return abs
		}
	}
	return s.resolve(attr(n, "src"))
}

// largest picks the address with the highest width or density of a srcset (HTML standard, section 4.8.4.2.1).
// Addresses may hold commas, so the pieces end at a comma followed by white space, or at a descriptor.
func largest(srcset string) string {
	if len(srcset) > 20_000 {
		return ""
	}
	best, bestSize := "", -1.0
	fields := strings.Fields(srcset)
	for i := 0; i < len(fields); i++ {
		href := strings.Trim(fields[i], ",")
		size := 1.0
		if !strings.HasSuffix(fields[i], ",") && i+1 < len(fields) {
			if n, ok := descriptor(fields[i+1]); ok {
				size = n
				i++
			}
		}
		if href != "" && size > bestSize {
			best, bestSize = href, size
		}
	}
	return best
}

func descriptor(v string) (float64, bool) {
	v = strings.TrimSuffix(v, ",")
	if len(v) < 2 || v[len(v)-1] != 'w' && v[len(v)-1] != 'x' && v[len(v)-1] != 'h' {
		return 0, false
	}
	n, err := strconv.ParseFloat(v[:len(v)-1], 64)
	return n, err == nil
}

func notContent(src string) string {
	if why := refusedImage(src, emptyWords); why != "" {
		return why
	}
	return refusedImage(src, logoWords)
}

// imageScore weighs place and size; 0 or less refuses.
func (s *signals) imageScore(e *element, src string) int {
	zones := e.in.zones(s.headlineAt())
	if zones&(offside|inBio) != 0 || e.marks&markLogo != 0 {
		return 0
	}
	score := 10
	width, height := pixels(attr(e.node, "width")), pixels(attr(e.node, "height"))
	switch {
	case width > 0 && width < 120 || height > 0 && height < 80:
		return 0
	case width >= 400:
		score += 10
	}
	lower := strings.ToLower(src)
	if strings.HasSuffix(lower, ".svg") || strings.HasSuffix(lower, ".gif") {
		return 0
	}
	if zones&(inArticle|inMain) != 0 {
		score += 10
	}
	if zones&inHeader != 0 && zones&(inArticle|inMain) == 0 {
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
