package output_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/output"
	"ingest/output/frontmatter"
)

func TestClaimFile(t *testing.T) {
	cases := []struct {
		name     string
		files    map[string]string
		id       int64
		proposed string
		want     string // "" for an error
		warning  string
	}{
		{"free", nil, 7, "2026-03-21-tides.md", "2026-03-21-tides.md", ""},
		{"in a folder", nil, 7, "2026/tides.markdown", "2026/tides.markdown", ""},
		{"bundle", nil, 7, "tides/index.md", "tides/index.md", ""},
		{"the document is there", map[string]string{"old.md": head7}, 7, "tides.md", "old.md", ""},
		{"another's", map[string]string{"tides.md": head7}, 8, "tides.md", "tides-8.md", "work package 8: the file name tides.md is that of work package 7; it gets tides-8.md"},
		{"another's bundle", map[string]string{"tides/index.md": head7}, 8, "tides/index.md", "tides-8/index.md", "work package 8: the file name tides/index.md is that of work package 7; it gets tides-8/index.md"},
		{"of no work package", map[string]string{"tides.md": "# by hand"}, 8, "tides.md", "tides-8.md", "work package 8: the file name tides.md is that of a page without an id"},
		{"another's in capitals", map[string]string{"TIDES.md": head7}, 8, "tides.md", "tides-8.md", "work package 8"},
		{"another's in other accents", map[string]string{"mare\u0301e.md": head7}, 8, "mar\u00e9e.md", "mar\u00e9e-8.md", "work package 8"},
		{"the suffix is taken too", map[string]string{"tides.md": head7, "tides-8.md": "# by hand"}, 8, "tides.md", "tides-8-8.md", "work package 8"},
		{"composed", nil, 8, "mare\u0301e.md", "mar\u00e9e.md", ""},
		{"one that cannot be read", map[string]string{"tides.md": "---\nid: ["}, 8, "tides.md", "", ""},
		{"bundle that cannot be read", map[string]string{"tides/index.md": "---\nid: ["}, 8, "tides/index.md", "", ""},
		{"outside", nil, 7, "../tides.md", "", ""},
		{"rooted", nil, 7, "/tides.md", "", ""},
		{"twisted", nil, 7, "a/../../tides.md", "", ""},
		{"backslash", nil, 7, `a\tides.md`, "", ""},
		{"hidden", nil, 7, ".git/tides.md", "", ""},
		{"not looked into", nil, 7, "node_modules/tides.md", "", ""},
		{"empty segment", nil, 7, "a//tides.md", "", ""},
		{"nothing", nil, 7, "", "", ""},
		{"one stem in two folders", map[string]string{"2025/tides.md": head7}, 8, "2026/tides.md", "2026/tides-8.md", "work package 8"},
		{"one stem, the other without an id", map[string]string{"2025/tides.md": "# by hand"}, 8, "2026/tides.md", "2026/tides.md", ""},
		{"section", nil, 7, "a/_index.md", "", ""},
		{"home", nil, 7, "index.md", "", ""},
		{"device", nil, 7, "con.md", "", ""},
		{"no Markdown", nil, 7, "tides.html", "", ""},
		{"ends with a blank", nil, 7, "tides /x.md", "", ""},
		{"120 bytes", nil, 7, strings.Repeat("x", 117) + ".md", strings.Repeat("x", 117) + ".md", ""},
		{"121 bytes", nil, 7, strings.Repeat("x", 118) + ".md", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			for name, text := range c.files {
				s.put(t, name, text)
			}
			tree := s.open(t)
			got, err := tree.ClaimFile(c.id, c.proposed)
			if got != c.want || (c.want == "") != (err != nil && c.warning == "") || c.want != "" && (err != nil) != (c.warning != "") {
				t.Fatalf("got %q, %v; want %q", got, err, c.want)
			}
			if c.warning != "" && (!strings.HasPrefix(err.Error(), c.warning) || hint(err) == "") {
				t.Errorf("got warning %q, want %q", err, c.warning)
			}
			again, _ := tree.ClaimFile(c.id, c.proposed)
			if again != got {
				t.Errorf("asked again: %q", again)
			}
			before := s.listing(t)
			d := doc(c.id, "x", "T2", "Body")
			d.File = c.proposed
			if c.proposed == "" {
				return // Name is taken then
			}
			r, err := tree.Write(t.Context(), d)
			if c.want == "" {
				if err == nil || s.listing(t) != before {
					t.Errorf("written all the same: %+v, %v", r, err)
				}
				return
			}
			if err != nil || r.Path != c.want {
				t.Errorf("written to %+v, %v", r, err)
			}
			if len(r.Warnings) != len(c.files)*min(1, len(c.warning)) && c.warning != "" && len(r.Warnings) != 1 {
				t.Errorf("warnings %v", r.Warnings)
			}
		})
	}
}

