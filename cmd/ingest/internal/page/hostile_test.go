package page_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/cmd/ingest/internal/page/pagetest"
	"ingest/enrich/urlclean"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// everywhere puts one text in every place that a stranger can write.
func everywhere(text string) *pagetest.Desk {
	d := pagetest.Rich()
	e := pagetest.Telemedicine()
	at := pagetest.Noon()
	s := desk.Summary{ID: 1, Title: text, State: desk.Attention, Attention: text, Outcome: pipeline.Outcome(text), URL: text, Path: text, CheckedAt: at, Link: text}
	warning := pipeline.Warning{Step: text, Text: text, Hint: text}
	value := explain.Value{V: text}
	*e = desk.Entry{Summary: s, WorkPackageURL: text, SiteURL: text, SourceURL: text, Canonical: text, FrontMatter: text, Body: text, Image: text,
		Warnings: []pipeline.Warning{warning}, Health: &desk.Health{State: text, Reason: text, Archived: text, Moved: text},
		Outcomes: []desk.PastOutcome{{Run: text, At: at, Outcome: pipeline.Outcome(text), Text: text}},
		Last:     &desk.Last{Run: text, At: at, Diff: "@@ -1,9 +1,9 @@\n+" + text + "\n-" + text, Item: pipeline.ItemReport{ID: 1, Subject: text, Outcome: pipeline.Outcome(text), Error: text, Hint: text, HandEdits: []string{text}, Files: []pipeline.File{{Path: text}}}},
		Explanation: &explain.Explanation{Link: &explain.Link{Original: text, Clean: text, Href: text, Canonical: text + "2", Removed: []urlclean.Removal{{Name: text, Value: text, Rule: text, Why: text}}, Notes: []string{text},
			Hops: []explain.Hop{{URL: text, Reason: text, Robots: text, Unwrapped: []urlclean.Unwrap{{Rule: text, Why: text}}}}},
			Keys: []explain.Key{{Key: text, Value: value, State: explain.State(text), Why: text, Offered: &value, Edits: []explain.Edit{{Key: text, Value: value, Offered: value}},
				From: []explain.Source{{Kind: explain.Page, Text: text, URL: text, Value: value, Lost: []explain.Candidate{{Source: text, Value: text, Reason: text}}}}}}, Warnings: []pipeline.Warning{warning}}}
	bare := &desk.Entry{Summary: s, FrontMatter: text, Duplicates: []int64{1}} // without an account
	bare.ID, bare.Link = 2, "dead"
	d.All = []*desk.Entry{e, bare}
	item := e.Last.Item
	item.Outcome = pipeline.Failed
	skipped := item
	skipped.Error, skipped.Outcome, skipped.Warnings = "", pipeline.Skipped, []pipeline.Warning{warning}
	report := &pipeline.Report{Error: text + "3", Hint: text, Items: []pipeline.ItemReport{item, skipped}, Warnings: []pipeline.Warning{warning}, Counts: map[pipeline.Outcome]int{pipeline.Failed: 1}}
	d.Past = []desk.Run{{ID: "hostile", Kind: daemon.Kind(text), State: daemon.State(text), Trigger: text, By: text, Error: text, Hint: text, Counts: report.Counts, Report: report}}
	d.Next[0].Schedule = daemon.Schedule{Cron: text, Timezone: text, Kind: daemon.Kind(text)}
	return d
}

// TestStrangersTextsStayTexts writes each text into every place and looks for what a
// browser would make of it.
func TestStrangersTextsStayTexts(t *testing.T) {
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) { holdsTo(t, text) })
	}
}

