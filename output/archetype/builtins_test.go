package archetype_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// builtin returns a built-in archetype.
func builtin(t testing.TB, name string) *archetype.Archetype {
	t.Helper()
	src, err := archetype.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	a, err := archetype.Parse(name+".yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// golden holds got to a file of testdata.
func golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs at line %d\ngot:\n%s\nwant:\n%s", file, firstDifference(got, string(want)), got, want)
	}
}

// environments are work packages that differ in what they have.
func environments(t testing.TB, d archetype.Document) map[string]archetype.Env {
	full, bare, traps := seedEnv(t), seedEnv(t), seedEnv(t)
	published := time.Date(2020, 12, 1, 9, 30, 0, 0, time.FixedZone("", 3600))
	full.Bundle, bare.Bundle, traps.Bundle = d.Bundle, d.Bundle, d.Bundle
	full.Site.AssetsPath = "/assets/curated/"
	full.Page = archetype.Page{Description: "What the page says of itself.", Authors: []string{"Ada"}, Published: &published, SiteName: "Mindbowser"}
	full.Link.Canonical = "https://www.mindbowser.com/telemedicine/"
	full.Image.Name = d.AssetName(full.Name, archetype.ImageRole, "jpeg")
	full.PDF = &archetype.Asset{Name: d.AssetName(full.Name, archetype.PDFRole, "pdf"), Format: "PDF", Valid: true}
	full.Icon = &archetype.Asset{Name: d.AssetName(full.Name, archetype.IconRole, "png"), Format: "PNG", Width: 32, Height: 32, Valid: true}
	bare.Title, bare.Body, bare.Link, bare.Image, bare.Offerings, bare.Topics = "???", "", nil, nil, nil, nil
	bare.WP.Author, bare.WP.Fields, bare.WP.CustomFields = "", nil, nil
	traps.Title, traps.Body = `"{{ x }}": {% y %} {{< z >}} — 'no' #1 😀 مرحبا`, "---\n{{ x }}"
	traps.Image = &archetype.Asset{Href: "https://www.mindbowser.com/gone.jpg", Source: "page"}
	traps.Topics = []string{"yes", "1.10", "2024-01-02"}
	return map[string]archetype.Env{"full": full, "bare": bare, "traps": traps}
}

// TestBuiltins holds every built-in archetype to golden front matter, its
// schema to a golden one, and the front matter to the schema.
func TestBuiltins(t *testing.T) {
	for _, name := range archetype.Builtins() {
		a := builtin(t, name)
		for env, e := range environments(t, a.Document()) {
			t.Run(name+"/"+env, func(t *testing.T) {
				golden(t, name+"/"+env+".golden.yaml", written(t, a, e))
				m, err := a.Render(e)
				if err != nil {
					t.Fatal(err)
				}
				if errs := a.Validate(m); errs != nil {
					t.Errorf("does not match its own archetype: %v", errs)
				}
				if d := a.Document(); d.FindID(m) != 3960 {
					t.Errorf("got id %d, want 3960", d.FindID(m))
				}
			})
		}
		t.Run(name+"/schema", func(t *testing.T) {
			s, err := a.Schema()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"/schema.golden.json", string(s))
		})
	}
}

// placed renders a new document and says where it goes.
func placed(t *testing.T, a *archetype.Archetype, e archetype.Env) (m frontmatter.Map, file, address string) {
	t.Helper()
	m, err := a.Render(e)
	if err != nil {
		t.Fatal(err)
	}
	if file, err = a.File(e, m); err != nil {
		t.Fatal(err)
	}
	if address, err = a.Address(e, archetype.Written{FrontMatter: m, File: file}); err != nil {
		t.Fatal(err)
	}
	return m, file, address
}

// TestBuiltinPlaces tells the files and addresses of new documents.
func TestBuiltinPlaces(t *testing.T) {
	const words = "all-about-the-telemedicine-solutions-why-it-is-the-future"
	want := map[string][2]string{
		"curated-content": {seedName + ".md", "/news/mindbowser-" + words + "/"},
		"hugo":            {words + ".md", "/news/" + words + "/"},
		"hugo-bundle":     {words + "/index.md", "/news/" + words + "/"},
		"jekyll":          {words + ".md", "/news/" + words + "/"},
		"astro":           {words + "/index.md", "/news/" + words + "/"},
		"eleventy":        {words + ".md", "/news/" + words + "/"},
	}
	for _, name := range archetype.Builtins() {
		t.Run(name, func(t *testing.T) {
			_, file, address := placed(t, builtin(t, name), seedEnv(t))
			if got := [2]string{file, address}; got != want[name] {
				t.Errorf("got %q, want %q", got, want[name])
			}
		})
	}
}

// TestBuiltinsLockTheirAddress: a new title changes no key that makes the
// address, once those are kept as they were written.
func TestBuiltinsLockTheirAddress(t *testing.T) {
	for _, name := range archetype.Builtins() {
		t.Run(name, func(t *testing.T) {
			a, e := builtin(t, name), seedEnv(t)
			before, file, was := placed(t, a, e)
			e.Title = "Another title"
			after, err := a.Render(e)
			if err != nil {
				t.Fatal(err)
			}
			for i, entry := range after {
				for _, key := range a.Document().Address {
					if old, _ := before.Get(key); entry.Key == key {
						after[i].Value = old
					}
				}
			}
			is, err := a.Address(e, archetype.Written{FrontMatter: after, File: file})
			if err != nil || is != was {
				t.Errorf("got %q, %v; want %q", is, err, was)
			}
		})
	}
}

// TestNoReservedKeys: no key means something to the generator that we do not
// mean (field conventions of the generators' documentation).
func TestNoReservedKeys(t *testing.T) {
	reserved := map[string][]string{
		"hugo": {"build", "cascade", "expiryDate", "headless", "isCJKLanguage", "layout", "linkTitle", "markup", "menus", "outputs",
			"publishDate", "resources", "sitemap", "sites", "translationKey", "type", "url", "weight", "id", "source", "author"},
		"jekyll":   {"layout", "published", "category", "slug", "id", "content", "path", "url"},
		"astro":    {"layout", "slug", "id"},
		"eleventy": {"pkg", "eleventy", "page", "content", "collections", "layout", "pagination", "templateEngineOverride", "eleventyComputed"},
	}
	reserved["hugo-bundle"] = reserved["hugo"]
	for name, keys := range reserved {
		var m frontmatter.Map
		m, err := builtin(t, name).Render(seedEnv(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if _, ok := m.Get(key); ok {
				t.Errorf("%s writes %s, which is reserved", name, key)
			}
		}
	}
}