// TestNameOfClaimedFile: a document's name is the stem of its place at once, as
// it will be on the next run, so that its assets keep theirs.
func TestNameOfClaimedFile(t *testing.T) {
	s := newSite(t)
	for range 2 {
		tree := s.open(t)
		for id, want := range map[int64]string{7: "tides", 8: "clocks"} {
			file, _ := tree.ClaimFile(id, want+".md")
			name, warning := tree.Name(id, "https://example.org/"+want)
			if name != want || file != want+".md" || warning != nil {
				t.Errorf("got %s, %s, %v", name, file, warning)
			}
			d := doc(id, name, "T", "", asset(name+"-icon.png", "1"))
			d.File = file
			write(t, tree, d)
		}
	}
	if got := s.files(t); len(got) != 4 {
		t.Errorf("got %v", got)
	}
	tree := s.open(t)
	name, _ := tree.Name(9, "https://example.org/x")
	d := doc(9, name, "T", "", asset(name+"-icon.png", "1"))
	d.File = "late.md"
	if r, err := tree.Write(t.Context(), d); err == nil {
		t.Errorf("a name that would not stay: %+v", r)
	}
}

// hugoish reads addresses as a simple generator gives them.
func hugoish(m frontmatter.Map, path string) []string {
	stem := strings.TrimSuffix(strings.TrimSuffix(path, ".md"), "/index")
	urls := []string{"/news/" + stem + "/"}
	if slug, _ := m.Get("slug"); slug != nil {
		urls[0] = fmt.Sprint("/news/", slug, "/")
	}
	aliases, _ := m.Get("aliases")
	list, _ := aliases.(frontmatter.List)
	for _, a := range list {
		urls = append(urls, fmt.Sprint(a))
	}
	return urls
}

func TestClaimURL(t *testing.T) {
	files := map[string]string{
		"tides.md":  "---\nid: 7\ntitle: T\naliases:\n- /old/\n- /older.html\n---\n",
		"clocks.md": "---\ntitle: by hand\n---\n",
		"b.md":      "---\nslug: both\nid: 12\n---\n", "a.md": "---\nid: 11\nslug: \"both\"\n---\n", "c.md": "---\nid: 13\nslug: both\n---\n",
		"plain.md": "no front matter",
	}
	for name, keys := range map[string][]string{"reading all": nil, "reading some keys": {"slug", "aliases"}} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			for name, text := range files {
				s.put(t, name, text)
			}
			tree := s.openWith(t, output.Options{URLOf: hugoish, URLKeys: keys})
			for _, c := range []struct {
				id            int64
				ask, want     string
				owner, nobody bool
			}{
				{7, "/news/tides/", "/news/tides/", false, true},
				{7, "/old/", "/old/", false, true},
				{8, "/news/tides/", "/news/tides-8/", true, false},
				{8, "/NEWS/Tides", "/NEWS/Tides-8", true, false},
				{8, "/news/t%69des/index.html", "/news/t%69des/index-8.html", true, false},
				{8, "/older.html", "/older-8.html", true, false},
				{8, "/news/clocks/", "/news/clocks-8/", true, false},
				{8, "/news/plain/", "/news/plain-8/", true, false},
				{9, "/news/new-1.0/", "/news/new-1.0/", false, true},
				{10, "/news/New-1.0/", "/news/New-1.0-10/", true, false},
				{9, "/news/new-1.0/", "/news/new-1.0/", false, true},
				{11, "/news/both/", "/news/both/", false, true},
				{13, "/news/both/", "/news/both/", true, false}, // it is there already: it stays
				{12, "/news/both/", "/news/both/", true, false},
				{14, "/news/both/", "/news/both-14/", true, false},
			} {
				got, warning := tree.ClaimURL(c.id, c.ask)
				if got != c.want || (warning != nil) != c.owner {
					t.Errorf("ClaimURL(%d, %s) = %s, %v; want %s", c.id, c.ask, got, warning, c.want)
				}
			}
			if got := fmt.Sprint(tree.URLs(7), tree.URLs(8)); got != "[/news/tides/ /old/ /older.html] []" {
				t.Errorf("URLs: %s", got)
			}
		})
	}
}