func hostileTexts() map[string]string {
	return map[string]string{
		"element":             `<script>window.pwned=1</script><img src=x onerror=pwned()>`,
		"end of an attribute": `"><svg onload=alert(1)>' onmouseover='x`,
		"script address":      `javascript:alert(1)//https://a.example`,
		"script and host":     "javascript://a.example/%0aalert(1)",
		"script in markdown":  "[x](javascript://a.example/%0aalert(1)) <javascript://a.example/%0aalert(1)> <ftp://a.example/>",
		"user in markdown":    "[x](https://bank.example@evil.example/) <https://bank.example@evil.example/>",
		"mixed case":          "JaVaScRiPt:alert(1)",
		"blank before":        " \tjavascript:alert(1)",
		"data address":        `data:text/html,<script>alert(1)</script>`,
		"user in an address":  `https://bank.example@evil.example/`,
		"file":                `file:///etc/passwd`,
		"no scheme":           `//evil.example/x`,
		"template":            `{{.Site}}{{template "layout"}}`,
		"markdown link":       `[x](javascript:alert(1)) ![y](https://evil.example/t.gif) <javascript:alert(1)> <b onclick=x>b</b>`,
		"markdown reference":  "[x]: javascript:alert(1)\n\n[x] ![x]\n\n# A\n\n###### B",
		"markdown table":      "| a |\n|:-:|\n| <style>*{}</style> |",
		"comment":             "--><script>1</script><!--",
		"end of title":        "</title></main></body><h1>two</h1>",
		"invalid utf-8":       "\xff\xfe<\xc0script>",
		"zero byte":           "a\x00b<\x00script>",
		"right to left":       "https://example.org/\u202egpj.exe",
		"long":                strings.Repeat("<div>", 3000),
		"empty":               "",
	}
}

func holdsTo(t *testing.T, text string) {
	t.Helper()
	h := handler(t, everywhere(text), ana, nil)
	for _, path := range []string{"/", "/entries", "/entries/1", "/entries/2", "/runs", "/runs/hostile"} {
		a := ask(t, h, "GET", path, "")
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", path, a.StatusCode)
		}
		checkMarkup(t, a)
		for n := range a.doc.Descendants() {
			if n.DataAtom == atom.Script && !strings.HasPrefix(attr(n, "src"), "/assets/page-") {
				t.Errorf("%s: a script from %q", path, attr(n, "src"))
			}
			if n.Type == html.CommentNode && !strings.Contains(n.Data, "raw HTML omitted") {
				t.Errorf("%s: a comment %q", path, n.Data)
			}
		}
	}
}

// FuzzNoPageRunsWhatStrangersWrite: whatever stands in the tracker, on a source page
// or in a file, every page holds to what each page promises.
func FuzzNoPageRunsWhatStrangersWrite(f *testing.F) {
	for name, text := range hostileTexts() {
		if name != "long" {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 {
			t.Skip("longer texts take their time in each of the pages; \"long\" has its own test")
		}
		holdsTo(t, text)
	})
}

// TestHiddenCharactersAreShown: in every text from outside, wherever it stands.
func TestHiddenCharactersAreShown(t *testing.T) {
	const text, seen = "https://example.org/\u202egpj.exe\u200b\u2066 \u200f\ufeff\x1b\u2028!", "https://example.org/⟨U+202E⟩gpj.exe⟨U+200B⟩⟨U+2066⟩ ⟨U+200F⟩⟨U+FEFF⟩⟨U+001B⟩⟨U+2028⟩!"
	d := everywhere(text)
	d.Looks = map[int64]*desk.Last{7: {Item: pipeline.ItemReport{Error: text, Hint: text}}}
	broken := pagetest.Rich()
	broken.Err = &desk.OrderError{Text: text, Help: text}
	for path, h := range map[string]http.Handler{"/": handler(t, d, ana, nil), "/entries": handler(t, d, ana, nil), "/entries/1": handler(t, d, ana, nil), "/entries/2": handler(t, d, ana, nil), "/entries/7": handler(t, d, ana, nil),
		"/runs": handler(t, d, ana, nil), "/runs/hostile": handler(t, d, ana, nil), "/find?q=example": handler(t, d, ana, nil), "/entries/3": handler(t, broken, ana, nil)} {
		a := ask(t, h, "GET", path, "")
		if i := strings.IndexAny(a.body, "\u202e\u200b\u2066\u200f\ufeff\x1b\u2028"); i >= 0 {
			t.Errorf("%s hides %+q", path, a.body[max(0, i-80):i+20])
		}
		if !strings.Contains(a.text(), seen) {
			t.Errorf("%s does not show what is hidden:\n%s", path, a.text())
		}
	}
}

