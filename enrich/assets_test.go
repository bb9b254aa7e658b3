package enrich_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color/palette"
	"image/gif"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/page"
)

func broken(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", status) }
}

// onPage runs the step alone on a page that was read.
func (s *site) onPage(t *testing.T, pages map[string]http.HandlerFunc, head string, step enrich.Assets) *enrich.Item {
	t.Helper()
	pages["/"] = html("<title>T</title>" + strings.ReplaceAll(head, "SITE", s.URL))
	it := &enrich.Item{Source: s.URL + "/"}
	t.Cleanup(func() {
		if err := it.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	step.Web, step.Spool = s.web, s.spool
	for _, apply := range []func(context.Context, *enrich.Item) error{enrich.Clean{Cleaner: s.cleaner}.Apply,
		enrich.Follow{Web: s.web, Spool: s.spool}.Apply, enrich.Scrape{}.Apply, step.Apply} {
		if err := apply(t.Context(), it); err != nil {
			t.Fatal(err)
		}
	}
	return it
}

func pathOf(s *site, a *enrich.Asset) string {
	if a == nil {
		return ""
	}
	return strings.TrimPrefix(a.URL, s.URL)
}

func TestImageFallsBackDownTheCandidates(t *testing.T) {
	good := serve("image/png", pngBytes(t, 600, 300))
	const first, second = `<meta property="og:image" content="/a">`, `<meta name="twitter:image" content="/b">`
	tests := map[string]struct {
		head  string
		a, b  http.HandlerFunc
		want  string
		lost  bool
		warns string // "" for no warning of an image
	}{
		"the declared one is good":       {first + second, good, good, "/a", false, ""},
		"none is declared":               {"", nil, nil, "", false, ""},
		"gone":                           {first + second, nil, good, "/b", false, "404"},
		"forbidden":                      {first + second, broken(403), good, "/b", false, "403"},
		"a page in its place":            {first + second, html("<html>sorry</html>"), good, "/b", false, "HTML page"},
		"cut short":                      {first + second, serve("image/png", pngBytes(t, 600, 300)[:150]), good, "/b", false, "cut short"},
		"tiny":                           {first + second, serve("image/png", pngBytes(t, 600, 63)), good, "/b", false, "too small to stand for a page: 600 × 63"},
		"just large enough":              {first + second, serve("image/png", pngBytes(t, 64, 64)), good, "/a", false, ""},
		"a tracking pixel":               {first + second, serve("image/gif", gifBytes(t, 1, 1)), good, "/b", false, "tracking pixel: 1 × 1"},
		"a banner":                       {first + second, serve("image/png", pngBytes(t, 468*2, 60*2)), good, "/b", false, "flat as a banner"},
		"a panorama":                     {first + second, serve("image/png", pngBytes(t, 1200, 200)), good, "/a", false, ""},
		"a drawing":                      {first + second, serve("image/svg+xml", []byte(drawing)), good, "/b", false, "it is SVG"},
		"a PDF":                          {first + second, serve("application/pdf", []byte(pdf)), good, "/b", false, "it is PDF"},
		"none of them":                   {first + second, nil, html("<html>x</html>"), "", true, "HTML page"},
		"busy: the better is waited for": {first + second, broken(503), good, "", true, "503"},
		"broken within: the same":        {first + second, broken(500), good, "", true, "500"},
		"too many requests: the same":    {first + second, broken(429), good, "", true, "429"},
		"only a logo":                    {`<meta property="og:image" content="/logo">`, nil, nil, "/logo", false, ""},
		"no logo for a lost image":       {first + `<meta name="twitter:image" content="/logo">`, nil, nil, "", true, "404"},
		"a picture of the text":          {`<article><h1>T</h1><img src="/b" width=600 height=300></article>`, nil, good, "/b", false, ""},
		"a picture of the text is tiny, the logo declared": {`<meta property="og:image" content="/logo"><article><h1>T</h1><img src="/b" width=600 height=300></article>`,
			nil, serve("image/png", pngBytes(t, 9, 9)), "/logo", false, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			pages := map[string]http.HandlerFunc{"/logo": good}
			if tt.a != nil {
				pages["/a"] = tt.a
			}
			if tt.b != nil {
				pages["/b"] = tt.b
			}
			s := newSite(t, pages)
			it := s.onPage(t, pages, tt.head, enrich.Assets{})
			if got := pathOf(s, it.Image); got != tt.want {
				t.Errorf("image from %q, want %q; warnings %+v", got, tt.want, it.Warnings)
			}
			if lost := slices.Contains(it.Missing(), enrich.PartImage); lost != tt.lost {
				t.Errorf("lost: %v, want %v", lost, tt.lost)
			}
			switch {
			case tt.warns == "" && len(it.Warnings) > 0:
				t.Errorf("warnings %+v, want none", it.Warnings)
			case tt.warns != "" && (len(it.Warnings) != 1 || !warned(it, tt.warns) || it.Warnings[0].Hint == ""):
				t.Errorf("warnings %+v, want one of %q with a hint", it.Warnings, tt.warns)
			}
		})
	}
}

func gifBytes(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewPaletted(image.Rect(0, 0, w, h), palette.Plan9), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><path d="M0 0h9"/></svg>`

func TestFallingBackIsToldWithBothAddresses(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/b": serve("image/png", pngBytes(t, 600, 300))}
	s := newSite(t, pages)
	it := s.onPage(t, pages, `<meta property="og:image" content="/a"><meta name="twitter:image" content="/b">`, enrich.Assets{})
	if !warned(it, s.URL+"/a: 404") || !warned(it, s.URL+"/b") || !warned(it, "declares was not taken") {
		t.Errorf("warnings %+v, want one that names both", it.Warnings)
	}
}

func TestTriesAreBounded(t *testing.T) {
	pages := map[string]http.HandlerFunc{}
	s := newSite(t, pages)
	var head strings.Builder
	for i := range 12 {
		fmt.Fprintf(&head, `<meta property="og:image" content="/image-%d">`, i)
	}
	it := s.onPage(t, pages, head.String(), enrich.Assets{})
	asked := slices.DeleteFunc(slices.Clone(s.asked), func(address string) bool { return !strings.HasPrefix(address, "/image") })
	if len(asked) != 5 || len(it.Warnings) != 1 || strings.Count(it.Warnings[0].Text, ": 404 Not Found") != 5 {
		t.Errorf("asked for %d images, want 5; warnings %+v, want one with all tries", len(asked), it.Warnings)
	}
}

func TestAddressesAreAskedForOnce(t *testing.T) {
	pages := map[string]http.HandlerFunc{}
	s := newSite(t, pages)
	s.onPage(t, pages, `<meta property="og:image" content="/a"><meta name="twitter:image" content="/a"><link rel="image_src" href="/a">`, enrich.Assets{})
	if n := len(slices.DeleteFunc(slices.Clone(s.asked), func(a string) bool { return a != "/a" })); n != 1 {
		t.Errorf("asked %d times for one image, want once: %v", n, s.asked)
	}
}

func TestLosersLeaveTheSpoolAtOnce(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/a": serve("image/png", pngBytes(t, 9, 9)), "/b": html("x"), "/c": serve("image/png", pngBytes(t, 600, 300))}
	s := newSite(t, pages)
	it := s.onPage(t, pages, `<meta property="og:image" content="/a"><meta property="og:image" content="/b"><meta property="og:image" content="/c">`, enrich.Assets{})
	left, err := os.ReadDir(s.spool.Dir)
	if err != nil || len(left) != 1 || pathOf(s, it.Image) != "/c" {
		t.Errorf("the spool holds %d files, error %v, want the one that was taken", len(left), err)
	}
}

// endless sends bytes without end.
func endless(start []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		chunk := append(bytes.Clone(start), make([]byte, 1<<20)...)
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

func TestFilesWithoutEndAreRefused(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/i": endless(pngBytes(t, 600, 300)), "/k": endless(pngBytes(t, 32, 32)), "/p": endless([]byte(pdf))}
	s := newSite(t, pages)
	it := s.onPage(t, pages, `<meta property="og:image" content="/i"><link rel=icon href="/k"><meta name="citation_pdf_url" content="/p">`, enrich.Assets{LinkedPDF: true})
	if it.Image != nil || it.Icon != nil || it.PDF != nil || len(it.Missing()) != 3 {
		t.Errorf("got image %v, icon %v, PDF %v, missing %v; want none and all three", it.Image, it.Icon, it.PDF, it.Missing())
	}
	for _, path := range []string{"/i", "/k", "/p"} {
		if !warned(it, path+": too large") {
			t.Errorf("warnings %+v, want one that %s is too large", it.Warnings, path)
		}
	}
}

func TestImagesTogetherAreBounded(t *testing.T) {
	big := append(pngBytes(t, 9, 9), make([]byte, fetch.MaxImage-100_000)...)
	pages := map[string]http.HandlerFunc{}
	var head strings.Builder
	for i := range 4 {
		pages[fmt.Sprintf("/%d", i)] = serve("image/png", big)
		fmt.Fprintf(&head, `<meta property="og:image" content="/%d">`, i)
	}
	s := newSite(t, pages)
	it := s.onPage(t, pages, head.String(), enrich.Assets{})
	if n := strings.Count(fmt.Sprint(it.Warnings), "too small"); n != 2 || slices.Contains(s.asked, "/3") {
		t.Errorf("%d images of 25 MB were read to their end, asked %v; want two, and no more after the third passed the sum", n, s.asked)
	}
}

func TestIconChain(t *testing.T) {
	good := serve("image/png", pngBytes(t, 32, 32))
	const declared = `<link rel="icon" sizes="192x192" href="/a"><link rel="icon" sizes="16x16" href="/b">`
	const manifest = `<link rel="manifest" href="/app/manifest.json">`
	icons := func(text string) http.HandlerFunc { return serve("application/json", []byte(text)) }
	tests := map[string]struct {
		head  string
		pages map[string]http.HandlerFunc
		want  string
		lost  bool
		warns string
	}{
		"the next declared one":      {declared, map[string]http.HandlerFunc{"/b": good}, "/b", false, ""},
		"a drawing without script":   {declared, map[string]http.HandlerFunc{"/a": serve("image/svg+xml", []byte(drawing))}, "/a", false, ""},
		"a drawing with a script":    {declared, map[string]http.HandlerFunc{"/a": serve("image/svg+xml", []byte(strings.Replace(drawing, "<path", `<path onclick="x()"`, 1))), "/b": good}, "/b", false, ""},
		"a PDF is none":              {declared, map[string]http.HandlerFunc{"/a": serve("application/pdf", []byte(pdf))}, "", true, "it is PDF"},
		"a blank pixel is none":      {declared, map[string]http.HandlerFunc{"/a": serve("image/gif", gifBytes(t, 1, 1))}, "", true, "empty: 1 × 1"},
		"busy: waited for":           {declared, map[string]http.HandlerFunc{"/a": broken(503), "/b": good, "/favicon.ico": good}, "", true, "503"},
		"root after a broken one":    {declared, map[string]http.HandlerFunc{"/favicon.ico": good}, "/favicon.ico", false, ""},
		"root is a page":             {"", map[string]http.HandlerFunc{"/favicon.ico": html("404")}, "", false, ""},
		"root is forbidden":          {"", map[string]http.HandlerFunc{"/favicon.ico": broken(403)}, "", true, ""},
		"manifest":                   {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[{"src":"i/48.png","sizes":"48x48"},{"src":"i/192.png","sizes":"192x192"}]}`), "/app/i/192.png": good}, "/app/i/192.png", false, ""},
		"manifest with a mark":       {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons("\ufeff" + `{"icons":[{"src":"/b"}]}`), "/b": good}, "/b", false, ""},
		"manifest with odd entries":  {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[7,null,{},{"src":""},{"src":"ftp://x/"},{"src":"/b","sizes":["1x1"]}]}`), "/b": good}, "/b", false, ""},
		"any purpose before a mask":  {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[{"src":"/m","sizes":"512x512","purpose":"maskable"},{"src":"/n","purpose":"monochrome"},{"src":"/b","sizes":"16x16","purpose":"maskable any"}]}`), "/b": good, "/m": good, "/n": good}, "/b", false, ""},
		"a favicon before a screen":  {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[{"src":"/m","sizes":"1024x1024"},{"src":"/b","sizes":"192x192"}]}`), "/b": good, "/m": good}, "/b", false, ""},
		"manifest that carries it":   {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[{"src":"data:image/png;base64,` + base64.StdEncoding.EncodeToString(pngBytes(t, 48, 48)) + `"}]}`)}, "carried", false, ""},
		"one that carries nonsense":  {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[{"src":"data:image/png;base64,????"}]}`)}, "", true, "base64"},
		"manifest is no JSON":        {manifest, map[string]http.HandlerFunc{"/app/manifest.json": html("x"), "/favicon.ico": good}, "/favicon.ico", false, ""},
		"manifest gone, no root":     {manifest, map[string]http.HandlerFunc{}, "", false, ""},
		"manifest without end":       {manifest, map[string]http.HandlerFunc{"/app/manifest.json": endless([]byte(`{"icons":[{"src":"/b"}]}`)), "/b": good}, "", false, ""},
		"manifest busy":              {manifest, map[string]http.HandlerFunc{"/app/manifest.json": broken(503), "/favicon.ico": good}, "", true, "503"},
		"manifest promises and lies": {manifest, map[string]http.HandlerFunc{"/app/manifest.json": icons(`{"icons":[{"src":"/b"}]}`)}, "", true, "404"},
		"declared before manifest":   {declared + manifest, map[string]http.HandlerFunc{"/b": good, "/app/manifest.json": icons(`{"icons":[{"src":"/m"}]}`), "/m": good}, "/b", false, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, tt.pages)
			it := s.onPage(t, tt.pages, tt.head, enrich.Assets{})
			got := pathOf(s, it.Icon)
			if it.Icon != nil && got == "" && it.Icon.Width == 48 {
				got = "carried"
			}
			if got != tt.want {
				t.Errorf("icon from %q, want %q; warnings %+v", got, tt.want, it.Warnings)
			}
			if lost := slices.Contains(it.Missing(), enrich.PartIcon); lost != tt.lost {
				t.Errorf("lost: %v, want %v", lost, tt.lost)
			}
			if tt.warns == "" && len(it.Warnings) > 0 || tt.warns != "" && !warned(it, tt.warns) {
				t.Errorf("warnings %+v, want %q", it.Warnings, tt.warns)
			}
		})
	}
}

func TestLinkedPDF(t *testing.T) {
	paper := serve("application/pdf", []byte(pdf))
	head := `<meta name="citation_pdf_url" content="/paper.pdf">`
	tests := map[string]struct {
		step  enrich.Assets
		paper http.HandlerFunc
		want  string
		lost  bool
	}{
		"not asked for":       {enrich.Assets{}, paper, "", false},
		"asked for":           {enrich.Assets{LinkedPDF: true}, paper, "/paper.pdf", false},
		"a sign-in page":      {enrich.Assets{LinkedPDF: true}, html("sign in"), "", true},
		"without a page":      {enrich.Assets{LinkedPDF: true}, serve("application/pdf", []byte("%PDF-1.4\nstartxref\n0\n%%EOF\n")), "", true},
		"gone":                {enrich.Assets{LinkedPDF: true}, broken(404), "", true},
		"an image instead":    {enrich.Assets{LinkedPDF: true}, serve("image/png", pngBytes(t, 600, 300)), "", true},
		"not asked for, gone": {enrich.Assets{}, broken(404), "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			pages := map[string]http.HandlerFunc{"/paper.pdf": tt.paper}
			s := newSite(t, pages)
			it := s.onPage(t, pages, head, tt.step)
			if got := pathOf(s, it.PDF); got != tt.want {
				t.Errorf("PDF from %q, want %q; warnings %+v", got, tt.want, it.Warnings)
			}
			if lost := slices.Contains(it.Missing(), enrich.PartPDF); lost != tt.lost || lost != warned(it, "PDF of the source page not taken") {
				t.Errorf("lost: %v, warnings %+v; want %v, and a warning of it", lost, it.Warnings, tt.lost)
			}
		})
	}
}

func TestAttachedPDFGoesBeforeTheLinkedOne(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/": html(`<meta name="citation_pdf_url" content="/paper.pdf">`), "/paper.pdf": serve("application/pdf", []byte(pdf))}
	s := newSite(t, pages)
	it := &enrich.Item{Page: &page.Page{PDF: s.URL + "/paper.pdf"}, Attachments: []enrich.Attachment{attachment(7, "a.pdf", "application/pdf", []byte(pdf))}}
	defer it.Close() //nolint:errcheck // tested elsewhere
	if err := (enrich.Assets{Web: s.web, Spool: s.spool, LinkedPDF: true}).Apply(t.Context(), it); err != nil || it.PDF == nil || it.PDF.Attachment == nil || len(s.asked) > 0 {
		t.Errorf("got %+v, error %v, asked %v; want the attachment and nothing asked of the site", it.PDF, err, s.asked)
	}
}

func TestAttachmentThatIsRefusedIsLost(t *testing.T) {
	picture := map[string]http.HandlerFunc{"/": html(`<meta property="og:image" content="/i.png">`), "/i.png": serve("image/png", pngBytes(t, 600, 300))}
	tests := map[string]struct {
		pages map[string]http.HandlerFunc
		files []enrich.Attachment
		want  []enrich.Part
	}{
		"nothing else":              {map[string]http.HandlerFunc{"/": html("x")}, []enrich.Attachment{attachment(1, "a.png", "image/png", []byte("x"))}, []enrich.Part{enrich.PartImage}},
		"the page has one":          {picture, []enrich.Attachment{attachment(1, "a.png", "image/png", []byte("x"))}, nil},
		"a PDF without pages":       {map[string]http.HandlerFunc{"/": html("x")}, []enrich.Attachment{attachment(1, "a.pdf", "application/pdf", []byte("%PDF-1.4\nstartxref\n0\n%%EOF"))}, []enrich.Part{enrich.PartPDF}},
		"a picture that claims PDF": {map[string]http.HandlerFunc{"/": html("x")}, []enrich.Attachment{attachment(1, "a.pdf", "application/pdf", pngBytes(t, 9, 9))}, []enrich.Part{enrich.PartPDF}},
		"a PDF that claims picture": {map[string]http.HandlerFunc{"/": html("x")}, []enrich.Attachment{attachment(1, "a.png", "image/png", []byte(pdf))}, []enrich.Part{enrich.PartImage}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, tt.pages)
			it := &enrich.Item{Source: s.URL + "/", Attachments: tt.files}
			if err := s.run(t, it); err != nil {
				t.Fatal(err)
			}
			if got := it.Missing(); !slices.Equal(got, tt.want) || !warned(it, "that can be shown") {
				t.Errorf("missing %v, want %v; warnings %+v", got, tt.want, it.Warnings)
			}
		})
	}
}

func TestAssetsKeepDigestSizeAndValidators(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/i.png": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"v7"`)
		_, _ = w.Write(pngBytes(t, 600, 300))
	}}
	s := newSite(t, pages)
	it := s.onPage(t, pages, `<meta property="og:image" content="/i.png">`, enrich.Assets{})
	if it.Image == nil || it.Image.Validators.ETag != `"v7"` || it.Image.Validators.URL != s.URL+"/i.png" || len(it.Image.SHA256) != 64 || it.Image.Width != 600 || it.Image.Height != 300 {
		t.Errorf("got %+v, want validators, digest and dimensions", it.Image)
	}
}

