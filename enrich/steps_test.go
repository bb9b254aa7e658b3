package enrich_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/urlclean"
)

// site is a source site on loopback, the door to it, and a spool of its own.
type site struct {
	*httptest.Server
	web     *fetch.Client
	cleaner *urlclean.Cleaner
	spool   enrich.Spool
	asked   []string
}

func newSite(t *testing.T, pages map[string]http.HandlerFunc) *site {
	t.Helper()
	s := &site{spool: enrich.Spool{Dir: t.TempDir()}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			s.asked = append(s.asked, r.URL.RequestURI())
		}
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(s.Close)
	var err error
	if s.cleaner, err = urlclean.New(urlclean.Options{}); err != nil {
		t.Fatal(err)
	}
	s.web, err = fetch.New(fetch.Options{UserAgent: "ingest-test", AllowPrivate: []string{"127.0.0.1"}, PerHost: fetch.PerHost{Interval: -1},
		Clean: func(u string) string { return s.cleaner.Clean(u).Output }, Retry: fetch.Retry{Attempts: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.web.Close)
	return s
}

// run takes an item through all steps.
func (s *site) run(t *testing.T, it *enrich.Item) error {
	t.Helper()
	t.Cleanup(func() {
		if err := it.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	steps := []interface {
		Apply(context.Context, *enrich.Item) error
	}{enrich.Clean{Cleaner: s.cleaner}, enrich.Follow{Web: s.web, Spool: s.spool}, enrich.Scrape{}, enrich.Assets{Web: s.web, Spool: s.spool}}
	for _, step := range steps {
		if err := step.Apply(t.Context(), it); err != nil {
			return err
		}
	}
	return nil
}

func serve(contentType string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body)
	}
}

func html(text string) http.HandlerFunc { return serve("text/html; charset=utf-8", []byte(text)) }

func redirect(target string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) }
}

func jpegBytes(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngBytes(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const pdf = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n" +
	"3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"

func attachment(id int64, name, contentType string, content []byte) enrich.Attachment {
	return enrich.Attachment{ID: id, FileName: name, ContentType: contentType, Download: func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}}
}

func warned(it *enrich.Item, part string) bool {
	for _, w := range it.Warnings {
		if strings.Contains(w.Text, part) {
			return true
		}
	}
	return false
}

func TestRedirectsAreFollowedAndCleanedAtEachHop(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{
		"/short":   redirect("/middle?utm_source=a&x=1"),
		"/middle":  html(`<META HTTP-EQUIV="refresh" content="0; url=article?fbclid=IwAR1&y=2">`),
		"/article": html(`<title>The Article</title>`),
	})
	it := &enrich.Item{Source: s.URL + "/short?utm_medium=mail"}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	if want := s.URL + "/article?y=2"; it.Link.Href != want {
		t.Errorf("href = %q, want %q", it.Link.Href, want)
	}
	if want := s.URL + "/short"; it.Link.Clean != want {
		t.Errorf("clean = %q, want %q: identity does not follow redirects", it.Link.Clean, want)
	}
	want := []string{"/short", "/middle?x=1", "/article?y=2"}
	if diff := cmp.Diff(want, s.asked[:min(3, len(s.asked))]); diff != "" {
		t.Errorf("addresses visited (-want +got):\n%s", diff)
	}
	if len(it.Link.Hops) != 3 || it.Page == nil || it.Page.Title != "The Article" {
		t.Errorf("got %d hops, page %+v", len(it.Link.Hops), it.Page)
	}
}

func TestSourceThatCannotBeUsed(t *testing.T) {
	for _, source := range []string{"", "  ", "javascript:alert(1)", "ftp://example.org/x", "/relative", "example.org/no-scheme", "https://", "http://%zz", "mailto:a@example.org", "\x00"} {
		t.Run(fmt.Sprintf("%q", source), func(t *testing.T) {
			s := newSite(t, nil)
			it := &enrich.Item{Source: source}
			if err := s.run(t, it); err != nil {
				t.Fatal(err)
			}
			if it.Link != nil || len(it.Warnings) != 1 || it.Warnings[0].Hint == "" {
				t.Errorf("got link %+v, warnings %+v, want no link and one warning with a hint", it.Link, it.Warnings)
			}
			err := enrich.Clean{Cleaner: s.cleaner, Required: true}.Apply(t.Context(), &enrich.Item{Source: source})
			if _, ok := errors.AsType[*enrich.Skip](err); !ok {
				t.Errorf("required: got %v, want a Skip", err)
			}
		})
	}
}