// TestJoinersOfWordsStay: Persian words and emoji are made with them; an address is
// read letter by letter.
func TestJoinersOfWordsStay(t *testing.T) {
	const title = "می\u200cخواهم 👩\u200d⚕️ tele\u00admedicine"
	d := pagetest.Rich()
	d.All[0].Title, d.All[0].Warnings[0].Text = title, title
	d.All[0].Body = "[" + title + "](https://example.org/a\u2060b?c=\u200b)"
	d.All[0].SourceURL, d.All[0].Explanation.Link = "https://exam\u2060ple.org/\u200d\u00ad", nil
	a := ask(t, handler(t, d, ana, nil), "GET", "/entries/3960", "")
	if n := strings.Count(a.text(), title); n != 4 { // of the page, its heading, the warning, the preview
		t.Errorf("the title stands there %d times, want 4:\n%s", n, a.text())
	}
	if want := "https://exam⟨U+2060⟩ple.org/⟨U+200D⟩⟨U+00AD⟩"; !strings.Contains(a.text(), want) {
		t.Errorf("the page lacks %s:\n%s", want, a.text())
	}
	if want := `<a href="https://example.org/a%E2%81%A0b?c=%E2%80%8B" rel`; !strings.Contains(a.body, want) {
		t.Errorf("the page lacks %s", want)
	}
}

// TestSearchLeavesOutWhatWasPastedUnseen: an address that was copied out of a message
// often brings marks along.
func TestSearchLeavesOutWhatWasPastedUnseen(t *testing.T) {
	h := handler(t, pagetest.Rich(), ana, nil)
	q := url.QueryEscape("\ufeff\u200ehttps://gone.example/articles/42\u200b\u202c")
	if a := ask(t, h, "GET", "/find?q="+q, ""); a.Header.Get("Location") != "/entries/4003" {
		t.Errorf("%d to %q, want the entry", a.StatusCode, a.Header.Get("Location"))
	}
	if a := ask(t, h, "GET", "/entries?q="+q, ""); !strings.Contains(a.text(), "1 entry") || !strings.Contains(a.body, `value="https://gone.example/articles/42"`) {
		t.Errorf("the list: %s", a.text())
	}
}

func TestPreviewIsWhatAReaderSees(t *testing.T) {
	d := pagetest.Rich()
	d.All[0].SiteURL = "https://site.example/news/a"
	d.All[0].Body = "# One\n\n#### Deep\n\n[site](/topic/x) [web](https://w.example/?a=1&b=2) [top](#one) [mail](mailto:a@b.c) <b>raw</b> https://bare.example/\n\n![Alt *text*](/p.png \"t\")\n\n| a |\n|:-:|\n| b |\n"
	a := ask(t, handler(t, d, ana, nil), "GET", "/entries/3960", "")
	for _, part := range []string{"<h3>One</h3>", "<h4>Deep</h4>", `<a href="https://site.example/topic/x" rel="noopener noreferrer">site</a>`, `<a href="https://w.example/?a=1&amp;b=2" rel="noopener noreferrer">web</a>`,
		" top mail ", "<!-- raw HTML omitted -->raw<!-- raw HTML omitted -->", `<a href="https://bare.example/" rel="noopener noreferrer">https://bare.example/</a>`, `</span> Alt <em>text</em></span>`, "<th>a</th>"} {
		if !strings.Contains(a.body, part) {
			t.Errorf("the preview lacks %s", part)
		}
	}
	if strings.Contains(a.body, "p.png") {
		t.Error("the preview fetches a picture")
	}
}

func TestPreviewIsBounded(t *testing.T) {
	for name, body := range map[string]string{
		"table that a short row fills": strings.Repeat("a|", 1000) + "\n" + strings.Repeat("-|", 1000) + "\n" + strings.Repeat("a\n", 10_000),
		"links in links":               strings.Repeat("[a](", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			d := pagetest.Rich()
			d.All[0].Body = body
			a := ask(t, handler(t, d, ana, nil), "GET", "/entries/3960", "")
			if a.StatusCode != http.StatusOK || len(a.body) > 1<<20 || strings.Contains(a.body, "<td>a</td>") {
				t.Errorf("%d with %d bytes, want a page of 1 MB at most, without the table", a.StatusCode, len(a.body))
			}
		})
	}
}

// TestPreviewOfALongTable shows one that people write.
func TestPreviewOfALongTable(t *testing.T) {
	d := pagetest.Rich()
	d.All[0].Body = "|a|b|c|d|e|f|g|h|\n" + strings.Repeat("|-", 8) + "|\n" + strings.Repeat("|1|2|3|4|5|6|7|8|\n", 1000)
	if a := ask(t, handler(t, d, ana, nil), "GET", "/entries/3960", ""); strings.Count(a.body, "<td>8</td>") != 1000 {
		t.Errorf("%d rows, want 1000", strings.Count(a.body, "<td>8</td>"))
	}
}
