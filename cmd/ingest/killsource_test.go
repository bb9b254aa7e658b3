package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

// killSource is a tracker with n work packages and the site that their links
// point to. Every tenth link is a PDF, every seventh work package has a picture
// of its own, every fifth shows one in its description.
type killSource struct {
	tracker  *openprojecttest.Tracker
	site     *httptest.Server
	pictures sync.Map // by number
}

func newKillSource(t *testing.T, n int64) *killSource {
	t.Helper()
	return newServiceSource(t, n, nil)
}

func (s *killSource) add(id int64) {
	path, body := fmt.Sprintf("/p/%d?utm_source=mail", id), fmt.Sprintf("The words about %d.\n\n%s\n", id, strings.Repeat("More of them. ", 20))
	if id%10 == 0 {
		path = fmt.Sprintf("/d/%d.pdf", id)
	}
	if id%5 == 0 {
		body += fmt.Sprintf("\n![chart](/api/v3/attachments/%d/content)\n", 20000+id)
	}
	s.tracker.Add(openprojecttest.WorkPackage{ID: id, Subject: fmt.Sprintf("Item: %d", id), Description: body,
		Fields: map[string]any{"Source URL": s.site.URL + path, "Medigy Topics": []string{fmt.Sprint("Topic ", id%9)}}})
	if id%5 == 0 {
		s.tracker.AddAttachment(id, openprojecttest.Attachment{ID: 20000 + id, FileName: "chart.png", ContentType: "image/png", Content: s.picture(id + 1)})
	}
	if id%7 == 0 {
		s.tracker.AddAttachment(id, openprojecttest.Attachment{ID: 10000 + id, FileName: "Featured_Image.png", ContentType: "image/png", Content: s.picture(id + 2)})
	}
}

// edit changes a work package in the way of its number and of the round.
func (s *killSource) edit(id int64, round int) {
	s.tracker.Update(id, func(w *openprojecttest.WorkPackage) {
		w.Description = fmt.Sprintf("%s\nAn addition of round %d.\n", w.Description, round)
		if id%2 == 0 {
			w.Subject = fmt.Sprintf("Item: %d, round %d", id, round)
		}
		if id%3 == 0 {
			w.Fields["Medigy Topics"] = []string{fmt.Sprint("Topic ", id%9), fmt.Sprint("Round ", round)}
		}
	})
	if id%4 == 0 { // another picture under the same name
		s.tracker.AddAttachment(id, openprojecttest.Attachment{FileName: "Featured_Image.png", ContentType: "image/png", Content: s.picture(id + int64(round)*1000)})
	}
}

// config is the configuration of a run over it.
func (s *killSource) config() string {
	return fmt.Sprintf("tracker: {url: %q, api_key: k, project: medigy-curation, fields: {source_url: Source URL, topics: Medigy Topics}}\n"+
		"scrape: {per_host: {concurrency: 8, interval: 0s}, allow_private_hosts: [127.0.0.1]}\n", s.tracker.URL())
}

// serve serves pages with a picture, pictures and PDFs.
func (s *killSource) serve(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	stem, _, _ := strings.Cut(name, ".")
	number, _ := strconv.ParseInt(stem, 10, 64)
	switch {
	case strings.HasPrefix(r.URL.Path, "/p/"):
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><title>Page %[1]d</title><meta property="og:image" content="/i/%[1]d.png">`+
			`<meta name="description" content="What page %[1]d is about."><link rel="icon" href="/icon/%[1]d.png" sizes="32x32"></head><body><h1>Page</h1></body></html>`, number)
	case strings.HasPrefix(r.URL.Path, "/icon/"):
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(s.picture(-32)) // or the reader was killed
	case strings.HasPrefix(r.URL.Path, "/i/"):
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("ETag", `"`+name+`"`)
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(s.picture(number)))
	case strings.HasPrefix(r.URL.Path, "/d/"):
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write(paper(number))
	default:
		http.NotFound(w, r)
	}
}

// picture is one whose bytes are those of its number alone: large enough to
// stand for a page, or with a negative number an icon.
func (s *killSource) picture(number int64) []byte {
	if made, ok := s.pictures.Load(number); ok {
		return made.([]byte)
	}
	size := image.Rect(0, 0, 320, 200)
	if number < 0 {
		size = image.Rect(0, 0, 32, 32)
	}
	img := image.NewPaletted(size, color.Palette{color.White, color.Black})
	for bit := range 64 {
		img.Pix[bit] = uint8(number >> bit & 1) //nolint:gosec // one bit
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a buffer does not fail
	}
	s.pictures.Store(number, b.Bytes())
	return b.Bytes()
}

// paper is a PDF of one empty page (ISO 32000-1, section 7.5).
func paper(number int64) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, object := range []string{"/Type /Catalog /Pages 2 0 R", "/Type /Pages /Kids [3 0 R] /Count 1", "/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]", fmt.Sprintf("/Title (Paper %d)", number)} {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n<< %s >>\nendobj\n", i+1, object)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.Bytes()
}
