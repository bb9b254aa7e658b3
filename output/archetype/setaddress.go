package archetype

import (
	"strings"

	"ingest/output/frontmatter"
)

// SetAddress returns the address that front matter sets by the generator's own
// key, which beats everything else that an address is made of: Hugo's url,
// Jekyll's and Eleventy's permalink. It is "" without one, and for a pattern
// (/:title/, /{{ slug }}/) or a path from elsewhere than the site's root, which
// only the generator can follow.
func (d Document) SetAddress(fm frontmatter.Map) string {
	key := map[Generator]string{Hugo: "url", Jekyll: "permalink", Eleventy: "permalink"}[d.Generator]
	v, _ := fm.Get(key)
	address, _ := v.(string)
	if key == "" || !strings.HasPrefix(address, "/") || strings.ContainsAny(address, ":{") {
		return ""
	}
	return address
}
