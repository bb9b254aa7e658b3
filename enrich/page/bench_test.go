package page_test

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ingest/enrich/page"
)

// samples are the test pages, each with enough text and menus around it to be as long as a real page.
func samples(b *testing.B) [][]byte {
	b.Helper()
	files, err := filepath.Glob("testdata/*/page.html")
	if err != nil || len(files) == 0 {
		b.Fatalf("no pages: %v", err)
	}
	filler := "<nav class=\"site-menu\"><ul>" + strings.Repeat(`<li class="menu-item menu-item-type-custom"><a class="menu-link" href="/section/rivers">Rivers and <span>lakes</span></a></li>`, 150) + "</ul></nav>" +
		strings.Repeat(`<div class="content-block paragraph"><p>The water was low that day, and the <a href="https://mud.example/finds">mud</a> was full of old things that nobody had seen for <em>many</em> years.</p></div>`, 120) +
		"<script>" + strings.Repeat("window.state = {a: 1, b: [2, 3]};\n", 300) + "</script>"
	var all [][]byte
	for _, file := range files {
		markup, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, bytes.Replace(markup, []byte("</body>"), []byte(filler+"</body>"), 1))
	}
	return all
}

// BenchmarkParse against BenchmarkBareGoquery is the cost of reading a page over the cost of parsing it.
func BenchmarkParse(b *testing.B) {
	base := &url.URL{Scheme: "https", Host: "www.example.org", Path: "/a"}
	pages := samples(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, markup := range pages {
			if _, err := page.Parse(markup, base); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkBareGoquery parses the same pages and looks at nothing.
func BenchmarkBareGoquery(b *testing.B) {
	pages := samples(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, markup := range pages {
			if _, err := goquery.NewDocumentFromReader(bytes.NewReader(markup)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
