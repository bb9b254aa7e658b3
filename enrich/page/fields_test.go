package page_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// article wraps a head and the inside of an article.
func article(head, body string) string {
	return "<!DOCTYPE html><html lang=en><head>" + head + "</head><body><main><article>" + body + "</article></main></body></html>"
}

func TestTitle(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ address, head, body, want string }{
		"site name behind a bar, known by the domain":     {"https://www.mudlark.example/a", `<title>Low water | Mudlark</title>`, ``, "Low water"},
		"site name and section behind bars":               {"https://www.mudlark.example/a", `<title>Low water | Finds | Mudlark</title>`, ``, "Low water | Finds"},
		"site name in front":                              {"https://www.mudlark.example/a", `<title>Mudlark: Low water</title>`, ``, "Low water"},
		"site name that holds the separator":              {"https://x.example/a", `<title>Low water - Finds - Mud</title><meta property="og:site_name" content="Finds - Mud">`, ``, "Low water"},
		"a dash that belongs to the headline":             {"https://x.example/a", `<title>Low water - and why it matters</title>`, ``, "Low water - and why it matters"},
		"domain written as initials":                      {"https://www.nyharbor.example/a", `<title>Low water - New York Harbor</title>`, ``, "Low water"},
		"headline over social title":                      {"https://x.example/a", `<meta property="og:title" content="You won't believe this tide">`, `<h1>Tide of 1953 was higher than thought</h1>`, "Tide of 1953 was higher than thought"},
		"first heading is the site's name":                {"https://mudlark.example/a", `<title>Low water</title>`, `<h1>Mudlark</h1><h1>Low water</h1>`, "Low water"},
		"heading links to the home page":                  {"https://x.example/a", `<title>Low water</title>`, `<h1><a href="/">The Muddy Days</a></h1><h2 class="entry-title">Low water</h2>`, "Low water"},
		"heading links to the home page, as does the tag": {"https://x.example/a", `<title>The Muddy Days</title><meta property="og:title" content="Low water">`, `<h1><a href="/">The Muddy Days</a></h1>`, "Low water"},
		"heading and tag are the site's name":             {"https://mudlark.example/a", `<title>Mudlark</title><meta property="og:title" content="Low water">`, `<h1>Mudlark</h1>`, "Low water"},
		"landing page under a slogan":                     {"https://x.example/pumps", `<meta property="og:type" content="website"><meta property="og:title" content="Pumps for low water">`, `<h1>Never wade again</h1>`, "Pumps for low water"},
		"section's name behind a colon":                   {"https://x.example/a", `<title>Low water found in the old harbour : science</title>`, `<h1>Science</h1><h2 class="title">Low water found in the old harbour</h2>`, "Low water found in the old harbour"},
		"a heading that says only home":                   {"https://x.example/a", `<title>Low water</title>`, `<h1>Home</h1>`, "Low water"},
		"kicker in a span of its own":                     {"https://x.example/a", ``, `<h1><span class="kicker">Rivers</span>Low water</h1>`, "Low water"},
		"kicker in front, the title tag without":          {"https://x.example/a", `<title>Low water in the estuary</title>`, `<h1>Rivers | Low water in the estuary</h1>`, "Low water in the estuary"},
		"permalink sign":                                  {"https://x.example/a", ``, `<h1>Low water<a class="headerlink" href="#x">¶</a></h1>`, "Low water"},
		"count of a listing":                              {"https://x.example/a", ``, `<h1>Rubber boots (158 items)</h1>`, "Rubber boots"},
		"a year in brackets stays":                        {"https://x.example/a", ``, `<h1>Low water (2019)</h1>`, "Low water (2019)"},
		"heading of the comments":                         {"https://x.example/a", `<title>Low water</title>`, `<div class="comments"><h1>What readers say</h1></div>`, "Low water"},
		"entities twice over and tags":                    {"https://x.example/a", `<meta property="og:title" content="Mud &amp;amp; &lt;b&gt;water&lt;/b&gt;">`, ``, "Mud & water"},
		"a page about a company on another's site":        {"https://www.directory.example/acme", `<title>Acme | Directory</title><script type="application/ld+json">{"@type":"Organization","name":"Acme"}</script>`, ``, "Acme"},
		"front page is called by the site's name":         {"https://www.mudlark.example/", `<title>Mudlark – everything from the river bed</title>`, `<h1>Come down to the shore</h1>`, "Mudlark"},
		"breadcrumbs in structured data are not the page": {"https://x.example/a", `<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","item":{"@id":"/","name":"Home"}}]}</script><title>Low water</title>`, ``, "Low water"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, article(c.head, c.body), c.address).Title; got != c.want {
				t.Errorf("title: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAuthors(t *testing.T) {
	t.Parallel()
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Low water","author":` + author + `}</script>`
	}
	cases := map[string]struct{ head, byline, want string }{
		"a list in JSON-LD keeps its order":          {ld(`[{"@type":"Person","name":"Zora Lane"},{"@type":"Person","name":"Abe Moss"}]`), ``, "Zora Lane; Abe Moss"},
		"a name in JSON-LD with agency and role":     {ld(`"JANE MARLOW, AP National Writer"`), ``, "JANE MARLOW"},
		"reference to a node elsewhere":              {ld(`{"@id":"#p"}`) + `<script type="application/ld+json">{"@id":"#p","@type":"Person","name":"Jane Marlow"}</script>`, ``, "Jane Marlow"},
		"given and family name":                      {ld(`{"@type":"Person","givenName":"Jane","familyName":"Marlow"}`), ``, "Jane Marlow"},
		"lead-in glued to the name":                  {`<meta name=author content="ByJane Marlow">`, ``, "Jane Marlow"},
		"the house in the tag, a person below":       {`<meta property="og:site_name" content="Mud Times"><meta name=author content="Mud Times">`, `<p class="byline">By <a href="/author/jane">Jane Marlow</a></p>`, "Jane Marlow"},
		"the house alone is kept":                    {`<meta property="og:site_name" content="Mud Times"><meta name=author content="Mud Times">`, ``, "Mud Times"},
		"a handle and an address are no names":       {`<meta property="article:author" content="https://social.example/jane"><meta name=author content="@jane">`, `<p>By Jane Marlow</p>`, "Jane Marlow"},
		"several in plain text, with outlet and bar": {``, `<p>By Jane Marlow and Abe Moss | Mud Times</p>`, "Jane Marlow; Abe Moss"},
		"German, with place":                         {``, `<p>Von Jana Marlow und Abel Moos aus Berlin</p>`, "Jana Marlow; Abel Moos"},
		"French":                                     {``, `<p>Par <b>Jeanne Marlot</b> et <b>Abel Mousse</b></p>`, "Jeanne Marlot; Abel Mousse"},
		"Spanish with two surnames":                  {``, `<p>Por Juana Marín de la Vega</p>`, "Juana Marín de la Vega"},
		"Italian phrase":                             {``, `<p>a cura di Giovanna Marli</p>`, "Giovanna Marli"},
		"Chinese":                                    {``, `<p>作者：王小明</p>`, "王小明"},
		"Russian":                                    {``, `<p>Автор: Иван Петров</p>`, "Иван Петров"},
		"label and data of a card":                   {`<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Marlow">`, ``, "Jane Marlow"},
		"credentials and titles":                     {`<meta name=author content="Jane Marlow, MD, PhD">`, ``, "Jane Marlow"},
		"surname first in citation tags":             {`<meta name=citation_author content="Marlow, Jane"><meta name=citation_author content="Moss, Abe">`, ``, "Jane Marlow; Abe Moss"},
		"date and clock behind the name":             {``, `<div class="byline">Posted by Jane Marlow on March 4, 2021 at 7:07 PM</div>`, "Jane Marlow"},
		"each in an element, buttons around":         {``, `<div class="byline-wrap author"><span class="author">Jane Marlow</span>, <span class="author">Abe Moss</span><span>Published 7:07 PM EST</span></div>`, "Jane Marlow; Abe Moss"},
		"a reader's comment is no byline":            {``, `<section class="comments"><p>By Jane Marlow</p></section>`, ""},
		"a photographer is no author":                {``, `<figure><figcaption class="author">By Jane Marlow</figcaption></figure>`, ""},
		"a class in a reader's comment":              {``, `<section class="comments"><span class="author">Jane Marlow</span></section>`, ""},
		"two kinds of places against the tag":        {`<meta name=author content="Marlow Holding">`, `<p>By <a class="author" href="/author/jane">Jane Marlow</a></p>`, "Jane Marlow"},
		"an agency before the house":                 {ld(`{"@type":"Organization","name":"X Example"}`), `<address>Agencia Luz</address>`, "Agencia Luz"},
		"a pen name that two places give":            {`<meta name=author content="lupa">` + ld(`"lupa"`), `<div class="author">Rubber Boots</div>`, "lupa"},
		"a catalogue's order in any tag":             {`<meta name="parsely-author" content="Marlow, Jane">`, ``, "Jane Marlow"},
		"the first post of a thread":                 {`<link rel=canonical href="https://www.x.example/a">` + `<script type="application/ld+json">{"@type":"DiscussionForumPosting","headline":"Low water"}</script>`, `<div class="username"><a href="/u/1">mudlark77</a></div><div class="username">second</div>`, "mudlark77"},
		"a sentence that begins with by":             {``, `<p>By noon the water had gone.</p>`, ""},
		"the form's label":                           {``, `<form><label>By</label><label>Name</label></form>`, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, article(c.head, "<h1>Low water</h1>"+c.byline+"<p>The water was low that day, and the mud was full of old things.</p>"), "https://www.x.example/a")
			if got := strings.Join(p.Authors, "; "); got != c.want {
				t.Errorf("authors: got %q, want %q\nsources: %v", got, c.want, p.Sources["author"])
			}
		})
	}
}

