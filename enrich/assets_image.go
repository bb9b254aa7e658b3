package enrich

import (
	"context"
	"fmt"
	"slices"

	"ingest/enrich/asset"
	"ingest/enrich/fetch"
	"ingest/enrich/page"
)

const (
	// maxImages is how many bytes a page's images may take together while one is
	// looked for.
	maxImages = 2 * fetch.MaxImage
	// minSide is the shortest side of a picture that can stand for a page, in
	// pixels. Previews want more (X takes cards from 144 × 144, Facebook pictures
	// from 200 × 200), but old pages declare thumbnails of some 100 pixels; what
	// is below 64 has the size of an icon.
	minSide = 64
	// maxRatio is how many times longer than wide a picture may be. Panoramas
	// reach 4; the least flat of the advertising industry's banners, 468 × 60,
	// has 7.8, and spacers and rules have more.
	maxRatio = 6
)

// acceptImage asks for the formats that every browser and site generator reads.
// WebP comes where a site has nothing else; AVIF, which is not taken, is sent
// by many sites to whoever names it.
const acceptImage = "image/jpeg,image/png,image/gif;q=0.9,image/*;q=0.8,*/*;q=0.5"

// pageImage takes the best of the page's images that can be shown. The editor
// learns of it when the one that the page declares was not that.
func (s Assets) pageImage(ctx context.Context, it *Item) error {
	if !wanted(it, it.Image, PartImage) {
		return nil
	}
	addresses, declared := imageAddresses(it.Page)
	look := &search{step: s, it: it, part: PartImage, accept: acceptImage, limit: fetch.MaxImage, left: maxImages, fault: unfeatured}
	file, err := look.first(ctx, addresses)
	if err != nil {
		return err
	}
	it.Image = file
	switch {
	case len(look.tries) == 0: // the first was taken, or there is none
	case file == nil:
		it.Lose(PartImage)
		look.warn("image of the source page not taken", "attach a featured image to the work package")
	case declared:
		look.warn("the image that the source page declares was not taken, but "+quote(file.URL)+" in its place", "attach a featured image if another one should stand for the page")
	}
	return nil
}

// contentImage is the source of a candidate found among the pictures of the text.
const contentImage = "img"

// imageAddresses lists the page's images, best first, and tells whether the
// first one was declared by the page. One of which something speaks against it,
// such as the word logo in its name, comes only where the page declares nothing
// sound: it would be worse than what an earlier run may have got.
func imageAddresses(p *page.Page) (addresses []string, declared bool) {
	var sound, found, doubted []string
	for _, c := range p.Sources["image"] {
		switch {
		case c.Refused != "":
		case c.Doubt != "":
			doubted = append(doubted, c.Value)
		case c.Source == contentImage:
			found = append(found, c.Value)
		default:
			sound = append(sound, c.Value)
		}
	}
	if len(sound) > 0 {
		return distinctAddresses(sound), true
	}
	const maxFound = 3 // so that the declared one gets its try
	found = distinctAddresses(found)
	all := slices.Concat(found[:min(len(found), maxFound)], doubted, []string{p.Image})
	return distinctAddresses(all), len(found) == 0
}

// distinctAddresses drops empty and repeated ones.
func distinctAddresses(all []string) []string {
	var distinct []string
	for _, address := range all {
		if address != "" && !slices.Contains(distinct, address) {
			distinct = append(distinct, address)
		}
	}
	return distinct
}

// unfeatured says why a file cannot stand for a page, or "". It must be a raster
// image: previews show no SVG, and documents state the size in pixels.
func unfeatured(file *Asset) string {
	if reason := unlike(file, asset.Image); reason != "" {
		return reason
	}
	short, long := min(file.Width, file.Height), max(file.Width, file.Height)
	size := fmt.Sprintf("%d × %d", file.Width, file.Height)
	switch {
	case long <= trackingSide:
		return "it is a tracking pixel: " + size
	case short < minSide:
		return "it is too small to stand for a page: " + size
	case long > maxRatio*short:
		return "it is as flat as a banner: " + size
	}
	return ""
}

// trackingSide is the longest side of images that are not meant to be seen, in
// pixels.
const trackingSide = 2