// TestWriteTakesNobodysAddress: a document whose address is another's is not
// written; one whose alias is, is, with a warning.
func TestWriteTakesNobodysAddress(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	first := doc(7, "x", "T", "")
	first.URL, first.Aliases = "/news/tides/", []string{"/old/"}
	write(t, tree, first)
	for _, url := range []string{"/News/Tides", "/old"} {
		before := s.listing(t)
		second := doc(8, "y", "T", "")
		second.URL = url
		if _, err := tree.Write(t.Context(), second); err == nil || hint(err) == "" || s.listing(t) != before {
			t.Errorf("%s: got %v", url, err)
		}
	}
	third := doc(9, "z", "T", "")
	third.URL, third.Aliases = "/news/other/", []string{"/old/", "/news/tides"}
	if r := write(t, tree, third); len(r.Warnings) != 2 {
		t.Errorf("got warnings %v", r.Warnings)
	}
	if r := write(t, tree, first); r.Outcome != output.Unchanged || len(r.Warnings) != 0 {
		t.Errorf("the first again: %+v", r)
	}
}

// TestDuplicates: both work packages are named, whoever came first.
func TestDuplicates(t *testing.T) {
	tree := newSite(t).open(t)
	_, _ = tree.Name(9, "https://example.org/a")
	_, warning := tree.Name(5, "https://example.org/a")
	_, _ = tree.Name(6, "https://example.org/b")
	if warning == nil {
		t.Error("no warning for the second with one source URL")
	}
	for _, c := range []struct {
		id   int64
		url  string
		want string
	}{
		{6, "https://example.org/c", "<nil>"},
		{6, "https://example.org/c", "<nil>"},
		{5, "https://example.org/c", "work packages 5 and 6 have the same canonical URL https://example.org/c"},
		{9, "https://example.org/c", "work packages 5 and 9 have the same canonical URL https://example.org/c"},
		{1, "", "<nil>"}, {2, "", "<nil>"},
	} {
		if got := fmt.Sprint(tree.Same(c.id, c.url)); got != c.want {
			t.Errorf("Same(%d, %s) = %s, want %s", c.id, c.url, got, c.want)
		}
	}
	var got []string
	for _, d := range tree.Duplicates() {
		got = append(got, d.Error())
		if d.Owner >= d.ID || d.Hint() == "" {
			t.Errorf("%+v", d)
		}
	}
	want := "work packages 5 and 6 have the same canonical URL https://example.org/c|work packages 5 and 9 have the same source URL https://example.org/a"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

// TestDuplicatesAcross: what one page calls itself is what an editor gave for
// another, and what is known of those that are not looked at counts until they
// tell otherwise.
func TestDuplicatesAcross(t *testing.T) {
	const a, b, c, d = "https://example.org/a", "https://example.org/b", "https://example.org/c", "https://example.org/d"
	tree := newSite(t).open(t)
	tree.Known(80, a, "")
	tree.Known(81, a, "")
	tree.Known(60, c, "")
	tree.Known(61, c, d)
	for id, url := range map[int64]string{79: a, 73: b, 60: "https://example.org/mended"} {
		_, _ = tree.Name(id, url)
	}
	if warning := tree.Same(83, b); warning == nil {
		t.Error("the second to have the link is not told")
	}
	_ = tree.Same(84, d)
	var got []string
	for _, d := range tree.Duplicates() {
		got = append(got, d.Error())
	}
	want := []string{
		"work packages 61 and 84 have the same canonical URL " + d,
		"work packages 73 and 83 are about one page: the source URL of one is the canonical URL of the other, " + b,
		"work packages 79 and 80 have the same source URL " + a,
		"work packages 79 and 81 have the same source URL " + a,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !tree.Knows(79) || !tree.Knows(80) || tree.Knows(1) {
		t.Error("what is noted")
	}
}

// An older work package that is only known keeps its link: the younger is named
// by its id, as in a run that looks at both.
func TestKnownOwnsItsLink(t *testing.T) {
	const url = "https://example.org/a"
	both, one := newSite(t).open(t), newSite(t).open(t)
	_, _ = both.Name(5, url)
	want, _ := both.Name(9, url)
	one.Known(5, url, "")
	one.Known(12, url, "")
	if got, _ := one.Name(9, url); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
