package enrich_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"

	"ingest/enrich"
)

// tagged serves a body with an entity tag, and 304 to whoever has it.
func tagged(tag, contentType string, body []byte, given *[]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			*given = append(*given, r.URL.Path)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		serve(contentType, body)(w, r)
	}
}

// remembered is a visit as the state gives it back.
func remembered(t *testing.T, it *enrich.Item) *enrich.Visit {
	t.Helper()
	text, err := json.Marshal(it.Visit())
	if err != nil {
		t.Fatal(err)
	}
	visit := &enrich.Visit{}
	if err := json.Unmarshal(text, visit); err != nil {
		t.Fatal(err)
	}
	return visit
}

// What was found on an earlier day is not sent again, and comes out the same.
func TestSecondVisitAsksForLess(t *testing.T) {
	var unchanged []string
	s := newSite(t, map[string]http.HandlerFunc{
		"/short": redirect("/a?utm_source=x"),
		"/a": tagged(`"p1"`, "text/html; charset=utf-8", []byte(`<title>Tides</title><link rel="canonical" href="/canonical"><link rel="icon" href="/i.png">
			<meta property="og:image" content="/p.jpg"><p>Text.</p>`), &unchanged),
		"/p.jpg": tagged(`W/"j1"`, "image/jpeg", jpegBytes(t, 300, 200), &unchanged),
		"/i.png": tagged(`"i1"`, "image/png", pngBytes(t, 32, 32), &unchanged),
	})
	first := &enrich.Item{ID: 1, Source: s.URL + "/short"}
	if err := s.run(t, first); err != nil {
		t.Fatal(err)
	}
	if first.Page == nil || first.Image == nil || first.Icon == nil || !first.Image.Fetched() {
		t.Fatalf("first visit: page %v, image %v, icon %v, warnings %v", first.Page, first.Image, first.Icon, first.Warnings)
	}
	visit := remembered(t, first)
	there := true
	present := func(enrich.Part, *enrich.Asset) bool { return there }

	second := &enrich.Item{ID: 1, Source: s.URL + "/short", Previous: visit, Present: present}
	if err := s.run(t, second); err != nil {
		t.Fatal(err)
	}
	if want := []string{"/a", "/p.jpg", "/i.png"}; !slices.Equal(unchanged, want) {
		t.Errorf("not sent again: %v, want %v", unchanged, want)
	}
	if second.Page == nil || second.Page.Title != "Tides" || second.Page.Image != first.Page.Image {
		t.Errorf("page %+v, want that of the first visit", second.Page)
	}
	if second.Link.Href != s.URL+"/a" || second.Link.Canonical != s.URL+"/canonical" || second.Image.Fetched() || second.Image.SHA256 != first.Image.SHA256 || second.Icon.Fetched() {
		t.Errorf("link %+v, image %+v, icon %+v: want those of the first visit", second.Link, second.Image, second.Icon)
	}

	there, unchanged = false, nil // somebody removed the files from the tree
	third := &enrich.Item{ID: 1, Source: s.URL + "/short", Previous: visit, Present: present}
	if err := s.run(t, third); err != nil {
		t.Fatal(err)
	}
	if !third.Image.Fetched() || !third.Icon.Fetched() || !slices.Equal(unchanged, []string{"/a"}) {
		t.Errorf("image fetched %v, icon fetched %v, not sent again %v: want the files anew and only the page known", third.Image.Fetched(), third.Icon.Fetched(), unchanged)
	}

	unchanged = nil // another link is another page
	other := &enrich.Item{ID: 1, Source: s.URL + "/a", Previous: visit, Present: func(enrich.Part, *enrich.Asset) bool { return false }}
	if err := s.run(t, other); err != nil || other.Page == nil || len(unchanged) > 0 {
		t.Errorf("error %v, page %v, not sent again %v; want the page read", err, other.Page, unchanged)
	}
}

// A visit that lacked something is made in full the next time.
func TestVisitThatLackedSomethingIsMadeAgain(t *testing.T) {
	var unchanged []string
	pages := map[string]http.HandlerFunc{
		"/a": tagged(`"p1"`, "text/html; charset=utf-8", []byte(`<title>Tides</title><meta property="og:image" content="/p.jpg">`), &unchanged),
	}
	s := newSite(t, pages)
	first := &enrich.Item{ID: 1, Source: s.URL + "/a"}
	if err := s.run(t, first); err != nil {
		t.Fatal(err)
	}
	visit := remembered(t, first)
	if !slices.Contains(visit.Lost, enrich.PartImage) {
		t.Fatalf("lost %v, want the image in it", visit.Lost)
	}
	pages["/p.jpg"] = serve("image/jpeg", jpegBytes(t, 300, 200))
	second := &enrich.Item{ID: 1, Source: s.URL + "/a", Previous: visit}
	if err := s.run(t, second); err != nil || second.Image == nil || len(unchanged) > 0 {
		t.Errorf("error %v, image %v, not sent again %v; want all of it read", err, second.Image, unchanged)
	}
}

