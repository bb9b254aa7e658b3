package page_test

import (
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"ingest/enrich/page"
)

// hostile are shapes of markup that cost some reader more than their size, each made n bytes long or a little more.
func hostile() map[string]func(n int) string {
	again := func(s string) func(int) string { return func(n int) string { return strings.Repeat(s, n/len(s)+1) } }
	numbered := func(format string) func(int) string {
		return func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, format, i)
			}
			return b.String()
		}
	}
	inside := func(open string, f func(int) string, end string) func(int) string {
		return func(n int) string { return open + f(n) + end }
	}
	const ld = `<script type="application/ld+json">`
	fonts := numbered("<b id=%d>")(4_000)
	return map[string]func(int) string{
		"nested tags":                        again("<div>"),
		"nested tables":                      again("<table><td>"),
		"nested lists with strays":           inside(strings.Repeat("<ul>", 400), again("<li></b>"), ""),
		"end tags without a start":           inside(strings.Repeat("<div>", 500), again("</p></b>"), ""),
		"formatting that is never closed":    numbered("<p><b id=%d>x</p>"),
		"formatting opened again everywhere": inside("<p>"+fonts, again("</p><p>x"), ""),
		"links in links":                     again("<a><div>"),
		"a body tag over and over":           numbered("<body a%d>"),
		"an html tag over and over":          numbered("<HTML a%d>"),
		"a million attributes":               inside("<div ", numbered("a%d=1 "), ">"),
		"text put out of tables":             inside("<table>", again("x<tr>"), ""),
		"scripts without an end":             again("<script>"),
		"script tags without an end":         again("<script "),
		"comments without an end":            again("<!--"),
		"opening brackets":                   again("<"),
		"tags in the title":                  inside("<title>", again("<a"), "</title>"),
		"separators in the title":            inside("<title>", again("a | "), "</title>"),
		"names in the author tag":            inside("<meta name=author content='", again("Jane Doe, "), "'>"),
		"words in a class":                   inside("<h1 class='", again("date "), "'>x"),
		"headings":                           again("<h1>x</h1>"),
		"dates":                              again("<time>1 May 2020</time>"),
		"authors":                            again("<p class=author>By Jane Doe</p>"),
		"sources of a picture":               inside("<h1>x</h1><img srcset='", again("a 1w, "), "'>"),
		"pictures":                           again("<img src=a.jpg>"),
		"items in items":                     again("<p itemscope itemprop=author>x"),
		"items that refer to each other":     func(n int) string { return `<div id=a>` + again(`<p itemscope itemref="a a a" itemprop=x>x`)(n) },
		"items that refer to all the rest":   inside(`<p itemscope itemref="`+strings.Repeat("a ", 300)+`"><i itemprop=x>y</i></p><div id=a>`, again("<br>"), ""),
		"microformats in microformats":       again(`<p class="h-entry p-author u-photo value">x`),
		"pictures without scripts":           again(`<noscript><img src=a.jpg></noscript>`),
		"brackets in front of comments":      again("<<!---->p>"),
		"quotes that nothing ends":           again(`<p a="`),
		"raw text over and over":             again("<textarea>"),
		"drawings that never end":            again("<svg><path>"),
		"character data in drawings":         again("<svg><![CDATA[<a b=\"]]>"),
		"JSON of quotes in a text":           inside(ld+`{"a":"`, again(`" `), `"}</script>`),
		"JSON of faults":                     inside(ld+`[`, again(`{"a":oops},`), `]</script>`),
		"JSON in lists":                      inside(ld, again("["), "</script>"),
		"JSON in objects":                    inside(ld, again(`{"@graph":`), "</script>"),
		"JSON of many nodes":                 inside(ld+"[", again(`{"@type":"Article","author":{"name":"x"}},`), "{}]</script>"),
		"JSON of comments":                   inside(ld, again("/*"), "</script>"),
		"JSON of quotes":                     inside(ld, again(`"`), "</script>"),
		"zero bytes":                         again("\x00"),
		"invalid bytes":                      again("\xff\xc3"),
	}
}

// maxGrowth is how many bytes may be allocated in all for each byte of markup, most of them freed on the way. A tag of
// three bytes becomes a node of a hundred: the worst of these shapes takes 49.
const maxGrowth = 100

