package page_test

import (
	"strings"
	"testing"
)

// TestUnfilledValues puts what templates and scripts leave behind into every declared field; each gives way to the next place.
func TestUnfilledValues(t *testing.T) {
	t.Parallel()
	for _, v := range []string{"null", "Undefined", "none", "NaN", "[object Object]", "{{ page.title }}", "{% block x %}", "%author%", "[site:name]", "[node:field_x:value]", "${title}", "&lt;%= x %&gt;", "#TITLE#", "{{a}} {{b}}"} {
		t.Run(v, func(t *testing.T) {
			t.Parallel()
			head := `<link rel=canonical href="V"><meta property="og:url" content="https://x.example/b/c"><meta property="og:title" content="V"><meta name="twitter:title" content="Low water">
<meta property="og:description" content="V"><meta name=description content="The boat."><meta name=author content="V"><meta name="parsely-author" content="Jane Marlow"><meta name=keywords content="V, boat">
<meta property="og:site_name" content="V"><meta name="application-name" content="Mudlark"><meta property="og:image" content="V"><meta name="twitter:image" content="/tide.jpg">`
			p := parse(t, article(strings.ReplaceAll(head, "V", v), "<p>And so on.</p>"), "https://x.example/b/c?d=1")
			got := []string{p.Title, p.Description, strings.Join(p.Authors, "; "), p.SiteName, p.Canonical, p.Image, strings.Join(p.Keywords, "; ")}
			want := []string{"Low water", "The boat.", "Jane Marlow", "Mudlark", "https://x.example/b/c", "https://x.example/tide.jpg", "boat"}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("got %q, want %q", got[i], want[i])
				}
			}
		})
	}
}

// TestFilledValues has texts about templates and about the words that programs use for no value.
func TestFilledValues(t *testing.T) {
	t.Parallel()
	p := parse(t, article(`<link rel=canonical href="/js/undefined"><meta property="og:title" content="undefined"><meta property="og:description" content="How {{ name }} is filled in."><meta property="og:image" content="/img/null-island.jpg">`, `<h1>undefined</h1>`), "https://x.example/js/undefined")
	got := []string{p.Title, p.Description, p.Canonical, p.Image}
	want := []string{"undefined", "How {{ name }} is filled in.", "https://x.example/js/undefined", "https://x.example/img/null-island.jpg"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
	if p := parse(t, article(`<title>Low water</title>`, `<h1>{{ page.title }}</h1>`), "https://x.example/a"); p.Title != "Low water" {
		t.Errorf("title: got %q, want that of the title tag", p.Title)
	}
}