func TestDiskThatFailsIsTheItemsError(t *testing.T) {
	heads := map[string]string{"image": `<meta property="og:image" content="/f">`, "icon": `<link rel="icon" href="/f">`, "PDF": `<meta name="citation_pdf_url" content="/f">`, "root icon": `<title>T</title>`,
		"icon of the manifest": `<link rel="manifest" href="/m">`, "carried icon": `<link rel="manifest" href="/d">`}
	for name, head := range heads {
		t.Run(name, func(t *testing.T) {
			file := serve("image/png", pngBytes(t, 600, 300))
			s := newSite(t, map[string]http.HandlerFunc{"/": html(head), "/f": file, "/favicon.ico": file, "/m": html(`{"icons":[{"src":"/f"}]}`), "/d": html(`{"icons":[{"src":"data:,x"}]}`)})
			it := &enrich.Item{Source: s.URL + "/"}
			for _, apply := range []func(context.Context, *enrich.Item) error{enrich.Clean{Cleaner: s.cleaner}.Apply, enrich.Follow{Web: s.web, Spool: s.spool}.Apply, enrich.Scrape{}.Apply} {
				if err := apply(t.Context(), it); err != nil {
					t.Fatal(err)
				}
			}
			err := enrich.Assets{Web: s.web, Spool: enrich.Spool{Dir: "/nowhere/at/all"}, LinkedPDF: true}.Apply(t.Context(), it)
			if !errors.Is(err, os.ErrNotExist) {
				t.Errorf("got %v, want the disk's error", err)
			}
		})
	}
}

