package sites_test

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

const (
	hostileTitle = `"{{ site.title }}": {% if x %} {{< y >}} <% z %> — 'no' #1 & <b> 😀 مرحبا | --- >- *`
	unpublished  = "Nobody may read this"
	former       = "/news/where-it-was/"
)

// TestSites builds each fixture site with its generator.
func TestSites(t *testing.T) {
	for _, g := range generators() {
		t.Run(g.name(), func(t *testing.T) {
			program := g.need(t)
			b := &builder{generator: g, archetype: parsed(t, g.archetype), site: g.copySite(t)}
			hostile := b.write(t, b.env(1, hostileTitle, b.hostile(t)), former)
			index := b.write(t, b.env(2, "Index", "An index is no entry.\n"), "")
			device := b.write(t, b.env(3, "???", "No letters.\n"), "")
			b.draft = true
			draft := b.write(t, b.env(4, unpublished, unpublished+"\n"), "")
			g.build(t, program, b.site)

			b.checkHostile(t, hostile)
			b.checkPlain(t, index, "Index", "An index is no entry.")
			b.checkPlain(t, device, "???", "No letters.")
			b.checkAlias(t, hostile)
			b.checkDraft(t, draft)
		})
	}
}

// builder fills a site and reads what comes out.
type builder struct {
	generator
	archetype *archetype.Archetype
	site      string
	draft     bool
}

func parsed(t *testing.T, name string) *archetype.Archetype {
	t.Helper()
	src, err := archetype.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	a, err := archetype.Parse(name, src)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// body is a text full of template tags, as package body escapes them.
func (b *builder) hostile(t *testing.T) string {
	t.Helper()
	file := "hostile.md"
	if b.tags != "" {
		file = "hostile." + b.tags + ".golden.md"
	}
	text, err := os.ReadFile(filepath.Join("../../enrich/body/testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (b *builder) env(id int64, title, body string) archetype.Env {
	name := "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f" + string(rune('0'+id))
	d := b.archetype.Document()
	published := time.Date(2020, 12, 1, 9, 30, 0, 0, time.FixedZone("", 3600))
	e := archetype.Env{
		WP: archetype.WorkPackage{ID: id, Type: "Curated Content", Author: "Ada: Lovelace", Subject: title,
			CreatedAt: time.Date(2020, 12, 15, 6, 41, 17, 0, time.UTC), UpdatedAt: time.Date(2020, 12, 22, 3, 12, 41, 254e6, time.UTC)},
		Title: title, Body: body, Name: name, Bundle: d.Bundle, Topics: []string{"Health: Telemedicine", "yes", "1.10"},
		Link: &archetype.Link{Href: "https://source.example/a?b=1&c={{ x }}", Original: "https://source.example/a?utm_source=x", Brand: "source.example",
			Domain: "source"},
		Page:      archetype.Page{Description: hostileTitle, SiteName: "The {{ source }}", Published: &published},
		Offerings: []archetype.Offering{{ID: 7, Label: "{{ offering }}", Permalink: "/offering/x"}},
		Site:      archetype.DefaultSite(),
	}
	if b.archetype.Document().Bundle || b.served != "" {
		e.Site.AssetsPath = b.served
	}
	if id == 1 {
		e.Image = &archetype.Asset{Name: d.AssetName(name, archetype.ImageRole, "png"), Format: "PNG", Width: 8, Height: 5, Valid: true}
	}
	return e
}

// write puts a document into the site, and returns its address.
func (b *builder) write(t *testing.T, e archetype.Env, alias string) string {
	t.Helper()
	fm, err := b.archetype.Render(e)
	if err != nil {
		t.Fatal(err)
	}
	d := b.archetype.Document()
	fm = d.AddAlias(fm, alias)
	if b.draft {
		fm = fm.With(d.Draft)
	}
	file, err := b.archetype.File(e, fm)
	if err != nil {
		t.Fatal(err)
	}
	address, err := b.archetype.Address(e, archetype.Written{FrontMatter: fm, File: file})
	if err != nil {
		t.Fatal(err)
	}
	text, err := frontmatter.Marshal(fm)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(b.site, b.content, filepath.FromSlash(file))
	save(t, file, frontmatter.Join(text, []byte(e.Body)))
	if e.Image != nil {
		folder := filepath.Join(b.site, b.assets)
		if d.Bundle {
			folder = filepath.Dir(file)
		}
		save(t, filepath.Join(folder, e.Image.Name), picture(t))
	}
	return address
}

func save(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 5))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// at reads a file of the built site by its address.
func (b *builder) at(address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(b.site, b.output, filepath.FromSlash(u.Path))
	if strings.HasSuffix(u.Path, "/") {
		file = filepath.Join(file, "index.html")
	}
	return os.ReadFile(file)
}

func (b *builder) page(t *testing.T, address string) page {
	t.Helper()
	src, err := b.at(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, src)
}

func (b *builder) checkHostile(t *testing.T, address string) {
	t.Helper()
	p := b.page(t, address)
	if p.title != hostileTitle || p.heading != hostileTitle {
		t.Errorf("got title %q, heading %q; want %q", p.title, p.heading, hostileTitle)
	}
	plain, err := os.ReadFile("../../enrich/body/testdata/hostile.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := shown(t, plain); p.article != want {
		t.Errorf("got text\n%q\nwant\n%q", p.article, want)
	}
	if p.date != "2020-12-15" || p.wp != "1" {
		t.Errorf("got date %q of work package %q", p.date, p.wp)
	}
	for _, link := range []string{"https://source.example/a?b=1&c={{ x }}", "/offering/x"} {
		if decoded := slices.ContainsFunc(p.links, func(l string) bool { u, _ := url.QueryUnescape(l); return l == link || u == link }); !decoded {
			t.Errorf("no link to %s among %q", link, p.links)
		}
	}
	src, err := b.at(b.resolve(address, p.image))
	if err != nil {
		t.Fatal(err)
	}
	if c, err := png.DecodeConfig(bytes.NewReader(src)); err != nil || c.Width != 8 || c.Height != 5 {
		t.Errorf("image %s: got %v, %v", p.image, c, err)
	}
}

// resolve returns an address of a page as a browser would; the seed's site
// names images by their file in /images/.
func (b *builder) resolve(page, address string) string {
	base, err := url.Parse(page)
	if err != nil {
		return address
	}
	u, err := base.Parse(address)
	if err != nil {
		return address
	}
	return u.Path
}

func (b *builder) checkPlain(t *testing.T, address, title, text string) {
	t.Helper()
	if p := b.page(t, address); p.heading != title || p.article != text {
		t.Errorf("%s: got %q, %q; want %q, %q", address, p.heading, p.article, title, text)
	}
}

func (b *builder) checkAlias(t *testing.T, address string) {
	t.Helper()
	src, err := b.at(former)
	if err != nil {
		t.Fatal(err)
	}
	p := read(t, src)
	if got := b.resolve("/", p.canonical); got != address {
		t.Errorf("%s leads to %q, want %q", former, got, address)
	}
}

func (b *builder) checkDraft(t *testing.T, address string) {
	t.Helper()
	if _, err := b.at(address); err == nil {
		t.Errorf("%s is published", address)
	}
	err := filepath.WalkDir(filepath.Join(b.site, b.output), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(unpublished)) {
			t.Errorf("%s holds the draft", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
