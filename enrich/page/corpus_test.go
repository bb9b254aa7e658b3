package page_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/encoding/htmlindex"

	"ingest/enrich/page"
)

// saved is a page of a corpus: UTF-8, and the address it was served from.
type saved struct {
	markup []byte
	base   *url.URL
}

// BenchmarkCorpus gives the cost of reading real pages as a multiple of bare parsing. The environment variable CORPUS names
// a folder with labels.jsonl, one page a line as {"url", "html_file", "charset"}, the files gzipped. For each page it takes
// the best of seven runs of Parse over the best of seven of goquery, run by turns; ratio-median is the middle of all pages,
// ratio-p90 nine tenths up, ratio-total the sum of all times over the sum of all. Run it with -benchtime 1x -cpu 1.
func BenchmarkCorpus(b *testing.B) {
	folder := os.Getenv("CORPUS")
	if folder == "" {
		b.Skip("CORPUS names no folder of pages")
	}
	pages := readCorpus(b, folder)
	for b.Loop() {
		ratios := make([]float64, len(pages))
		var ours, bare time.Duration
		for i, p := range pages {
			own, parser := cost(b, p)
			ratios[i] = float64(own) / float64(parser)
			ours, bare = ours+own, bare+parser
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[len(ratios)/2], "ratio-median")
		b.ReportMetric(ratios[len(ratios)*9/10], "ratio-p90")
		b.ReportMetric(float64(ours)/float64(bare), "ratio-total")
		b.ReportMetric(float64(len(pages)), "pages")
	}
}

// cost is the best time of Parse and of the bare parser.
func cost(b *testing.B, p saved) (ours, bare time.Duration) {
	b.Helper()
	ours, bare = time.Hour, time.Hour
	for range 7 {
		start := time.Now()
		if _, err := goquery.NewDocumentFromReader(bytes.NewReader(p.markup)); err != nil {
			b.Fatal(err)
		}
		bare = min(bare, time.Since(start))
		start = time.Now()
		if _, err := page.Parse(p.markup, p.base); err != nil {
			b.Fatal(err)
		}
		ours = min(ours, time.Since(start))
	}
	return ours, bare
}

func readCorpus(b *testing.B, folder string) []saved {
	b.Helper()
	labels, err := os.ReadFile(filepath.Join(folder, "labels.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	var all []saved
	for line := range strings.Lines(string(labels)) {
		var l struct {
			URL     string `json:"url"`
			File    string `json:"html_file"`
			Charset string `json:"charset"`
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			b.Fatalf("labels.jsonl: %v", err)
		}
		base, err := url.Parse(l.URL)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, saved{readGzip(b, filepath.Join(folder, l.File), l.Charset), base})
	}
	if len(all) == 0 {
		b.Fatalf("%s has no pages", folder)
	}
	return all
}

// readGzip reads a file as UTF-8.
func readGzip(b *testing.B, file, charset string) []byte {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatalf("%s: %v", file, err)
	}
	markup, err := io.ReadAll(z)
	if err != nil {
		b.Fatalf("%s: %v", file, err)
	}
	if charset == "" {
		return markup
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		b.Fatalf("%s: %v", file, err)
	}
	if markup, err = e.NewDecoder().Bytes(markup); err != nil {
		b.Fatalf("%s: %v", file, err)
	}
	return markup
}