func TestAssetsStopWithTheRun(t *testing.T) {
	why := errors.New("interrupted")
	for name, head := range map[string]string{"image": `<meta property="og:image" content="/f">`, "icon": `<link rel="icon" href="/f">`, "manifest": `<link rel="manifest" href="/f">`} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			s := newSite(t, map[string]http.HandlerFunc{"/": html(head), "/f": func(_ http.ResponseWriter, r *http.Request) {
				cancel(why)
				<-r.Context().Done()
			}})
			it := &enrich.Item{Source: s.URL + "/"}
			for _, apply := range []func(context.Context, *enrich.Item) error{enrich.Clean{Cleaner: s.cleaner}.Apply, enrich.Follow{Web: s.web, Spool: s.spool}.Apply, enrich.Scrape{}.Apply} {
				if err := apply(ctx, it); err != nil {
					t.Fatal(err)
				}
			}
			err := enrich.Assets{Web: s.web, Spool: s.spool}.Apply(ctx, it)
			if !errors.Is(err, why) || len(it.Warnings) > 0 {
				t.Errorf("got %v, warnings %+v; want the cause and no warning", err, it.Warnings)
			}
			if err := it.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWarningsRepeatForeignTextWithoutCuttingCharacters(t *testing.T) {
	pages := map[string]http.HandlerFunc{}
	s := newSite(t, pages)
	name := strings.Repeat("x", 199) + "Ö.png"
	it := &enrich.Item{Attachments: []enrich.Attachment{attachment(1, name, "image/png", []byte("x"))}}
	if err := s.run(t, it); err != nil {
		t.Fatal(err)
	}
	if !warned(it, `x"… is not an image`) || warned(it, `\x`) {
		t.Errorf("warnings %+v, want the name cut between characters", it.Warnings)
	}
}
