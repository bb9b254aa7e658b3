package page

import (
	"path"
	"strings"
)

// imageChain is where lead images are declared.
var imageChain = []string{ //nolint:gochecknoglobals // read-only table
	"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "twitter:image0", "sailthru.image.full", "parsely-image-url", "thumbnail", "image", "sailthru.image.thumb", "msapplication-square310x310logo",
}

// imageCandidates: the declared images, then those of structured data, then the best picture of the content. A
// placeholder is refused wherever it stands. A logo is refused among the content's pictures; a page that declares nothing but
// a logo gets it, with a doubt, for that is what it shows in previews.
func (s *signals) imageCandidates() []Candidate {
	var all []Candidate
	add := func(source, href string) {
		if abs := s.resolve(plain(href)); abs != "" {
			c := Candidate{Value: abs, Source: source}
			if c.Refused = refusedImage(abs, emptyWords); c.Refused == "" {
				c.Doubt = refusedImage(abs, logoWords)
			}
			all = append(all, c)
		}
	}
	for _, name := range imageChain[:5] {
		for _, v := range s.metaAll(name) {
			add(name, v)
		}
	}
	for _, e := range s.subjects() {
		for _, href := range s.imagesOf(e.node) {
			add(e.source+" image", href)
		}
	}
	for _, l := range s.links {
		if hasWord(l.rel, "image_src") {
			add("link image_src", l.href)
		}
	}
	for _, name := range imageChain[5:11] {
		add(name, s.meta(name))
	}
	all = doubtedLast(all)
	if len(all) > 0 && all[0].Refused == "" && all[0].Doubt == "" {
		return all // the pictures of the text are asked only where nothing sound is declared
	}
	return append(all, s.contentImages()...)
}

// doubtedLast moves the doubted candidates behind the others, in order.
func doubtedLast(all []Candidate) []Candidate {
	ordered := make([]Candidate, 0, len(all))
	for _, doubted := range []bool{false, true} {
		for _, c := range all {
			if (c.Doubt+c.Refused != "") == doubted {
				ordered = append(ordered, c)
			}
		}
	}
	return ordered
}

// imagesOf reads the image properties of a node: an address, an ImageObject, a list or a reference.
func (s *signals) imagesOf(n node) []string {
	var all []string
	for _, key := range []string{"image", "primaryImageOfPage", "thumbnailUrl"} {
		s.graph.each(n[key], func(t string, image node) {
			if image != nil {
				t = image.first("contentUrl", "url", "@id")
			}
			all = append(all, t)
		})
	}
	return all
}

// refusedImage tells by the words of a file's name what is no picture of the page.
func refusedImage(abs string, telling map[string]string) string {
	file, _, _ := strings.Cut(abs, "?")
	file = strings.ToLower(path.Base(file))
	for _, w := range words(file) {
		if why := telling[w]; why != "" {
			return why
		}
	}
	return ""
}

// emptyWords name pictures of nothing, logoWords those that stand for the site.
var (
	emptyWords = map[string]string{ //nolint:gochecknoglobals // read-only table
		"placeholder": "placeholder", "blank": "placeholder", "spacer": "placeholder", "pixel": "tracking pixel", "transparent": "placeholder", "noimage": "placeholder", "loading": "placeholder", "loader": "placeholder", "spinner": "placeholder", "1x1": "tracking pixel",
	}
	logoWords = map[string]string{ //nolint:gochecknoglobals // read-only table
		"logo": "logo", "logos": "logo", "favicon": "icon", "icon": "icon", "icons": "icon", "sprite": "icon", "avatar": "avatar", "gravatar": "avatar", "badge": "badge",
	}
)
