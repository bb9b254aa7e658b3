package enrich_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ingest/enrich"
)

// A visit remembers which files were not taken and what its steps had to tell,
// also when a document was made again from it in between.
func TestVisitRemembersWhatWasRefused(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{
		"/a":       html(`<title>Tides</title><meta property="og:image" content="/dot.png"><meta property="og:image" content="/gone.png">`),
		"/dot.png": serve("image/png", pngBytes(t, 1, 1)),
	})
	it := &enrich.Item{ID: 1, Source: s.URL + "/a", Attachments: []enrich.Attachment{{ID: 5, FileName: strings.Repeat("x", 5000) + ".jpg", ContentType: "image/jpeg",
		Download: func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "no picture"); return err }}}}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	visit := remembered(t, it)
	var images []enrich.Refusal
	for _, r := range visit.Refused {
		if r.Part == enrich.PartImage {
			images = append(images, r)
		}
	}
	if len(images) != 3 || images[1].Source != s.URL+"/dot.png" || images[1].Reason != "it is a tracking pixel: 1 × 1" || !strings.Contains(images[2].Reason, "404") {
		t.Errorf("refused %+v, want the attachment, the pixel and the missing file", images)
	}
	if len(images[0].Source) > 1000 {
		t.Errorf("an attachment's name of %d bytes is remembered", len(images[0].Source))
	}
	steps := func(v *enrich.Visit) (names []string) {
		for _, w := range v.Warnings {
			names = append(names, w.Step)
		}
		return names
	}
	if want := []string{"assets", "assets"}; !slices.Equal(steps(visit), want) {
		t.Errorf("warnings of %v, want %v", steps(visit), want)
	}

	again := &enrich.Item{ID: 1, Source: s.URL + "/a"}
	again.Restore(visit)
	again.Warnings = append(again.Warnings, enrich.Warning{Step: "body", Text: "is told anew each time"})
	second := remembered(t, again)
	if !slices.Equal(second.Refused, visit.Refused) || !slices.Equal(second.Warnings, visit.Warnings) {
		t.Errorf("after a restoration: %+v", second)
	}
	if len(again.Warnings) != 1 {
		t.Errorf("the restored item warns of %+v again", again.Warnings)
	}
}