func TestPageThatDoesNotAnswerIsAWarning(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/loop": redirect("/loop"), "/private": redirect("http://10.0.0.1/"),
		"/empty": html(""), "/data": serve("application/json", []byte(`{"a":1}`))})
	for path, want := range map[string]string{"/missing": "404", "/loop": "loop", "/private": "blocked", "/empty": "the source page is empty", "/data": "neither a page nor a PDF"} {
		it := &enrich.Item{Source: s.URL + path + "?utm_source=x"}
		if err := s.run(t, it); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !warned(it, want) || len(it.Missing()) != 4 || it.Page != nil {
			t.Errorf("%s: got warnings %+v, missing %v; want one that says %q, and all parts", path, it.Warnings, it.Missing(), want)
		}
		if it.Link.Href != s.URL+path {
			t.Errorf("%s: href = %q, want the cleaned source", path, it.Link.Href)
		}
		if len(it.Link.Hops) == 0 {
			t.Errorf("%s: no hop kept", path)
		}
	}
}

func TestFeaturedImage(t *testing.T) {
	page := html(`<meta property="og:image" content="/og.png"><title>T</title>`)
	tests := map[string]struct {
		attachments []enrich.Attachment
		wantID      int64 // 0: from the page
		wantFormat  string
		wantWarning string
	}{
		"attachment named so goes first": {[]enrich.Attachment{attachment(1, "chart.png", "image/png", pngBytes(t, 9, 9)), attachment(2, "Curated_Featured_Image.jpg", "image/jpeg", jpegBytes(t, 8, 4))}, 2, "JPEG", ""},
		"else the first image attached":  {[]enrich.Attachment{attachment(1, "notes.txt", "text/plain", []byte("x")), attachment(3, "b.png", "image/png", pngBytes(t, 9, 9)), attachment(4, "c.png", "image/png", pngBytes(t, 9, 9))}, 3, "PNG", ""},
		"else the page's":                {nil, 0, "PNG", ""},
		"a liar is passed over":          {[]enrich.Attachment{attachment(1, "featured image.jpg", "image/jpeg", []byte("<html>")), attachment(2, "b.png", "image/png", pngBytes(t, 9, 9))}, 2, "PNG", `attachment "featured image.jpg" is not an image`},
		"an empty one too":               {[]enrich.Attachment{attachment(1, "featured image.jpg", "image/jpeg", nil)}, 0, "PNG", `attachment "featured image.jpg" is not an image`},
		"a truncated one too":            {[]enrich.Attachment{attachment(1, "featured image.jpg", "image/jpeg", jpegBytes(t, 80, 40)[:30])}, 0, "PNG", `attachment "featured image.jpg" is not an image`},
		"the bytes decide, not the name": {[]enrich.Attachment{attachment(1, "a.jpg", "image/jpeg", pngBytes(t, 9, 9))}, 1, "PNG", ""},
		"an odd name is only a name":     {[]enrich.Attachment{attachment(1, "../../x.png", "image/png", pngBytes(t, 9, 9))}, 1, "PNG", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, map[string]http.HandlerFunc{"/": page, "/og.png": serve("image/png", pngBytes(t, 600, 300))})
			it := &enrich.Item{Source: s.URL + "/", Attachments: tt.attachments}
			if err := s.run(t, it); err != nil {
				t.Fatal(err)
			}
			if it.Image == nil {
				t.Fatalf("no image; warnings %+v", it.Warnings)
			}
			var id int64
			if it.Image.Attachment != nil {
				id = it.Image.Attachment.ID
			}
			if id != tt.wantID || it.Image.Format != tt.wantFormat {
				t.Errorf("got attachment %d, %s; want %d, %s", id, it.Image.Format, tt.wantID, tt.wantFormat)
			}
			if tt.wantWarning != "" && !warned(it, tt.wantWarning) {
				t.Errorf("warnings %+v, want one with %q", it.Warnings, tt.wantWarning)
			}
			if tt.wantWarning == "" && len(it.Warnings) > 0 && !strings.Contains(it.Warnings[0].Text, "icon") {
				t.Errorf("unexpected warnings %+v", it.Warnings)
			}
		})
	}
}