// While the source is away its link leads where it led before.
func TestLastAddressStaysWhileTheSourceIsAway(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/short": redirect("/a"), "/a": html("<title>Tides</title>")})
	first := &enrich.Item{ID: 1, Source: s.URL + "/short"}
	if err := s.run(t, first); err != nil {
		t.Fatal(err)
	}
	away := newSite(t, nil)
	visit := remembered(t, first)
	visit.Link.Clean = away.URL + "/short"
	second := &enrich.Item{ID: 1, Source: away.URL + "/short", Previous: visit}
	if err := away.run(t, second); err != nil || second.Link.Href != s.URL+"/a" {
		t.Errorf("error %v, href %q; want %q", err, second.Link.Href, s.URL+"/a")
	}
}

// uploaded is one of the tracker's, with a count of its downloads.
func uploaded(id int64, name string, content []byte, downloads *int) enrich.Attachment {
	return enrich.Attachment{ID: id, FileName: name, Link: fmt.Sprintf("/api/v3/attachments/%d/content", id), Download: func(_ context.Context, w io.Writer) error {
		*downloads++
		_, err := w.Write(content)
		return err
	}}
}

// Attachments never change: what an earlier visit took of them is not
// downloaded again while its file is there.
func TestAttachmentsAreDownloadedOnce(t *testing.T) {
	s := newSite(t, nil)
	downloads := 0
	item := func() *enrich.Item {
		return &enrich.Item{ID: 1, Body: "![a](/api/v3/attachments/7/content) [b](/api/v3/attachments/8/content) [c](/api/v3/attachments/9/content)", Attachments: []enrich.Attachment{
			uploaded(5, "featured image.jpg", jpegBytes(t, 300, 200), &downloads), uploaded(7, "plan.png", pngBytes(t, 80, 80), &downloads),
			uploaded(8, "table.csv", []byte("a,b\n"), &downloads), uploaded(9, "page.html", []byte("<script>1</script>"), &downloads)}}
	}
	apply := func(it *enrich.Item) {
		t.Helper()
		if err := s.run(t, it); err != nil {
			t.Fatal(err)
		}
		if err := (enrich.Inline{Spool: s.spool}).Apply(t.Context(), it); err != nil {
			t.Fatal(err)
		}
	}
	first := item()
	apply(first)
	if downloads != 4 || len(first.Inline) != 2 || first.Inline[0].Ext != "png" || first.Inline[1].Ext != "csv" {
		t.Fatalf("%d downloads, inline %+v; want 4, and a png and a csv: a page would run as the site's own", downloads, first.Inline)
	}
	last := first.Warnings[len(first.Warnings)-1].Text
	if want := `attachment "page.html", which the description shows, is of a kind that is not published`; last != want {
		t.Errorf("last warning %q, want %q", last, want)
	}
	downloads = 0
	second := item()
	second.Previous, second.Present = remembered(t, first), func(enrich.Part, *enrich.Asset) bool { return true }
	apply(second)
	if downloads != 1 || len(second.Inline) != 2 || second.Image == nil || second.Image.Fetched() {
		t.Errorf("%d downloads, inline %+v, image %+v; want 1, of what was not taken", downloads, second.Inline, second.Image)
	}
}

// What is the featured image and stands in the body too comes once, on the
// first visit as on any other; both can be read.
func TestFeaturedImageInTheBodyIsDownloadedOnce(t *testing.T) {
	s := newSite(t, nil)
	downloads := 0
	it := &enrich.Item{ID: 1, Body: "![a](/api/v3/attachments/5/content)", Attachments: []enrich.Attachment{uploaded(5, "featured image.jpg", jpegBytes(t, 300, 200), &downloads)}}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	if err := (enrich.Inline{Spool: s.spool}).Apply(t.Context(), it); err != nil {
		t.Fatal(err)
	}
	if downloads != 1 || it.Image == nil || len(it.Inline) != 1 || it.Inline[0].Asset == it.Image || it.Inline[0].Asset.SHA256 != it.Image.SHA256 {
		t.Fatalf("%d downloads, image %+v, inline %+v; want 1 download, in both places", downloads, it.Image, it.Inline)
	}
	for _, a := range []*enrich.Asset{it.Image, it.Inline[0].Asset} {
		file, err := a.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file)
		if err != nil || int64(len(content)) != a.Size {
			t.Errorf("read %d bytes, error %v; want %d", len(content), err, a.Size)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}
