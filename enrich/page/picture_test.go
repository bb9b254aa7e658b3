package page_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/page"
)

// usable are the candidates of a field that may be tried, in order.
func usable(all []page.Candidate) string {
	var values []string
	for _, c := range all {
		if c.Refused == "" {
			values = append(values, strings.TrimPrefix(c.Value, "https://x.example/"))
		}
	}
	return strings.Join(values, " ")
}

func TestImageCandidatesAreAnOrderToTry(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ head, body, want string }{
		"declared ones, then those of the content":   {`<meta property="og:image" content="/og.jpg"><meta name="twitter:image" content="/tw.jpg"><link rel=image_src href="/link.jpg"><script type="application/ld+json">{"@type":"Article","image":["/ld1.jpg","/ld2.jpg"]}</script>`, `<img src="/a.jpg"><img src="/b.jpg" width=800>`, "og.jpg tw.jpg ld1.jpg ld2.jpg link.jpg b.jpg a.jpg"},
		"no more than five of the content":           {`<meta property="og:image" content="/og.jpg">`, strings.Repeat(`<img src="/a%.jpg">`, 9), "og.jpg"},
		"of a list, what another tag repeats":        {`<meta property="og:image" content="/1.jpg"><meta property="og:image" content="/2.jpg"><meta name="twitter:image" content="/2.jpg">`, ``, "2.jpg 1.jpg 2.jpg"},
		"a logo first in the list":                   {`<meta property="og:image" content="/logo.png"><meta property="og:image" content="/2.jpg">`, ``, "2.jpg logo.png"},
		"the header's own logo, and a large picture": {`<meta property="og:image" content="/logo.png">`, `<header><img src="/logo.png"></header><img src="/b.jpg" width=800>`, "b.jpg logo.png"},
		"... and a small one":                        {`<meta property="og:image" content="/logo.png">`, `<header><img src="/logo.png"></header><img src="/b.jpg" width=200>`, "logo.png b.jpg"},
		"another logo, and a large picture":          {`<meta property="og:image" content="/logo-wide.png">`, `<header><img src="/logo.png"></header><img src="/b.jpg" width=800>`, "logo-wide.png b.jpg"},
		"a film":                                     {`<meta property="og:image" content="/1.mp4"><meta property="og:image" content="/2.jpg">`, ``, "2.jpg"},
		"the home page":                              {`<meta property="og:image" content="https://x.example/">`, `<img src="/a.jpg">`, "a.jpg"},
		"the page itself":                            {`<meta property="og:image" content="https://x.example/a/">`, ``, ""},
		"a word that only describes":                 {`<meta property="og:image" content="/a-man-loading-the-new-truck.jpg">`, ``, "a-man-loading-the-new-truck.jpg"},
		"a spinner":                                  {`<meta property="og:image" content="/loading.jpg">`, ``, ""},
		"no image, it says":                          {`<meta property="og:image" content="/img/no-image-available-for-this.jpg">`, ``, ""},
		"an object known by its identifier":          {`<script type="application/ld+json">{"@graph":[{"@type":"Article","image":{"@id":"#pic"}},{"@id":"https://x.example/a/#pic","@type":"ImageObject","url":"/pic.jpg"}]}</script>`, ``, "pic.jpg"},
		"an identifier of nothing":                   {`<script type="application/ld+json">{"@type":"Article","image":{"@id":"https://x.example/b/#pic"}}</script>`, ``, ""},
		"an identifier that is an address":           {`<script type="application/ld+json">{"@type":"Article","image":{"@id":"/pic.jpg"}}</script>`, ``, "pic.jpg"},
		"blanks and line breaks":                     {"<meta property=\"og:image\" content=\" /a b\n.jpg \">", ``, "a%20b.jpg"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := c.body
			for i := '1'; strings.Contains(body, "%"); i++ {
				body = strings.Replace(body, "%", string(i), 1)
				if i <= '5' {
					c.want += " a" + string(i) + ".jpg"
				}
			}
			p := parse(t, article(c.head, "<h1>Low water</h1>"+body), "https://x.example/a/")
			if got := usable(p.Sources["image"]); got != c.want {
				t.Errorf("images to try: got %q, want %q\nall: %v", got, c.want, p.Sources["image"])
			}
		})
	}
}

