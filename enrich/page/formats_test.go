package page_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMicroformats(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ markup, want string }{
		"an entry with its author": {`<div class="h-entry"><h1 class="p-name">Low water</h1><a class="p-author h-card" href="/jane">Jane Marlow</a><time class="dt-published" datetime="2021-03-04">today</time><a class="u-url" href="/a">link</a><a class="p-category">mud</a><a class="p-category">water</a><img class="u-photo" src="/p.jpg"><div class="e-content"><p>Text.</p></div></div>`,
			`[{"@type":"h-entry","author":{"@type":"h-card","name":"Jane Marlow","url":"https://x.example/jane"},"category":["mud","water"],"content":"Text.","name":"Low water","photo":"https://x.example/p.jpg","published":"2021-03-04","url":"https://x.example/a"}]`},
		"a card that is a picture":       {`<img class="h-card" src="/p.jpg" alt="Jane Marlow">`, `[{"@type":"h-card","name":"Jane Marlow","photo":"https://x.example/p.jpg"}]`},
		"a card with a picture in it":    {`<a class="h-card" href="/jane"><img src="/p.jpg" alt="Jane Marlow"></a>`, `[{"@type":"h-card","name":"Jane Marlow","photo":"https://x.example/p.jpg","url":"https://x.example/jane"}]`},
		"nothing implied beside a text":  {`<div class="h-card"><span class="p-org">Mud</span> Jane</div>`, `[{"@type":"h-card","org":"Mud"}]`},
		"a date in parts":                {`<div class="h-event"><span class="dt-start"><span class="value">2021-03-04</span> at <span class="value">18:30</span></span></div>`, `[{"@type":"h-event","name":"2021-03-04 at 18:30","start":"2021-03-04T18:30"}]`},
		"a value in a title":             {`<div class="h-event"><span class="dt-start"><span class="value-title" title="2021-03-04"> </span>Thursday</span><b class="p-name">Tide</b></div>`, `[{"@type":"h-event","name":"Tide","start":"2021-03-04"}]`},
		"an abbreviation":                {`<div class="h-card"><abbr class="p-name" title="Jane Marlow">JM</abbr></div>`, `[{"@type":"h-card","name":"Jane Marlow"}]`},
		"the classic entry":              {`<div class="hentry post-17"><h2 class="entry-title">Low water</h2><span class="author vcard"><a class="url fn" href="/jane">Jane Marlow</a></span><abbr class="published" title="2021-03-04T10:00">4 March</abbr></div>`, `[{"@type":"h-entry","author":{"@type":"h-card","name":"Jane Marlow","url":"https://x.example/jane"},"name":"Low water","published":"2021-03-04T10:00"}]`},
		"the classic review":             {`<div class="hreview"><b class="fn">Boots</b> by <i class="reviewer">Jane Marlow</i></div>`, `[{"@type":"h-review","author":"Jane Marlow","name":"Boots"}]`},
		"classic names in today's entry": {`<div class="h-entry"><b class="p-name">Low water</b><i class="author">Jane</i></div>`, `[{"@type":"h-entry","name":"Low water"}]`},
		"spacing of a style sheet":       {`<div class="p-3 h-100 e-1">x</div>`, `[]`},
		"a property of nothing":          {`<b class="p-name">x</b>`, `[]`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, encode(t, parse(t, c.markup, "https://x.example/a").Microformats)); diff != "" {
				t.Errorf("microformats (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMicrodata(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ markup, want string }{
		"itemref":                          {`<p id=b itemprop=name>Low water</p><div itemscope itemtype="https://schema.org/Article" itemref="a  b none"><i itemprop=genre>mud</i></div><div id=a><span itemprop=author itemscope itemtype="https://schema.org/Person"><b itemprop=name>Jane</b></span></div>`, `[{"@type":"Article","author":{"@type":"Person","name":"Jane"},"genre":"mud","name":"Low water"},{"@type":"Person","name":"Jane"}]`},
		"itemref to the item itself":       {`<div itemscope itemtype="https://schema.org/Article" id=a itemref=a><i itemprop=genre>mud</i></div>`, ""},
		"RDFa":                             {`<div vocab="https://schema.org/" typeof="Article" resource="#x"><h1 property="name">Low water</h1><meta property="wordCount" content="12"><link property="license" href="/l"><img property="image" src="/a.jpg"><time property="datePublished" datetime="2021-03-04">x</time></div>`, `[{"@id":"#x","@type":"Article","datePublished":"2021-03-04","image":"https://x.example/a.jpg","license":"https://x.example/l","name":"Low water","wordCount":"12"}]`},
		"the Open Graph is no property":    {`<div itemscope itemtype="https://schema.org/Article"><meta property="genre" content="x"><i itemprop=name>mud</i></div>`, `[{"@type":"Article","name":"mud"}]`},
		"RDFa with a prefix, item in item": {`<div typeof="schema:Article"><span property="schema:author" typeof="schema:Person"><b property="schema:name">Jane</b></span></div>`, `[{"@type":"Article","author":{"@type":"Person","name":"Jane"}}]`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := encode(t, parse(t, c.markup, "https://x.example/a").Microdata)
			if c.want != "" && got != c.want {
				t.Errorf("microdata (-want +got):\n%s", cmp.Diff(c.want, got))
			}
		})
	}
}

