package page_test

import "testing"

// body wraps the inside of a body that is no article: pages whose templates mark nothing.
func body(head, inside string) string {
	return "<!DOCTYPE html><html lang=en><head>" + head + "</head><body>" + inside + "</body></html>"
}

// TestHeadlineKinds has a page for each kind of place where the headline stands apart from the first heading.
func TestHeadlineKinds(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ address, head, body, want, source string }{
		"a section in the h1, the headline in an h2": {
			"https://x.example/a", `<title>Low water uncovers a boat</title>`,
			`<h1>Rivers and lakes</h1><h2>Low water uncovers a boat</h2>`, "Low water uncovers a boat", "title",
		},
		"a greeting in the h1, the headline in a linked h2": {
			"https://x.example/a", `<title>Low water uncovers a boat | Notes | Jane Marlow</title><meta property="og:title" content="Low water uncovers a boat">`,
			`<h1>Hello, I am Jane.</h1><h2><a href="/a">Low water uncovers a boat</a></h2>`, "Low water uncovers a boat", "og:title",
		},
		"the words of the title in a paragraph are no headline": {
			"https://x.example/a", `<title>Low water uncovers a boat</title>`,
			`<h1>Old timber on the shore</h1><p>Low water uncovers a boat</p>`, "Old timber on the shore", "heading",
		},
		"of two headings the one that begins the title": {
			"https://x.example/a", `<title>Low Water, Explained — Handbook of the Shore</title>`,
			`<h1>Handbook of the Shore</h1><h1>Low Water, Explained</h1>`, "Low Water, Explained", "heading",
		},
		"a book's name in the menu, taken off the title": {
			"https://x.example/a", `<title>Reading the Tide Tables - The Shore Handbook</title>`,
			`<nav><h1>The Shore Handbook</h1></nav><p>Tides.</p>`, "Reading the Tide Tables", "title",
		},
		"the same in the masthead": {
			"https://x.example/a", `<title>Reading the Tide Tables - The Shore Handbook</title>`,
			`<header><h1>The Shore Handbook</h1></header><p>Tides.</p>`, "Reading the Tide Tables", "title",
		},
		"a board's name behind the headline": {
			"https://x.example/b/mud/1", `<title>What is this thing I found in the river : mud</title><meta property="og:title" content="What is this thing I found in the river">`,
			`<h1>mud</h1><p>See the picture.</p>`, "What is this thing I found in the river", "og:title",
		},
		"the site's name in two scripts as the heading": {
			"https://mudlark.example/a", `<title>退潮的河岸上的木船 :: 泥鰍 MUDLARK ::</title>`,
			`<h1>泥鰍 MUDLARK</h1><p>木船</p>`, "退潮的河岸上的木船", "title",
		},
		"a kicker behind a colon is no section": {
			"https://x.example/a", `<title>Tides and the boats of old: Low water again</title>`,
			`<h1>Low water again</h1><h2>Tides and the boats of old: Low water again</h2>`, "Low water again", "heading",
		},
		"the day inside the heading": {
			"https://x.example/a", ``, `<h1><time datetime="2021-06-17">Jun 17</time> Low water uncovers a boat</h1>`, "Low water uncovers a boat", "heading",
		},
		"the day in front of the headline": {
			"https://x.example/a", ``, `<h1>23.01.2022 - Low water uncovers a boat</h1>`, "Low water uncovers a boat", "heading",
		},
		"a day that the headline is about": {
			"https://x.example/a", ``, `<h1>23.01.2022 will be remembered</h1>`, "23.01.2022 will be remembered", "heading",
		},
		"two kickers, one headline in structured data": {
			"https://x.example/a", `<meta property="og:title" content="Worth a trip?: Low Water Bay"><title>Reviews: Low Water Bay</title><script type="application/ld+json">{"@type":"Review","name":"Low Water Bay"}</script>`,
			``, "Low Water Bay", "og:title",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, body(c.head, c.body), c.address)
			if p.Title != c.want || p.Sources["title"][0].Source != c.source {
				t.Errorf("title: got %q, want %q from %s\nsources: %v", p.Title, c.want, c.source, p.Sources["title"])
			}
		})
	}
}

// TestSiteNameKinds has a title for each way in which it bears the site's name.
func TestSiteNameKinds(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ address, title, want string }{
		"the beginning of the domain":               {"https://mudwalking.example/a", "Low water | Mud!", "Low water"},
		"the end of the domain":                     {"https://buildwithmud.example/a", "Low water | Mud", "Low water"},
		"a letter or two of the domain are none":    {"https://mudwalking.example/a", "Low water | Mu", "Low water | Mu"},
		"the domain with a branch behind":           {"https://mudlark.example/a", "Low water | Mudlark River Series", "Low water"},
		"the domain in the midst of a headline":     {"https://mudlark.example/a", "Low water - what a Mudlark finds in it today", "Low water - what a Mudlark finds in it today"},
		"its own script and the Latin letters":      {"https://mudlark.example/a", "退潮的河岸 :: 泥鰍 MUDLARK ::", "退潮的河岸"},
		"a Chinese channel and a site":              {"https://x.example/a", "退潮的河岸_教育频道_中国青年网", "退潮的河岸"},
		"a Japanese news site":                      {"https://x.example/a", "干潮の川岸 | 河川ニュース", "干潮の川岸"},
		"a Korean newspaper":                        {"https://x.example/a", "썰물의 강가 - 강변일보", "썰물의 강가"},
		"separators without anything behind":        {"https://x.example/a", "Low water »", "Low water"},
		"a slogan that begins as the domain sounds": {"https://hrcloud.example/a", "HR Cloud: All-in-One HRIS | Employee Onboarding", "All-in-One HRIS | Employee Onboarding"},
		"a headline that begins as the domain":      {"https://mudlark.example/a", "Low water - Mudlark finds a boat in it", "Low water - Mudlark finds a boat in it"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, body("<title>"+c.title+"</title>", ""), c.address).Title; got != c.want {
				t.Errorf("title: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFrontPageTitle(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ head, want string }{
		"a line of its own for previews":      {`<title>Mudlark | The cloud for builders of boats</title><meta property="og:title" content="The cloud for builders of boats | Mudlark">`, "The cloud for builders of boats"},
		"a preview that says only what it is": {`<title>Mudlark – Shop</title><meta property="og:title" content="Shop">`, "Mudlark"},
		"nothing but the name":                {`<title>Mudlark</title>`, "Mudlark"},
		"nothing for previews":                {`<title>Mudlark – everything from the river</title>`, "Mudlark"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, body(c.head, `<h1>Come down to the shore</h1>`), "https://www.mudlark.example/").Title; got != c.want {
				t.Errorf("title: got %q, want %q", got, c.want)
			}
		})
	}
}

// A page without an address is no front page.
func TestTitleWithoutAddress(t *testing.T) {
	t.Parallel()
	p := parse(t, body(`<meta property="og:title" content="You will not believe this tide"><title>Tides</title>`, `<main><h1>Tide of 1953 was higher than thought</h1></main>`), "")
	if want := "Tide of 1953 was higher than thought"; p.Title != want {
		t.Errorf("title: got %q, want %q", p.Title, want)
	}
}
