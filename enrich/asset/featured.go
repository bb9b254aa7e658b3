package asset

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// NamedFeatured tells whether an attachment's file name says that it is the featured image, as editors write it:
// "Curated_Featured_Image.jpg", "featured image.png", "FeaturedImage-2.webp". Letter case, separators and the extension do
// not matter.
func NamedFeatured(name string) bool {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	name = strings.TrimSuffix(name, path.Ext(name))
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	key := b.String()
	return strings.Contains(key, "featuredimage") || strings.Contains(key, "featureimage")
}
