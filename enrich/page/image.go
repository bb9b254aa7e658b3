package page

import (
	"net/url"
	"slices"
	"strings"
)

// The names under which lead images are declared: those made for previews, and those of older conventions.
var (
	previewImages = []string{ //nolint:gochecknoglobals // read-only table
		"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src",
	}
	otherImages = []string{ //nolint:gochecknoglobals // read-only table
		"twitter:image0", "sailthru.image.full", "parsely-image-url", "thumbnail", "image", "thumbnailurl", "dc.image", "swiftype-image", "sailthru.image.thumb",
	}
)

// Counts of content pictures that are listed: as candidates where none is declared, and as reserves behind a sound declaration.
const (
	maxPictures = 30
	maxReserves = 5
)

// imageCandidates: the declared images, then those of structured data, then the best pictures of the content, so that the
// list is also the order in which to try them where one cannot be fetched. A placeholder is refused wherever it stands. A
// logo is refused among the content's pictures; a page that declares nothing but a logo gets it, with a doubt, for that is
// what it shows in previews; unless it is the very logo of its header, and a large picture stands in the text.
func (s *signals) imageCandidates() []Candidate {
	var all []Candidate
	add := func(source, href string) {
		if c, ok := s.declaredImage(source, href); ok {
			all = append(all, c)
		}
	}
	for _, name := range previewImages {
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
	for _, name := range otherImages {
		add(name, s.meta(name))
	}
	all = doubtedLast(repeatedFirst(all))
	if len(all) > 0 && all[0].Refused == "" && all[0].Doubt == "" {
		return append(all, s.contentImages(maxReserves)...)
	}
	content := s.contentImages(maxPictures)
	if len(all) > 0 && all[0].Refused == "" && s.isMasthead(all[0].Value) && len(content) > 0 && s.illustrates(content[0]) {
		return append(content, all...) // the content's refused ones are put last when ranked
	}
	return append(all, content...)
}

// isMasthead tells a picture that stands in the page itself as its logo: in the header, or so marked.
func (s *signals) isMasthead(address string) bool {
	return slices.ContainsFunc(s.images, func(e element) bool {
		return s.imageSource(e.node) == address && (e.in.zones(0)&(inHeader|inNav) != 0 || e.marks&markLogo != 0 || standsIn(e.node, markLogo))
	})
}

// illustrates tells a large picture of the main text.
func (s *signals) illustrates(c Candidate) bool {
	return c.Refused == "" && slices.ContainsFunc(s.images, func(e element) bool {
		if s.imageSource(e.node) != c.Value || e.in.zones(s.headlineAt())&(inArticle|inMain) == 0 {
			return false
		}
		width, _ := imageSize(e.node, c.Value)
		return width >= largeWidth
	})
}

// declaredImage judges one declared image; ok is false where the address is none.
func (s *signals) declaredImage(source, href string) (c Candidate, ok bool) {
	u := parseAgainst(s.base, strings.ReplaceAll(href, "&amp;", "&")) // of the entities written once too often only this one is no risk
	if u == nil {
		return c, false
	}
	c = Candidate{Value: u.String(), Source: source}
	if c.Refused = s.noPicture(u); c.Refused == "" {
		c.Doubt = logoName(c.Value)
	}
	return c, true
}

// noPicture says why an address cannot be a picture of the page: templates leave the home page or the page itself in
// the tag, or name a film, and placeholders stand for no picture at all.
func (s *signals) noPicture(u *url.URL) string {
	if len(u.Path) < 2 && u.RawQuery == "" || s.served != nil && u.Host == s.served.Host && u.Path == s.served.Path && u.RawQuery == s.served.RawQuery {
		return "not a picture's address"
	}
	switch strings.ToLower(fileExtension(u.Path)) {
	case "mp4", "webm", "mov", "m3u8", "mp3", "pdf", "html", "htm", "js", "css":
		return "not a picture's address"
	}
	return firstOf(unfilledAddress(u), placeholderName(u.String()))
}

// fileExtension is what stands behind the last dot of a path's last part.
func fileExtension(path string) string {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || strings.IndexByte(path[dot:], '/') >= 0 {
		return ""
	}
	return path[dot+1:]
}

// repeatedFirst puts, among several images of the same tag, the one first that another tag declares too.
func repeatedFirst(all []Candidate) []Candidate {
	if len(all) < 3 || all[0].Source != all[1].Source {
		return all
	}
	first := all[0].Source
	for i, c := range all {
		if c.Source != first {
			break
		}
		if slices.ContainsFunc(all, func(o Candidate) bool { return o.Source != first && o.Value == c.Value }) {
			return append([]Candidate{c}, slices.Delete(all, i, i+1)...)
		}
	}
	return all
}

// doubtedLast moves the doubted candidates behind the others, in order.
func doubtedLast(all []Candidate) []Candidate {
	ordered := make([]Candidate, 0, len(all)+maxReserves)
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
	for _, key := range []string{"image", "primaryImageOfPage", "thumbnailUrl", "photo"} {
		s.graph.each(n[key], func(t string, image node) {
			if image != nil {
				t = image.first("contentUrl", "url")
				if t == "" && fileExtension(image.first("@id")) != "" {
					t = image.first("@id") // an identifier is an address of the picture only where it looks like one
				}
			}
			all = append(all, t)
		})
	}
	return all
}