func TestImageBytesAreKept(t *testing.T) {
	content := jpegBytes(t, 1765, 447)
	s := newSite(t, nil)
	it := &enrich.Item{Attachments: []enrich.Attachment{attachment(10312, "Curated_Featured_Image.jpg", "image/jpeg", content)}}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	r, err := it.Image.Open()
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || r.Close() != nil || !bytes.Equal(got, content) {
		t.Errorf("the spooled image differs from the attachment (%d bytes, want %d), error %v", len(got), len(content), err)
	}
	if it.Image.Width != 1765 || it.Image.Height != 447 || it.Image.Ext != "jpeg" || it.Image.Size != int64(len(content)) {
		t.Errorf("got %+v", it.Image)
	}
	if err := it.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(s.spool.Dir)
	if err != nil || len(left) > 0 {
		t.Errorf("after Close the spool holds %v, error %v", left, err)
	}
}

func TestPDF(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/paper": serve("application/octet-stream", []byte(pdf)), "/": html("<title>T</title>")})
	fromPage := &enrich.Item{Source: s.URL + "/paper"}
	if err := s.run(t, fromPage); err != nil || fromPage.PDF == nil || fromPage.PDF.URL != s.URL+"/paper" || fromPage.Page != nil {
		t.Errorf("the page is a PDF, whatever its header says: got %+v, page %v, error %v", fromPage.PDF, fromPage.Page, err)
	}
	attached := &enrich.Item{Source: s.URL + "/paper", Attachments: []enrich.Attachment{attachment(1, "lie.pdf", "application/pdf", []byte("no")), attachment(2, "a.pdf", "", []byte(pdf))}}
	if err := s.run(t, attached); err != nil || attached.PDF == nil || attached.PDF.Attachment == nil || attached.PDF.Attachment.ID != 2 {
		t.Errorf("got %+v, error %v; want attachment 2", attached.PDF, err)
	}
	if !warned(attached, `attachment "lie.pdf" is not a PDF`) {
		t.Errorf("warnings: %+v", attached.Warnings)
	}
}

func TestIcon(t *testing.T) {
	icon := serve("image/png", pngBytes(t, 32, 32))
	tests := map[string]struct {
		pages   map[string]http.HandlerFunc
		want    string
		warning string
	}{
		"declared":            {map[string]http.HandlerFunc{"/": html(`<link rel="icon" href="/i.png">`), "/i.png": icon}, "/i.png", ""},
		"by convention":       {map[string]http.HandlerFunc{"/": html(`<title>T</title>`), "/favicon.ico": icon}, "/favicon.ico", ""},
		"none is normal":      {map[string]http.HandlerFunc{"/": html(`<title>T</title>`)}, "", ""},
		"declared but broken": {map[string]http.HandlerFunc{"/": html(`<link rel="icon" href="/i.png">`), "/i.png": html("no icon")}, "", "icon of the source page"},
		"declared but gone":   {map[string]http.HandlerFunc{"/": html(`<link rel="icon" href="/i.png">`)}, "", "icon of the source page not taken"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, tt.pages)
			it := &enrich.Item{Source: s.URL + "/"}
			if err := s.run(t, it); err != nil {
				t.Fatal(err)
			}
			got := ""
			if it.Icon != nil {
				got = strings.TrimPrefix(it.Icon.URL, s.URL)
			}
			if got != tt.want {
				t.Errorf("icon from %q, want %q", got, tt.want)
			}
			if tt.warning != "" && !warned(it, tt.warning) || tt.warning == "" && len(it.Warnings) > 0 {
				t.Errorf("warnings %+v, want %q", it.Warnings, tt.warning)
			}
		})
	}
}

func TestTrackerThatFailsIsAnError(t *testing.T) {
	s := newSite(t, nil)
	broken := errors.New("tracker away")
	it := &enrich.Item{Attachments: []enrich.Attachment{{ID: 1, FileName: "a.png", ContentType: "image/png",
		Download: func(context.Context, io.Writer) error { return broken }}}}
	if err := s.run(t, it); !errors.Is(err, broken) {
		t.Errorf("got %v, want the tracker's error: a document without the image would replace a good one", err)
	}
}

