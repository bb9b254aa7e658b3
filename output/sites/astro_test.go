package sites_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"ingest/output/archetype"
)

// TestAttachmentsOfAstro: whatever a text refers to is on the site, be it in Markdown
// or in HTML, as a picture or as a link. Astro itself publishes the pictures of
// Markdown alone; the rest is src/pages/news/[...file].js of the site.
func TestAttachmentsOfAstro(t *testing.T) {
	all := generators()
	g := all[slices.IndexFunc(all, func(g generator) bool { return g.name() == "astro" })]
	program := g.need(t)
	b := &builder{generator: g, archetype: parsed(t, g.archetype), site: g.copySite(t)}
	beside := func(role archetype.Role, ext string) (file, address string) {
		d := b.archetype.Document()
		file = d.AssetName("unused", role, ext)
		return file, d.AssetAddress(archetype.Site{}, file)
	}
	markdown, shown := beside("attachment-500", "png")
	image, tag := beside("attachment-501", "png")
	file, link := beside("attachment-9", "pdf")
	page := b.write(t, b.env(2, "With attachments", "![A]("+shown+")\n\n<img class=\"op-uc-image\" src=\""+tag+"\" width=\"50%\">\n\n[the file]("+link+")\n"), "")
	b.draft = true
	draft := b.write(t, b.env(3, "A draft", "[the file]("+link+")\n"), "")
	folder := func(address string) string { return filepath.Join(b.site, b.content, filepath.Base(address)) }
	save(t, filepath.Join(folder(page), markdown), picture(t))
	save(t, filepath.Join(folder(page), image), picture(t))
	save(t, filepath.Join(folder(page), file), []byte("%PDF-1.4"))
	save(t, filepath.Join(folder(page), ".ingest-1.tmp"), []byte("left of a run that was killed"))
	save(t, filepath.Join(folder(draft), file), []byte("%PDF-1.4"))
	g.build(t, program, b.site)

	p := b.page(t, page)
	if len(p.images) != 2 || !slices.Contains(p.images, tag) || !slices.Contains(p.links, link) {
		t.Fatalf("got images %q, links %q; want %s and %s as they stand in the text", p.images, p.links, tag, link)
	}
	for _, address := range p.images {
		if got, err := b.at(b.resolve(page, address)); err != nil || !bytes.Equal(got, picture(t)) {
			t.Errorf("image %s: %d bytes, %v", address, len(got), err)
		}
	}
	if got, err := b.at(b.resolve(page, link)); err != nil || string(got) != "%PDF-1.4" {
		t.Errorf("link %s: %q, %v", link, got, err)
	}
	for _, address := range []string{draft + file, page + "index.md", page + ".ingest-1.tmp"} {
		if _, err := b.at(address); err == nil {
			t.Errorf("%s is published", address)
		}
	}
}
