package archetype_test

import (
	"testing"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

func TestSetAddress(t *testing.T) {
	for _, c := range []struct {
		generator archetype.Generator
		key       string
		value     any
		want      string
	}{
		{archetype.Hugo, "url", "/news/a/", "/news/a/"},
		{archetype.Hugo, "permalink", "/news/a/", ""},
		{archetype.Hugo, "url", "/news/:slug/", ""},
		{archetype.Hugo, "url", "a/", ""},
		{archetype.Hugo, "url", "https://example.org/a/", ""},
		{archetype.Jekyll, "permalink", "/news/a/", "/news/a/"},
		{archetype.Jekyll, "permalink", "/:categories/:title/", ""},
		{archetype.Eleventy, "permalink", "/news/a/", "/news/a/"},
		{archetype.Eleventy, "permalink", "/{{ page.fileSlug }}/", ""},
		{archetype.Eleventy, "permalink", false, ""},
		{archetype.Eleventy, "url", "/news/a/", ""},
		{archetype.Astro, "url", "/news/a/", ""},
		{"", "url", "/news/a/", ""},
		{"", "", "/news/a/", ""},
	} {
		d := archetype.Document{Generator: c.generator}
		if got := d.SetAddress(frontmatter.Map{{Key: c.key, Value: c.value}}); got != c.want {
			t.Errorf("%s with %s: %v is at %q, want %q", c.generator, c.key, c.value, got, c.want)
		}
	}
}