func TestDamagedAttachmentIsAWarning(t *testing.T) {
	s := newSite(t, nil)
	it := &enrich.Item{Attachments: []enrich.Attachment{{ID: 1, FileName: "a.png", ContentType: "image/png",
		Download: func(context.Context, io.Writer) error {
			return fmt.Errorf("copy: %w", &enrich.DamagedError{Err: errors.New("3 bytes instead of 4")})
		}}}}
	if err := s.run(t, it); err != nil || !slices.Equal(it.Missing(), []enrich.Part{enrich.PartImage}) || !warned(it, `attachment "a.png" not taken: 3 bytes`) {
		t.Errorf("got error %v, missing %v, warnings %+v", err, it.Missing(), it.Warnings)
	}
}

func TestRunThatWasToldToStopStops(t *testing.T) {
	s := newSite(t, nil)
	why := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	it := &enrich.Item{Link: &enrich.Link{Clean: s.URL}}
	if err := (enrich.Follow{Web: s.web, Spool: s.spool}).Apply(ctx, it); !errors.Is(err, why) || len(it.Warnings) > 0 {
		t.Errorf("got %v, warnings %v; want the cause and no warning", err, it.Warnings)
	}
}

func TestSpoolThatCannotBeWrittenIsAnError(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/p": serve("application/pdf", []byte(pdf))})
	it := &enrich.Item{Link: &enrich.Link{Clean: s.URL + "/p"}}
	err := enrich.Follow{Web: s.web, Spool: enrich.Spool{Dir: "/nowhere/at/all"}}.Apply(t.Context(), it)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want the disk's error", err)
	}
}

func TestMissingIsOnlyWhatTheItemLacks(t *testing.T) {
	it := &enrich.Item{Image: &enrich.Asset{}}
	it.Lose(enrich.PartImage, enrich.PartPage, enrich.PartPage)
	if got := it.Missing(); !slices.Equal(got, []enrich.Part{enrich.PartPage}) {
		t.Errorf("missing %v, want the page once", got)
	}
}

func TestPartsLostOnThePage(t *testing.T) {
	picture := serve("image/png", pngBytes(t, 300, 300))
	fail := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) }
	tests := map[string]struct {
		pages       map[string]http.HandlerFunc
		attachments []enrich.Attachment
		want        []enrich.Part
	}{
		"image does not come":      {map[string]http.HandlerFunc{"/": html(`<meta property="og:image" content="/i.png"><link rel="icon" href="/k.png">`), "/i.png": fail, "/k.png": picture}, nil, []enrich.Part{enrich.PartImage}},
		"image is broken":          {map[string]http.HandlerFunc{"/": html(`<meta property="og:image" content="/i.png"><link rel="icon" href="/k.png">`), "/i.png": html("x"), "/k.png": picture}, nil, []enrich.Part{enrich.PartImage}},
		"icon is broken":           {map[string]http.HandlerFunc{"/": html(`<link rel="icon" href="/k.png">`), "/k.png": html("x")}, nil, []enrich.Part{enrich.PartIcon}},
		"icon by convention fails": {map[string]http.HandlerFunc{"/": html(`<title>T</title>`), "/favicon.ico": fail}, nil, []enrich.Part{enrich.PartIcon}},
		"no icon is no loss":       {map[string]http.HandlerFunc{"/": html(`<title>T</title>`)}, nil, nil},
		"a broken PDF":             {map[string]http.HandlerFunc{"/": serve("application/pdf", []byte("%PDF-1.4\nbroken"))}, nil, []enrich.Part{enrich.PartPage, enrich.PartImage, enrich.PartPDF, enrich.PartIcon}},
		"an editor's image that is late is not replaced": {map[string]http.HandlerFunc{"/": html(`<meta property="og:image" content="/i.png">`), "/i.png": picture},
			[]enrich.Attachment{{ID: 1, FileName: "a.png", ContentType: "image/png", Download: func(context.Context, io.Writer) error {
				return &enrich.DamagedError{Err: errors.New("gone")}
			}}}, []enrich.Part{enrich.PartImage}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, tt.pages)
			it := &enrich.Item{Source: s.URL + "/", Attachments: tt.attachments}
			if err := s.run(t, it); err != nil {
				t.Fatal(err)
			}
			if got := it.Missing(); !slices.Equal(got, tt.want) {
				t.Errorf("missing %v, want %v; warnings %+v", got, tt.want, it.Warnings)
			}
		})
	}
}