func TestPublished(t *testing.T) {
	t.Parallel()
	meta := func(v string) string { return `<meta property="article:published_time" content="` + v + `">` }
	cases := map[string]struct{ address, head, body, want string }{
		"moment with zone":                        {"", meta("2019-11-23T11:02:35-05:00"), "", "2019-11-23T11:02:35-05:00"},
		"compact":                                 {"", meta("20201123T11:02:35Z"), "", "2020-11-23T11:02:35Z"},
		"no colon in the zone, a blank before":    {"", meta("2020-11-23 11:02:35 +0130"), "", "2020-11-23T11:02:35+01:30"},
		"a clock without zone is a day":           {"", meta("2020-11-23T11:02:35"), "", "2020-11-23"},
		"milliseconds since 1970":                 {"", meta("1574505755000"), "", "2019-11-23T10:42:35Z"},
		"as mail writes it":                       {"", meta("Sat, 23 Nov 2019 10:42:35 GMT"), "", "2019-11-23T10:42:35Z"},
		"placeholder year, then the text":         {"", meta("0001-01-01T00:00:00Z"), "<p>Published 7:07 PM EST Nov 19, 2019</p>", "2019-11-19"},
		"no year, no date":                        {"", meta("November 19"), "<p>November 19</p>", ""},
		"no day, no date":                         {"", meta("November 2019"), "", ""},
		"a day that does not exist":               {"", meta("2019-02-30"), "", ""},
		"dots put the day first, also in English": {"", "", "<p class=date>04.02.2022</p>", "2022-02-04"},
		"slashes in American English":             {"https://x.example/a", "", "<p class=date>04/02/2022</p>", "2022-04-02"},
		"slashes in Britain":                      {"https://x.co.uk/a", "", "<p class=date>04/02/2022</p>", "2022-02-04"},
		"slashes that can only be one way":        {"https://x.example/a", "", "<p class=date>24/02/2022</p>", "2022-02-24"},
		"ordinal day":                             {"", "", "<p class=date>4th of March, 2021</p>", "2021-03-04"},
		"German":                                  {"", "", "<p>Stand: 4. März 2021</p>", "2021-03-04"},
		"French first of the month":               {"", "", "<p class=date>Publié le 1er août 2021</p>", "2021-08-01"},
		"Portuguese":                              {"", "", "<p class=date>4 de março de 2021</p>", "2021-03-04"},
		"Russian":                                 {"", "", "<p class=date>4 марта 2021 г.</p>", "2021-03-04"},
		"Japanese":                                {"", "", "<p class=date>2021年3月4日(木) 10:00</p>", "2021-03-04"},
		"Korean":                                  {"", "", "<p class=date>2021년 3월 4일</p>", "2021-03-04"},
		"Thai calendar":                           {"", "", "<p class=date>4 มีนาคม 2564</p>", "2021-03-04"},
		"from the address":                        {"https://x.example/2012/05/11/a", "", "", "2012-05-11"},
		"month's name in the address":             {"https://x.example/2019/nov/18/a", "", "", "2019-11-18"},
		"day first in the address":                {"https://x.example/news/23-01-2022-ski", "", "", "2022-01-23"},
		"eight digits in the address":             {"https://x.example/a-20180704", "", "", "2018-07-04"},
		"a number in the address is no date":      {"https://x.example/a-20181704", "", "", ""},
		"statements that differ: the first":       {"", meta("2021-03-09") + `<script type="application/ld+json">{"@type":"Article","headline":"Low water","datePublished":"2021-03-04"}</script>`, "", "2021-03-04"},
		"... unless the address has the other":    {"https://x.example/2021/03/09/a", meta("2021-03-09") + `<script type="application/ld+json">{"@type":"Article","headline":"Low water","datePublished":"2021-03-04"}</script>`, "", "2021-03-09"},
		"a related story's time":                  {"", "", `<div class="related"><time datetime="2020-01-01">1 Jan 2020</time></div>`, ""},
		"the article's own time":                  {"", "", `<header><time datetime="2020-01-01T08:00:00Z">1 Jan</time></header>`, "2020-01-01T08:00:00Z"},
		"the footer's copyright":                  {"", "", `</article></main><footer>© 1 May 2020</footer>`, ""},
		"a name of the site's own":                {"", `<meta name="w-published-date" content="2025-05-27">`, "", "2025-05-27"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.address == "" {
				c.address = "https://x.example/a"
			}
			p := parse(t, article(c.head, "<h1>Low water</h1>"+c.body), c.address)
			if got := p.Published.String(); got != c.want {
				t.Errorf("published: got %q, want %q\nsources: %v", got, c.want, p.Sources["published"])
			}
		})
	}
}

