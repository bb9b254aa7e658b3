package page_test

import (
	"strings"
	"testing"
)

// TestBylineKinds has a page for each kind of byline. Where source is given, the winner must come from there.
func TestBylineKinds(t *testing.T) {
	t.Parallel()
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Low water","author":` + author + `}</script>`
	}
	cases := map[string]struct{ head, byline, want, source string }{
		// Names and what stands around them.
		"role, then where it is held":                    {``, `<div class="blog-author">By Jane Marlow, Senior Staff Writer, Mud Speech, Rivers, and Water Project</div>`, "Jane Marlow", ""},
		"each with a role":                               {``, `<div class="byline">Jane Marlow, Editor, Abe Moss, Reporter</div>`, "Jane Marlow; Abe Moss", ""},
		"letters of a degree or an agency":               {``, `<div class="byline">Mud Travel Editor, SMTX</div>`, "Mud Travel Editor", ""},
		"a nickname in brackets":                         {``, `<span class="byline">Richard (R.J.) Marlow</span>`, "Richard (R.J.) Marlow", ""},
		"an agency in brackets":                          {``, `<span class="byline">Jane Marlow (AFP)</span>`, "Jane Marlow", ""},
		"others in brackets":                             {``, `<p>Par Jeanne Marlot (avec Abel Mousse et Zora Lune)</p>`, "Jeanne Marlot; Abel Mousse; Zora Lune", ""},
		"an agency behind a slash":                       {``, `<p>Autor: Jana Marlow/dpa</p>`, "Jana Marlow", ""}, //nolint:misspell // German
		"a handle behind the name":                       {``, `<span class="byline">Jane Marlow@janemarlow</span>`, "Jane Marlow", ""},
		"a weekday before the date":                      {``, `<div class="article-author">Jane Marlow <span>Monday, February 29, 2016 @ 11:10 PM UTC</span></div>`, "Jane Marlow", ""},
		"a surname that is also a weekday":               {``, `<div class="article-author">Wei Sun</div>`, "Wei Sun", ""},
		"a surname that is also a label":                 {``, `<div class="article-author">Larry Page</div>`, "Larry Page", ""},
		"a name of many small words":                     {``, `<div class="article-author">Juana de los Ríos</div>`, "Juana de los Ríos", ""},
		"a house whose name has an ampersand":            {`<meta name="dc.creator" content="Mud &amp; i">`, ``, "Mud & i", ""},
		"clock and zone are nobody":                      {``, `<p class="byline">Updated 1354 GMT (2154 HKT) November 13, 2015</p>`, "", ""},
		"month and day are nobody":                       {``, `<p class="author"><time>May 28</time></p>`, "", ""},
		"date, clock and zone before a desk":             {``, `<h5>2/26/2015 7:11 AM PST BY MUD STAFF</h5>`, "MUD STAFF", ""},
		"a house and its place in elements side by side": {``, `<p>Por <b>RioLama.example</b><i>São Paulo</i></p>`, "RioLama.example", ""},

		// Others who took part.
		"an editor behind the author":         {``, `<div class="byline">Written by Jane Marlow, Edited by Abe Moss and Zora Lane</div>`, "Jane Marlow", ""},
		"a photographer before the author":    {``, `<div class="byline">Fotos: Abel Moos, Text: Jana Marlow</div>`, "Jana Marlow", ""},
		"a reviewer in an element of her own": {``, `<p>Peer reviewed by</p><a href="/authors/dr-moss">Abe Moss</a><p>Authored by:</p><a href="/authors/jane">Jane Marlow</a>`, "Jane Marlow", ""},

		// Organisations and desks.
		"stated person whose name has small words": {ld(`{"@type":"Person","name":"The Honest Mudlark"}`), ``, "The Honest Mudlark", "json-ld author"},
		"stated organisation":                      {ld(`{"@type":"Organization","name":"Contributors to the Mud Wiki"}`), ``, "Contributors to the Mud Wiki", "json-ld author"},
		"a desk in the markup":                     {``, `<li itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Our Foreign Staff</span></li>`, "Our Foreign Staff", ""},
		"a desk in a class":                        {``, `<p class="author-section">By <a class="author" href="/s">Mail Online Reporter</a></p>`, "Mail Online Reporter", "author class"},
		"a desk that every place gives":            {ld(`{"@type":"Person","name":"MUD News Desk"}`) + `<meta name=author content="MUD News Desk"><meta name="parsely-author" content="MUD News Desk">`, `<a rel=author href="/x">MUD News Desk</a><p class="author">Zora Lane</p>`, "MUD News Desk", "json-ld author"},
		"a house in plain text":                    {``, `<p>By 3i Mudwork</p>`, "3i Mudwork", "text near headline"},
		"a sentence that begins with a house":      {``, `<p>By Mud Press standards boats look old</p>`, "", ""},
		"a user that a byline links":               {`<meta name=author content="Organization for Old Works">`, `<h3 class="byline"><a rel="author" href="/users/mudowl">mudowl</a></h3>`, "mudowl", "author property"},

		// One place against another.
		"only the given name in the tag":        {`<meta name=author content="Jane">` + ld(`{"@type":"Person","name":"Jane"}`), `<p>Written by Jane Marlow</p>`, "Jane Marlow", ""},
		"the visible byline names more":         {ld(`"Jane Marlow"`) + `<meta name=author content="Jane Marlow">`, `<span class="author">by Jane Marlow, Abe Moss</span>`, "Jane Marlow; Abe Moss", ""},
		"the visible byline names others":       {ld(`"Jane Marlow"`) + `<meta name=author content="Jane Marlow">`, `<span class="author">by Zora Lane, Abe Moss</span>`, "Jane Marlow", ""},
		"one visible place alone does not":      {ld(`"Jane Marlow"`), `<span class="author">Jane Marlow, Abe Moss</span>`, "Jane Marlow", ""},
		"a card of a person the text speaks of": {``, `<table><tr><td class="vcard">Zora Lane</td></tr></table>`, "", ""},

		// Other people's words.
		"an embedded post":               {``, `<blockquote><p>Low, is it?</p>By Zora Lane</blockquote>`, "", ""},
		"a reference in the notes":       {``, strings.Repeat("<p>The water was low.</p>", 150) + `<ul><li><a href="#1">^</a> <span>Interview by Zora Lane</span> (2008)</li></ul>`, "", ""},
		"a box about the author":         {``, strings.Repeat("<p>The water was low.</p>", 150) + `<div class="post-author"><a class="author-name" href="/u/1">Jane Marlow</a></div>`, "Jane Marlow", "text"},
		"boxes about several":            {``, strings.Repeat("<p>The water was low.</p>", 150) + `<div class="post-author">Jane Marlow</div><div class="post-author">Abe Moss</div>`, "", ""},
		"a heading about the author":     {``, strings.Repeat("<p>The water was low.</p>", 150) + `<h3>About the Author</h3><p>Jane Marlow is an experienced mudlark.</p>`, "Jane Marlow", "text"},
		"... what she does":              {``, strings.Repeat("<p>The water was low.</p>", 150) + `<h3>About the Author</h3><p>Jane Marlow writes about old boats</p>`, "Jane Marlow", "text"},
		"... what she does, in German":   {``, strings.Repeat("<p>The water was low.</p>", 150) + `<h3>Über die Autorin</h3><p>Jana Marlow arbeitet als Redakteurin in Bremen</p>`, "Jana Marlow", "text"},
		"... what she is, in French":     {``, strings.Repeat("<p>The water was low.</p>", 150) + `<h3>À propos de l'auteur</h3><p>Jeanne Marlot est navigatrice</p>`, "Jeanne Marlot", "text"},
		"an offer's end is not a person": {``, `<p>Offer Expires March 31st, 2026</p>`, "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, article(c.head, "<h1>Low water</h1>"+c.byline+"<p>The water was low that day, and the mud was full of old things.</p>"), "https://www.x.example/a")
			if got := strings.Join(p.Authors, "; "); got != c.want || c.source != "" && p.Sources["author"][0].Source != c.source {
				t.Errorf("authors: got %q, want %q %s\nsources: %v", got, c.want, c.source, p.Sources["author"])
			}
		})
	}
}

func TestFrontPageHasNoByline(t *testing.T) {
	t.Parallel()
	p := parse(t, body(`<title>Mudlark</title>`, `<h1>News</h1><p class="byline">By Jane Marlow</p><p>By Abe Moss</p><p>Written by Zora Lane</p>`), "https://mudlark.example/")
	if len(p.Authors) > 0 {
		t.Errorf("authors: got %v, want none: they wrote the teasers", p.Authors)
	}
}