func TestContentImage(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ body, want string }{
		"the larger":                           {`<img src="/a.jpg" width=300 height=200><img src="/b.jpg" width=900 height=600>`, "b.jpg"},
		"the size in its name":                 {`<img src="/a-300x200.jpg"><img src="/b-1024x683.jpg">`, "b-1024x683.jpg"},
		"too small by its name":                {`<img src="/a-36x36.jpg">`, ""},
		"a logo in one word":                   {`<img src="/kplogo_black.png">`, ""},
		"a word that ends like a logo":         {`<img src="/catalogo.png">`, "catalogo.png"},
		"inside of a logo":                     {`<div class="site-logo"><a href="/"><img src="/a.png"></a></div>`, ""},
		"a writer's portrait":                  {`<div class="post_author"><img src="/a.jpg"></div>`, ""},
		"a banner":                             {`<img src="/ombanner.jpg">`, ""},
		"a folder of signs":                    {`<img src="/smilies/happy.png">`, ""},
		"a network's sign":                     {`<img src="/facebook.png">`, ""},
		"drawings":                             {`<img src="/a.svg"><img src="/b.gif">`, ""},
		"hidden":                               {`<img src="/a.jpg" style="display:none">`, ""},
		"of a related story":                   {`<div class="related"><img src="/a.jpg"></div>`, ""},
		"beside, inside of the main part":      {`<div class="sidebar"><img src="/a.jpg"></div>`, ""},
		"sources of a <picture>":               {`<picture><source srcset="/a.avif" type="image/avif"><source srcset="/s.jpg 1x,/l.jpg 2x"><img src="data:image/gif;base64,R0"></picture>`, "l.jpg"},
		"... shown at its own size":            {`<img srcset="/s.jpg 300w, /l.jpg 1200w" src="/s.jpg" width=300>`, "s.jpg"},
		"a list of another picture":            {`<img srcset="/o.jpg 300w, /l.jpg 1200w" src="/s.jpg">`, "s.jpg"},
		"a list beside the smallest of it":     {`<img srcset="/s.jpg 300w, /l.jpg 1200w" src="/s.jpg">`, "l.jpg"},
		"a list without blanks":                {`<img srcset="/s.jpg 1x,/l.jpg 2x">`, "l.jpg"},
		"a list with pictures inside":          {`<img srcset="data:image/gif;base64,R0 3000w, /l.jpg 400w">`, "l.jpg"},
		"an address with a comma":              {`<img srcset="/w_400,h_300/s.jpg 400w, /w_800,h_600/l.jpg 800w">`, "w_800,h_600/l.jpg"},
		"a lazy list":                          {`<img src="/placeholder.png" data-srcset="/s.jpg 400w, /l.jpg 800w">`, "l.jpg"},
		"one in place of a script's":           {`<noscript><img class=x src="/a.jpg"></noscript>`, "a.jpg"},
		"a counter's pixel in place of one":    {`<noscript><img src="/count?p=1"></noscript>`, ""},
		"a wrapper that only has a sidebar":    {`<div class="has-sidebar"><img src="/a.jpg"></div>`, "a.jpg"},
		"no scheme":                            {`<img src="//x.example/a.jpg">`, "a.jpg"},
		"a name in the wrapper of the article": {`</article></main><div class="sidebar-right"><main><img src="/a.jpg"></main></div>`, "a.jpg"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, article("", "<h1>Low water</h1>"+c.body), "https://x.example/a/")
			if got := strings.TrimPrefix(p.Image, "https://x.example/"); got != c.want {
				t.Errorf("image: got %q, want %q\nall: %v", got, c.want, p.Sources["image"])
			}
		})
	}
}

func TestIconsAreSortedForACard(t *testing.T) {
	t.Parallel()
	p := parse(t, `<link rel="mask-icon icon" href=mask.svg><link rel="shortcut icon" href=f.ico><link rel=icon sizes=16x16 href=16.png><link rel=icon sizes="48x48 96x96" href=96.png><link rel=icon sizes=512x512 href=512.png>
<link rel=icon media="(prefers-color-scheme: dark)" href=dark.svg><link rel=icon href=a.svg type="image/svg+xml"><link rel=apple-touch-icon href=touch.png><link rel="icon" href=""><meta name="msapplication-TileImage" content="tile.png">`, "https://x.example/")
	var got []string
	for _, i := range p.Icons {
		got = append(got, strings.TrimPrefix(i.Href, "https://x.example/"))
	}
	want := []string{"a.svg", "512.png", "touch.png", "96.png", "f.ico", "16.png", "tile.png", "dark.svg", "mask.svg"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("icons (-want +got):\n%s", diff)
	}
	if p.Icon != p.Icons[0].Href {
		t.Errorf("icon: got %q, want the first of all", p.Icon)
	}
}
