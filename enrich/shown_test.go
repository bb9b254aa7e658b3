package enrich_test

import (
	"maps"
	"net/http"
	"testing"

	"ingest/enrich"
)

// tree is what was published of an item: the sizes of its files by their parts.
type tree map[enrich.Part]int64

func (f tree) present(part enrich.Part, a *enrich.Asset) bool {
	size, ok := f[part]
	return ok && size == a.Size
}

// publish takes over the files of an item. One without bytes must be there
// under the name of its own part.
func (f tree) publish(t *testing.T, it *enrich.Item) {
	t.Helper()
	files := map[enrich.Part]*enrich.Asset{enrich.PartImage: it.Image, enrich.PartPDF: it.PDF, enrich.PartIcon: it.Icon}
	for _, inline := range it.Inline {
		files[inline.Part()] = inline.Asset
	}
	maps.DeleteFunc(files, func(_ enrich.Part, a *enrich.Asset) bool { return a == nil })
	for part, a := range files {
		if !a.Fetched() && !f.present(part, a) {
			t.Errorf("the file for %q has no bytes, and none were published under that name: %v", part, f)
		}
		f[part] = a.Size
	}
	maps.DeleteFunc(f, func(part enrich.Part, _ int64) bool { return files[part] == nil })
}

// An attachment that stands for the entry and one that the body shows are two
// files, whichever comes first, and each comes once.
func TestFeaturedFileIsShownInTheBodyToo(t *testing.T) {
	const image, paper = "![a](/api/v3/attachments/5/content)", "[b](/api/v3/attachments/6/content)"
	type day struct {
		body      string
		featured  bool // whether image and PDF are attached that could be featured before these
		downloads int
	}
	tests := map[string][]day{
		"later":                  {{"", false, 2}, {image + paper, false, 2}, {image + paper, false, 0}},
		"one after the other":    {{"", false, 2}, {image, false, 1}, {image + paper, false, 1}, {image + paper, false, 0}},
		"at once":                {{image + paper, false, 2}, {image + paper, false, 0}},
		"taken out again":        {{image + paper, false, 2}, {"", false, 0}, {"", false, 0}, {image, false, 1}},
		"shown, featured later":  {{image + paper, true, 4}, {image + paper, false, 2}, {image + paper, false, 0}},
		"featured, shown later":  {{"", false, 2}, {image + paper, true, 4}, {image + paper, true, 0}},
		"taken out and featured": {{image + paper, true, 4}, {"", false, 2}, {image, false, 1}},
	}
	for name, days := range tests {
		t.Run(name, func(t *testing.T) {
			s, published := newSite(t, nil), tree{}
			var previous *enrich.Visit
			for i, day := range days {
				downloads := 0
				it := &enrich.Item{ID: 1, Body: day.body, Previous: previous, Present: published.present}
				if day.featured {
					it.Attachments = []enrich.Attachment{uploaded(3, "featured image.jpg", jpegBytes(t, 80, 90), &downloads), uploaded(4, "first.pdf", []byte(pdf+"\n"), &downloads)}
				}
				it.Attachments = append(it.Attachments, uploaded(5, "photo.jpg", jpegBytes(t, 300, 200), &downloads), uploaded(6, "paper.pdf", []byte(pdf), &downloads))
				if err := s.run(t, it); err != nil {
					t.Fatal(err)
				}
				if err := (enrich.Inline{Spool: s.spool}).Apply(t.Context(), it); err != nil {
					t.Fatal(err)
				}
				if downloads != day.downloads {
					t.Errorf("day %d: %d downloads, want %d", i, downloads, day.downloads)
				}
				published.publish(t, it)
				previous = remembered(t, it)
			}
		})
	}
}

// A file of the web that was one part of an entry and becomes another is asked
// for in full.
func TestImageBecomesTheIcon(t *testing.T) {
	var unchanged []string
	file := tagged(`"f1"`, "image/png", pngBytes(t, 128, 128), &unchanged)
	pages := map[string]http.HandlerFunc{"/f.png": file, "/a": html(`<meta property="og:image" content="/f.png">`)}
	s, published := newSite(t, pages), tree{}
	first := &enrich.Item{ID: 1, Source: s.URL + "/a"}
	if err := s.run(t, first); err != nil || first.Image == nil {
		t.Fatalf("image %v, error %v; want the image", first.Image, err)
	}
	published.publish(t, first)
	pages["/a"] = html(`<link rel="icon" href="/f.png">`)
	second := &enrich.Item{ID: 1, Source: s.URL + "/a", Previous: remembered(t, first), Present: published.present}
	if err := s.run(t, second); err != nil || second.Icon == nil {
		t.Fatalf("icon %v, error %v; want the icon", second.Icon, err)
	}
	published.publish(t, second)
}