// TestHostilePages: each shape is read to an answer, what stands in front of it is kept, and it takes memory in proportion to
// its size. That time grows no faster than size is for BenchmarkHostile to show.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some 100 MB of markup")
	}
	base := &url.URL{Scheme: "https", Host: "www.example.org", Path: "/a"}
	for name, shape := range hostile() {
		t.Run(name, func(t *testing.T) {
			for _, size := range []int{1 << 20, 2 << 20} {
				markup := []byte("<title>Low water</title>" + shape(size))
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				p, err := page.Parse(markup, base)
				runtime.ReadMemStats(&after)
				if err != nil {
					t.Fatalf("Parse: %v", err)
				}
				if p.Sources["title"] == nil {
					t.Error("the title in front of the mischief was lost")
				}
				if used := after.TotalAlloc - before.TotalAlloc; used > maxGrowth*uint64(len(markup)) {
					t.Errorf("%d bytes of markup took %d bytes, %d for each, want at most %d", len(markup), used, used/uint64(len(markup)), maxGrowth)
				}
			}
		})
	}
}

func TestLargeAndDeepJSONLD(t *testing.T) {
	t.Parallel()
	const ld, end = `<script type="application/ld+json">`, `</script><h1>Low water</h1>`
	item := `{"@type":"Thing","name":"` + strings.Repeat("x", 950) + `"},`
	cases := map[string]struct{ markup, note string }{
		"5 MB":          {ld + "[" + strings.Repeat(item, 5_200) + `{}]` + end, "was not read"},
		"5 MB in many":  {strings.Repeat(ld+item[:len(item)-1]+`</script>`, 5_200) + end, "was not read"},
		"10,000 levels": {ld + strings.Repeat(`{"a":[`, 5_000) + strings.Repeat("]}", 5_000) + end, "mended"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, c.markup, "https://x.example/a")
			if p.Title != "Low water" || len(p.JSONLD) == 0 || !strings.Contains(strings.Join(p.Notes, "; "), c.note) {
				t.Errorf("got title %q, %d objects, notes %q; want the title, what could be read, and a note that has %q", p.Title, len(p.JSONLD), p.Notes, c.note)
			}
		})
	}
}

func TestPageBeyondTheCapIsCut(t *testing.T) {
	t.Parallel()
	markup := "<title>Low water</title><p>" + strings.Repeat("x", 10<<20) + "<h1>Too late</h1>"
	p := parse(t, markup, "https://x.example/a")
	if p.Title != "Low water" || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "10 MB") {
		t.Errorf("got title %q and notes %q, want the title before the cap and a note", p.Title, p.Notes)
	}
}

func TestDeepPageKeepsItsHead(t *testing.T) {
	t.Parallel()
	p := parse(t, `<title>Low water</title><h1>Low water</h1>`+strings.Repeat("<div>", 600), "https://x.example/a")
	if p.Title != "Low water" || len(p.Notes) == 0 {
		t.Errorf("got title %q and notes %q, want the title and a note on the depth", p.Title, p.Notes)
	}
}

func TestDeepPageKeepsWhatStandsBeforeTheDepth(t *testing.T) {
	t.Parallel()
	p := parse(t, strings.Repeat("<p>Some text.</p>", 1_500)+`<h1>Low water</h1>`+strings.Repeat("x", 4_096)+strings.Repeat("<div>", 600)+strings.Repeat("y", 4_096), "https://x.example/a")
	if p.Title != "Low water" {
		t.Errorf("got title %q, want the heading that stands right before the depth", p.Title)
	}
}

func TestTooComplexPageSaysSo(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"end tags without a start", "formatting opened again everywhere"} {
		p := parse(t, "<title>Low water</title>"+hostile()[name](2<<20), "https://x.example/a")
		if len(p.Notes) == 0 || !strings.Contains(p.Notes[0], "too complex") {
			t.Errorf("%s: got notes %q, want one that the page was cut", name, p.Notes)
		}
	}
}

// BenchmarkHostile doubles the size of each shape. The metric growth is the time at a size over that at half of it: 2 where
// time is linear (less where a limit cuts the page), 4 where it is quadratic; bytes/byte is what is allocated for each byte.
func BenchmarkHostile(b *testing.B) {
	base := &url.URL{Scheme: "https", Host: "www.example.org", Path: "/a"}
	read := func(b *testing.B, markup []byte) time.Duration {
		best := time.Hour
		for range 3 {
			start := time.Now()
			if _, err := page.Parse(markup, base); err != nil {
				b.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	for name, shape := range hostile() {
		var half time.Duration
		for _, size := range []int{1 << 20, 2 << 20, 4 << 20} {
			markup := []byte(shape(size))
			b.Run(fmt.Sprintf("%s/%dMB", name, size>>20), func(b *testing.B) {
				var took time.Duration
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				for b.Loop() {
					took = read(b, markup)
				}
				runtime.ReadMemStats(&after)
				if half > 0 {
					b.ReportMetric(float64(took)/float64(half), "growth")
				}
				b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(3*b.N*len(markup)), "bytes/byte")
				half = took
			})
		}
	}
}