func TestTextsAreCleanLines(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\u200b a  b":            "a b",
		" a\u00a0\n b\u00ad\tc ": "a b c",
		"a\u200db":               "a\u200db",
		"plain text":             "plain text",
		"a  ":                    "a",
		"mañana  ça va":          "mañana ça va",
	} {
		if got := parse(t, `<meta name=description content="`+text+`">`, "https://x.example/a").Description; got != want {
			t.Errorf("description %q: got %q, want %q", text, got, want)
		}
	}
}

func TestKeywords(t *testing.T) {
	t.Parallel()
	p := parse(t, article(`<meta name=keywords content="mud, Water;mud、潮"><meta name=news_keywords content="tide"><meta property="article:tag" content="pipes"><meta property="article:tag" content="clay">
<script type="application/ld+json">{"@type":"Article","keywords":["water","boats"]}</script>`, `<h1>Low water</h1><a rel="tag" href="/t/shore">Shore</a><div class="related"><a rel=tag href="/t/x">Other</a></div>`), "https://x.example/a")
	if diff := cmp.Diff([]string{"mud", "Water", "潮", "tide", "pipes", "clay", "boats", "Shore"}, p.Keywords); diff != "" {
		t.Errorf("keywords (-want +got):\n%s", diff)
	}
	many := parse(t, `<meta name=keywords content="`+strings.Repeat("k,", 10)+manyWords(300)+`">`, "https://x.example/a")
	if len(many.Keywords) != 100 {
		t.Errorf("300 keywords: got %d, want 100", len(many.Keywords))
	}
}

func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("x", i%90+1) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + ",")
	}
	return b.String()
}

func TestPDF(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ head, body, want string }{
		"the scholarly tag":     {`<meta name=citation_pdf_url content="/c.pdf"><link rel=alternate type="application/pdf" href="/l.pdf">`, ``, "https://x.example/c.pdf"},
		"an alternate link":     {`<link rel=alternate type="application/pdf" href="/l">`, `<a href="/a.pdf">x</a>`, "https://x.example/l"},
		"structured data":       {`<script type="application/ld+json">{"@type":"Article","encoding":{"encodingFormat":"application/pdf","contentUrl":"/e.pdf"}}</script>`, ``, "https://x.example/e.pdf"},
		"the one link to a PDF": {``, `<a href="/a.PDF?x=1">x</a><a href="/a.PDF?x=1">again</a>`, "https://x.example/a.PDF?x=1"},
		"one of several":        {``, `<a href="/a.pdf">x</a><a href="/b.pdf">y</a>`, ""},
		"in the footer":         {``, `</article></main><footer><a href="/a.pdf">terms</a></footer>`, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, article(c.head, "<h1>Low water</h1>"+c.body), "https://x.example/a").PDF; got != c.want {
				t.Errorf("PDF: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ head, want string }{
		"relative, with a base":         {`<base href="https://www.x.example/b/"><link rel=canonical href="c">`, "https://www.x.example/b/c"},
		"no scheme":                     {`<link rel=canonical href="//www.x.example/c">`, "https://www.x.example/c"},
		"no scheme, no slashes":         {`<link rel=canonical href="www.x.example/c">`, "https://www.x.example/c"},
		"the other scheme":              {`<link rel=canonical href="http://www.x.example/c">`, "http://www.x.example/c"},
		"several":                       {`<link rel=canonical href="/1"><link rel=canonical href="/2">`, "https://www.x.example/1"},
		"a fragment":                    {`<link rel=canonical href="/c#d">`, "https://www.x.example/c"},
		"an empty one, then the card's": {`<link rel=canonical href=""><meta property="og:url" content="/o">`, "https://www.x.example/o"},
		"the home page from deep below": {`<link rel=canonical href="https://www.x.example/"><meta property="og:url" content="/o">`, "https://www.x.example/o"},
		"another word of its relation":  {`<link rel="Canonical nofollow" href="/c">`, "https://www.x.example/c"},
		"structured data":               {`<script type="application/ld+json">{"@type":"Article","url":"https://www.x.example/2021/low-water"}</script>`, "https://www.x.example/2021/low-water"},
		"nothing":                       {``, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, c.head, "https://www.x.example/2021/low-water?x=1").Canonical; got != c.want {
				t.Errorf("canonical: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	p := parse(t, `<link rel=alternate type="application/rss+xml" href="/rss" title="All &amp; more"><link rel=alternate type="application/feed+json; charset=utf-8" href="/j"><link rel=alternate hreflang=de href="/de"><link rel=alternate type="application/pdf" href="/p">`, "https://x.example/a")
	var got []string
	for _, f := range p.Feeds {
		got = append(got, f.Href+" "+f.Title)
	}
	if diff := cmp.Diff([]string{"https://x.example/rss All & more", "https://x.example/j "}, got); diff != "" {
		t.Errorf("feeds (-want +got):\n%s", diff)
	}
}
