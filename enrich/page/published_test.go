package page_test

import (
	"strings"
	"testing"
)

// TestPublishedKinds has a page for each kind of place where a date stands that no markup declares.
func TestPublishedKinds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("The water was low that day and the mud was full of old things. ", 6)
	far := strings.Repeat("<p>The water was low.</p>", 150)
	cases := map[string]struct{ head, body, want, source string }{
		"the clock of old C programs":             {`<meta property="article:published_time" content="Fri Nov 13 05:30:56 2015">`, ``, "2015-11-13", "article:published_time"},
		"small print inside the heading":          {``, `<h1>Low water<br><small>02.02.2022 • Tides</small></h1>`, "2022-02-02", "headline"},
		"a list of facts far from the headline":   {``, `<h1>Low water</h1>` + far + `<dl><dt>Published:</dt><dd>2017-08-15</dd><dt>Completed:</dt><dd>2017-12-26</dd></dl>`, "2017-08-15", "labelled text"},
		"a label behind the date":                 {``, `<h1>Low water</h1><p>Last updated 12 Jan 2026</p>` + far + `<h6>3 Sept 2024 <span>| Originally published</span></h6>`, "2024-09-03", "labelled text"},
		"in a box beside the article":             {``, `<h1>Low water</h1>` + far + `<aside><p>Mise en ligne</p><p>23 mai 2019</p></aside>`, "2019-05-23", "labelled text"},
		"a list of others":                        {``, `<h1>Low water</h1>` + far + `<p>Published: 1 May 2019</p><p>Published: 2 May 2019</p><p>Published: 3 May 2019</p>`, "", ""},
		"a change, and the publication behind it": {``, `<h1>Low water</h1><p>Updated: 9 March 2021</p><p>4 March 2021</p>`, "2021-03-04", "text near headline"},
		"only a change":                           {``, `<h1>Low water</h1><p>Updated: 9 March 2021</p>`, "2021-03-09", "text near headline"},
		"the label in the run before":             {``, `<h1>Low water</h1><p><b>Aktualisiert:</b> <i>9.3.2021</i></p><p>4.3.2021</p>`, "2021-03-04", "text near headline"},
		"a day that a sentence tells of":          {``, `<h1>Low water</h1><p>` + long + `It was on 4 March 2021 that it began, and ` + long + `</p>`, "", ""},
		"... in a plain box":                      {``, `<h1>Low water</h1><div>The water was low that day and the mud was full of old things. It was on 4 March 2021 that it began, and the mud was full of old things ever since.</div>`, "", ""},
		"a caption without markup":                {``, `<h1>Low water</h1><div>Jane Marlow, the harbour master, delivers her wishes to the crews during a ceremony at the old river base, in Mudtown near the estuary, January 16, 2020. Abe Moss/Pool</div><p>January 18, 2020</p>`, "2020-01-18", "text near headline"},
		"behind a sign, in no paragraph":          {``, `<h1>Low water</h1><i>◷</i> <span>4.3.2021</span> <p>` + long + `</p>`, "2021-03-04", "text near headline"},
		"a piece of the title tag that goes on":   {`<title>Low water - 07.12.2017 and what remained</title>`, `<h1>Low water</h1>`, "", ""},
		"a short text within a long paragraph":    {``, `<h1>Low water</h1><p>` + long + `<sup>1</sup> On January 20, 2009, <a href="/x">Jane</a> ` + long + `</p>`, "", ""},
		"a date line before the text":             {``, `<h1>Low water</h1><p>Bremen, 4. März 2021 – ` + long + `</p>`, "2021-03-04", "text near headline"},
		"a photo's caption":                       {``, `<h1>Low water</h1><figure><figcaption>The shore, January 16, 2020</figcaption></figure><p>January 18, 2020</p>`, "2020-01-18", "text near headline"},
		"the headline said once more":             {`<title>Finds of low water (2020/7/11-12, and others)</title>`, `<h1>Finds of low water</h1><p>Finds of low water (2020/7/11-12, and others)</p><p>2020-07-14</p>`, "2020-07-14", "text near headline"},
		"the end of an offer":                     {``, `<h1>Low water</h1><p>Offer expires March 31st, 2026</p>`, "", ""},
		"in office since":                         {``, `<h1>Low water</h1><p>Warden since January 20, 2009</p>`, "", ""},
		"a piece of the title tag":                {`<title>Low water - 07.12.2017 - Mudlark</title>`, `<h1>Low water</h1>`, "2017-12-07", "title"},
		"a day that the title is about":           {`<title>Low water - remembering 07.12.2017 today</title>`, `<h1>Low water</h1>`, "", ""},
		"the only time element, far away":         {``, `<h1>Low water</h1>` + far + far + `<p><time datetime="2023-12-20T20:09:56Z">long ago</time></p>`, "2023-12-20T20:09:56Z", "lone time"},
		"two time elements that differ, far away": {``, `<h1>Low water</h1>` + far + far + `<p><time datetime="2023-12-20">a</time><time datetime="2023-12-21">b</time></p>`, "", ""},
		"the number of a version":                 {``, `<h1>Low water</h1><p>Release 2.4.29</p>`, "", ""},
		"a short year with full day and month":    {``, `<h1>Low water</h1><p>04.02.21</p>`, "2021-02-04", "text near headline"},
		"a year of copyright":                     {``, `<h1>Low water</h1><p>© 2021 Mudlark</p>`, "", ""},
		"an embedded post's day":                  {``, `<h1>Low water</h1><blockquote>Jane Marlow, 4 March 2021</blockquote>`, "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, article(c.head, c.body+"<p>And so on.</p>"), "https://x.example/a")
			if got := p.Published.String(); got != c.want || c.source != "" && p.Sources["published"][0].Source != c.source {
				t.Errorf("published: got %q, want %q from %s\nsources: %v", got, c.want, c.source, p.Sources["published"])
			}
		})
	}
}