func TestModified(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ head, want string }{
		"meta tag":                     {`<meta property="og:updated_time" content="2021-03-05T01:00:00Z">`, "2021-03-05T01:00:00Z"},
		"JSON-LD of the article":       {`<script type="application/ld+json">{"@type":"Article","dateModified":"2021-03-05"}</script>`, "2021-03-05"},
		"before the publication":       {`<meta property="article:published_time" content="2021-03-05"><meta property="article:modified_time" content="2020-03-05">`, ""},
		"the same day, another zone":   {`<meta property="article:published_time" content="2021-03-05T01:00:00+02:00"><meta property="article:modified_time" content="2021-03-04T23:30:00Z">`, "2021-03-04T23:30:00Z"},
		"an older generation of names": {`<meta name="last-modified" content="2021-03-05">`, "2021-03-05"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, article(c.head, "<h1>Low water</h1>"), "https://x.example/a").Modified.String(); got != c.want {
				t.Errorf("modified: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestImage(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ head, body, want string }{
		"declared, relative to the base":     {`<base href="https://cdn.example/b/"><meta property="og:image" content="a.jpg">`, ``, "https://cdn.example/b/a.jpg"},
		"a placeholder is passed over":       {`<meta property="og:image" content="/placeholder.png"><meta name="twitter:image" content="/tide.jpg">`, ``, "https://x.example/tide.jpg"},
		"a photo before a declared logo":     {`<meta property="og:image" content="/logo.png"><meta name="twitter:image" content="/tide.jpg">`, ``, "https://x.example/tide.jpg"},
		"a declared logo rather than none":   {`<meta property="og:image" content="/logo.png">`, ``, "https://x.example/logo.png"},
		"logo in the content only":           {``, `<img src="/site-logo.png" width=600 height=400>`, ""},
		"lazy loading":                       {``, `<img src="data:image/gif;base64,R0" data-src="/tide.jpg" width=800 height=600>`, "https://x.example/tide.jpg"},
		"largest of a source set":            {``, `<img srcset="/t-400.jpg 400w, /t-1600.jpg 1600w, /t,800.jpg 800w">`, "https://x.example/t-1600.jpg"},
		"too small":                          {``, `<img src="/tide.jpg" width=60 height=60>`, ""},
		"in the footer":                      {``, `</article></main><footer><img src="/tide.jpg" width=800></footer>`, ""},
		"structured data, an object":         {`<script type="application/ld+json">{"@type":"Article","image":{"@type":"ImageObject","url":"/ld.jpg"}}</script>`, ``, "https://x.example/ld.jpg"},
		"structured data, a list":            {`<script type="application/ld+json">{"@type":"Article","image":["/ld1.jpg","/ld2.jpg"]}</script>`, ``, "https://x.example/ld1.jpg"},
		"too small by one side":              {``, `<img src="/tide.jpg" width=60 height=600>`, ""},
		"other schemes are none":             {`<meta property="og:image" content="ftp://x.example/tide.jpg">`, ``, ""},
		"data and script addresses are none": {`<meta property="og:image" content="data:image/png;base64,AA"><meta name="twitter:image" content="javascript:x()">`, ``, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, article(c.head, "<h1>Low water</h1>"+c.body), "https://x.example/a/")
			if p.Image != c.want {
				t.Errorf("image: got %q, want %q\nsources: %v", p.Image, c.want, p.Sources["image"])
			}
		})
	}
}

