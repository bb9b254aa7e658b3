package wall_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ingest/enrich/wall"
)

func FuzzRecognize(f *testing.F) {
	for _, folder := range []string{"walls", "content"} {
		for _, path := range files(f, folder, 1) {
			a := load(f, path)
			f.Add(a.Asked, a.URL, a.Status, "Server", a.Header.Get("Server"), a.HTML)
		}
	}
	f.Add("http://[", "http://h/login?next=%zz", 403, "", "", []byte("<title><h1><a><nav></h1><script>"))
	f.Fuzz(func(t *testing.T, asked, url string, status int, name, value string, page []byte) {
		a := wall.Answer{Asked: asked, URL: url, Status: status, Header: http.Header{name: {value}}, HTML: page}
		found, ok := wall.Recognize(a)
		if ok != (found.Kind != "") || ok && (found.Reason == "" || found.Hint() == "") {
			t.Fatalf("%+v, %v", found, ok)
		}
		if again, _ := wall.Recognize(a); again != found {
			t.Fatalf("%+v, then %+v", found, again)
		}
	})
}

// Whatever is done to a page, reading it costs no more than its window does: ten
// times the page takes no longer. The slack is for a busy machine, which may pause at
// any time; where all of a page is read, at least one of these takes far longer.
func TestHostilePages(t *testing.T) {
	for name, piece := range map[string]string{
		"nested tags":     "<div><nav><a>",
		"attributes":      "<div " + strings.Repeat("a=b ", 1000),
		"one attribute":   `<div id="` + strings.Repeat("x", 1<<20),
		"headings":        "<h1>404 | ",
		"separators":      "<title>" + strings.Repeat("a - b | ", 10_000),
		"scripts":         "<script>a</script>",
		"types":           `<script type="application/ld+json">` + strings.Repeat(`"@type"`, 50_000) + "</script>",
		"bad UTF-8":       "\xff\xfe<p>\x80",
		"zero bytes":      "\x00",
		"one long text":   "a",
		"open quotes":     `<a href="`,
		"comments":        "<!-- -->",
		"password fields": "<input type=password>",
	} {
		small, large := timeOf(piece, 2<<20), timeOf(piece, 20<<20) // both beyond the window
		if large > 3*small+time.Second || large > time.Minute {
			t.Errorf("%s: %v, and %v for ten times as much", name, small, large)
		}
	}
}

// timeOf is how long it takes to read a page of many times the same.
func timeOf(piece string, size int) time.Duration {
	page := []byte(strings.Repeat(piece, size/len(piece)))
	began := time.Now()
	_, _ = wall.Recognize(wall.Answer{URL: "https://h.example/", HTML: page}) // that it ends is the test
	return time.Since(began)
}

func BenchmarkRecognize(b *testing.B) {
	article := []byte("<!DOCTYPE html><head><title>An article</title><style>" + strings.Repeat("a{b:c}", 4000) + "</style></head><body><nav>" +
		strings.Repeat(`<div class="menu item"><a href="/x">Some words</a></div>`, 400) + "</nav><main>" +
		strings.Repeat("<p>Some words of a page that is long enough to be one.</p>\n", 2000) + "</main>")
	for name, a := range map[string]wall.Answer{
		"article": {Asked: "https://a.example/x", URL: "https://a.example/y", Status: 200, HTML: article},
		"wall":    load(b, "testdata/walls/bot-cloudflare-managed.html"),
		"shell":   load(b, "testdata/content/spa-shell-bare.html"),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(a.HTML)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = wall.Recognize(a)
			}
		})
	}
	b.Run("a tree of the article", func(b *testing.B) { // for comparison: the least that reading it costs
		b.SetBytes(int64(len(article)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := html.Parse(bytes.NewReader(article)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