func TestLang(t *testing.T) {
	t.Parallel()
	english := strings.Repeat("The water was low that day and the mud was full of old things that nobody had seen. ", 6)
	german := strings.Repeat("Das Wasser war an diesem Tag niedrig und der Schlamm war voll von alten Dingen, die niemand kannte. ", 6)
	cases := map[string]struct{ markup, want string }{
		"declared":                           {`<html lang="pt-BR"><p>x`, "pt-BR"},
		"declared with an underscore":        {`<html lang="en_US"><p>x`, "en-US"},
		"only the locale of the card":        {`<meta property="og:locale" content="fr_FR"><p>x`, "fr-FR"},
		"declared wrongly by the template":   {`<html lang="en"><p>` + german, "de"},
		"the tag that agrees with the text":  {`<html lang="en"><meta property="og:locale" content="de_AT"><p>` + german, "de-AT"},
		"none declared":                      {`<html><p>` + english, "en"},
		"a template variable":                {`<html lang="{{lang}}"><p>` + english, "en"},
		"a few foreign words change nothing": {`<html lang="fr"><p>Hello and the end of it`, "fr"},
		"XML's attribute":                    {`<html xml:lang="it"><p>x`, "it"},
		"nothing to go by":                   {`<html><p>123`, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, c.markup, "https://x.example/a").Lang; got != c.want {
				t.Errorf("lang: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	p := parse(t, `<head><link rel=canonical href="www.x.example/b?id=1#top"><link rel="shortcut icon" href=" /f.ico
"><link rel=icon sizes=512x512 href=big.png><link rel="alternate" type="application/atom+xml" href="/feed"><link rel=manifest href=m.json><meta property="og:url" content="/other">`, "https://www.x.example/a/")
	got := []string{p.Canonical, p.Icon, p.Feeds[0].Href, p.Manifest}
	want := []string{"https://www.x.example/b?id=1", "https://www.x.example/a/big.png", "https://www.x.example/feed", "https://www.x.example/a/m.json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("addresses (-want +got):\n%s", diff)
	}
}

func TestRawMeta(t *testing.T) {
	t.Parallel()
	p := parse(t, `<head><meta name="Description" content=""><meta name=description content="second"><meta http-equiv="X-UA" content="1"><meta itemprop=name content="n">
<meta property="og:image" content="/1.jpg"><meta property="og:image:width" content="10"><meta property="og:image" content="/2.jpg"><meta name="twitter:card" content="summary">`, "https://x.example/")
	if diff := cmp.Diff(map[string]string{"description": "second", "x-ua": "1", "name": "n", "og:image": "/1.jpg", "og:image:width": "10", "twitter:card": "summary"}, p.Meta); diff != "" {
		t.Errorf("meta (-want +got):\n%s", diff)
	}
	groups := []map[string]string{{"url": "/1.jpg", "width": "10"}, {"url": "/2.jpg"}}
	if diff := cmp.Diff(groups, p.OpenGraph.Groups("og:image")); diff != "" {
		t.Errorf("image groups (-want +got):\n%s", diff)
	}
	if got := p.Twitter.First("twitter:card"); got != "summary" {
		t.Errorf("twitter:card: got %q, want summary", got)
	}
	if diff := cmp.Diff([]string{"/1.jpg", "/2.jpg"}, p.OpenGraph.All("og:image")); diff != "" {
		t.Errorf("og:image (-want +got):\n%s", diff)
	}
}

func TestWrappersAreNoZones(t *testing.T) {
	t.Parallel()
	p := parse(t, `<html lang=en><body><div class="page has-sidebar comments-open"><h1>Low water</h1><p class="byline">By Jane Marlow</p><p class="date">4 March 2021</p></div></body></html>`, "https://x.example/a")
	if strings.Join(p.Authors, ";") != "Jane Marlow" || p.Published.String() != "2021-03-04" {
		t.Errorf("got authors %q and date %q, want both in spite of the wrapper's class", p.Authors, p.Published)
	}
}

func TestAnArticlesFooterIsItsOwn(t *testing.T) {
	t.Parallel()
	p := parse(t, article("", `<h1>Low water</h1><p>The water was low.</p><footer><p>By Jane Marlow</p><time datetime="2021-03-04">4 March</time></footer>`), "https://x.example/a")
	if strings.Join(p.Authors, ";") != "Jane Marlow" || p.Published.String() != "2021-03-04" {
		t.Errorf("got authors %q and date %q, want both from the article's footer", p.Authors, p.Published)
	}
}
