package archetype_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

const directive = `
$document:
  generator: hugo
  id: params.ingest.wp
  address: [slug, params.short]
  url: site.basePath + document.slug + "/" + path
  aliases: params.old
  file: '= "a/" + document.slug + "/index.md"'
  bundle: true
  draft: {draft: true, weight: 9}
slug: '= slug(title)'
params:
  short: x
  ingest: {wp: '= wp.id'}
`

func TestDocument(t *testing.T) {
	a := parse(t, directive)
	want := archetype.Document{
		Generator: archetype.Hugo, ID: "params.ingest.wp", Address: []string{"slug", "params.short"}, Aliases: "params.old", Bundle: true,
		Draft: frontmatter.Map{{Key: "draft", Value: true}, {Key: "weight", Value: int64(9)}},
	}
	if diff := cmp.Diff(want, a.Document()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	e := archetype.Env{Title: "T", Site: archetype.Site{BasePath: "/b/"}, WP: archetype.WorkPackage{ID: 7}}
	if got := written(t, a, e); strings.Contains(got, "$document") || strings.Contains(got, "generator") {
		t.Errorf("the directive is written: %s", got)
	}
	kept := frontmatter.Map{{Key: "slug", Value: "kept"}}
	if got, err := a.Address(e, archetype.Written{FrontMatter: kept, File: "x/y/index.md"}); got != "/b/kept/x/y" || err != nil {
		t.Errorf("got address %q, %v", got, err)
	}
	if got, err := a.File(e, kept); got != "a/kept/index.md" || err != nil {
		t.Errorf("got file %q, %v", got, err)
	}
}

func TestNoDirective(t *testing.T) {
	a := parse(t, "id: = wp.id")
	if diff := cmp.Diff(archetype.Document{ID: "id"}, a.Document()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	address, err := a.Address(archetype.Env{}, archetype.Written{})
	file, err2 := a.File(archetype.Env{Name: "n"}, nil)
	if address != "" || file != "n.md" || err != nil || err2 != nil {
		t.Errorf("got %q, %v, %q, %v", address, err, file, err2)
	}
}

func TestDirectiveMistakes(t *testing.T) {
	cases := []struct{ name, src, want string }{
		{"no id", "title: = title", `1:1 the work package's id does not stand under "id" [write id: '= wp.id' there: it is how the next run finds the file again; $document.id names another place]`},
		{"id of something else", "id: = wp.id + 1", `1:1 the work package's id does not stand under "id" [write id: '= wp.id' there: it is how the next run finds the file again; $document.id names another place]`},
		{"id in a list", "$document: {id: a.id}\na:\n  $each: offerings\n  id: = wp.id", `1:1 the work package's id does not stand under "a.id" [write id: '= wp.id' there: it is how the next run finds the file again; $document.id names another place]`},
		{"no mapping", "$document: hugo\nid: = wp.id", `1:12 $document is a mapping [it may hold generator, id, address, url, aliases, file, bundle, draft]`},
		{"unknown key", "$document: {alias: x}\nid: = wp.id", `1:13 unknown key alias of $document [did you mean "aliases"?]`},
		{"unknown generator", "$document: {generator: gatsby}\nid: = wp.id", `1:24 unknown generator "gatsby" [there are [hugo jekyll astro eleventy]; leave the key out for any other]`},
		{"address that is not there", "$document: {address: slug}\nid: = wp.id", `1:1 $document.address names "slug", a key that is not here []`},
		{"unknown name in url", "$document: {url: = documant.slug}\nid: = wp.id", `1:20 unknown name documant [did you mean "document"?]`},
		{"its names elsewhere", "id: = wp.id\na: = path", `2:6 unknown name path [did you mean "page"?]`},
		{"bundle that is a text", "$document: {bundle: hm}\nid: = wp.id", `1:21 bundle must be true or false []`},
		{"draft with an expression", "$document: {draft: {a: [1]}}\nid: = wp.id", `1:24 a plain value is needed here []`},
		{"draft with a key twice", "$document: {draft: {a: 1, a: 2}}\nid: = wp.id", `1:27 the key a is here twice [it stands in line 1 already]`},
		{"draft without keys", "$document: {draft: true}\nid: = wp.id", `1:20 draft is a mapping of the keys that make a document a draft [for example {draft: true}]`},
		{"draft that is the id", "$document: {draft: {id: 7}}\nid: = wp.id", `1:21 $document.draft names "id", which $document.id needs [mark a draft by a key of its own, for example {draft: true}]`},
		{"draft around the id", "$document:\n  draft: {x: 1, params: 2}\n  id: params.wp\nparams: {wp: = wp.id}", `2:17 $document.draft names "params", which $document.id needs [mark a draft by a key of its own, for example {draft: true}]`},
		{"draft that is an address", "$document: {draft: {slug: x}, address: [title, slug]}\nid: = wp.id\ntitle: x\nslug: x", `1:21 $document.draft names "slug", which $document.address needs [mark a draft by a key of its own, for example {draft: true}]`},
		{"draft around the aliases", "$document: {aliases: old.list, draft: {old: x}}\nid: = wp.id", `1:40 $document.draft names "old", which $document.aliases needs [mark a draft by a key of its own, for example {draft: true}]`},
		{"key twice", "$document: {id: id, id: id}\nid: = wp.id", `1:21 the key id is here twice [it stands in line 1 already]`},
		{"directive twice", "$document: {}\nid: = wp.id\n$document: {}", `3:1 the key $document is here twice []`},
		{"not at the top", "id: = wp.id\na:\n  $document: {}", `3:3 unknown form $document [$document stands at the top of the archetype]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := archetype.Parse("a.yaml", []byte(c.src))
			if got := strings.TrimSpace(mistakes(t, err)); got != c.want {
				t.Errorf("\ngot  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestFile(t *testing.T) {
	cases := []struct{ name, file, bundle, want string }{
		{"plain", `"a.md"`, "false", "a.md"},
		{"in a folder", `"2020/a.markdown"`, "false", "2020/a.markdown"},
		{"a device", `"con.md"`, "false", "con-7.md"},
		{"a device as folder", `"lpt1/index.md"`, "true", "lpt1-7/index.md"},
		{"an index that is no bundle", `"a/index.md"`, "false", "a/index-7.md"},
		{"an index of a section", `"_index.md"`, "false", "_index-7.md"},
		{"out of the folder", `"../a.md"`, "false", ""},
		{"out of the folder by a bend", `"a/../../b.md"`, "false", ""},
		{"absolute", `"/a.md"`, "false", ""},
		{"doubled slash", `"a//b.md"`, "false", ""},
		{"backslash", `"a\\b.md"`, "false", ""},
		{"no Markdown", `"a.html"`, "false", ""},
		{"no name", `"a/.md"`, "false", ""},
		{"no text", `wp.id`, "false", ""},
		{"nothing", `""`, "false", ""},
		{"null", `document.slug`, "false", ""},
		{"bundle of another name", `"a/b.md"`, "true", ""},
		{"bundle without a folder", `"index.md"`, "true", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := parse(t, "$document:\n  bundle: "+c.bundle+"\n  file: |-\n    "+c.file+"\nid: = wp.id")
			got, err := a.File(archetype.Env{WP: archetype.WorkPackage{ID: 7}}, nil)
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
			var re *archetype.RenderError
			if err != nil && (!errors.As(err, &re) || re.Key != "$document.file" || re.Line != 3) {
				t.Errorf("got %#v", err)
			}
		})
	}
}

func TestAliases(t *testing.T) {
	d := archetype.Document{Aliases: "params.old"}
	cases := []struct{ name, before, after string }{
		{"nothing there", "a: 1\n", "a: 1\nparams:\n  old:\n    - /x/\n"},
		{"null", "params:\n  old: null\n  b: 1\n", "params:\n  old:\n    - /x/\n  b: 1\n"},
		{"one text", "params: {old: /y/}\n", "params:\n  old:\n    - /y/\n    - /x/\n"},
		{"that text", "params: {old: /x/}\n", "params:\n  old: /x/\n"},
		{"a blank", "params: {old: ' '}\n", "params:\n  old:\n    - /x/\n"},
		{"a list", "params: {old: [/y/]}\n", "params:\n  old:\n    - /y/\n    - /x/\n"},
		{"in the list", "params: {old: [/x/, /y/]}\n", "params:\n  old:\n    - /x/\n    - /y/\n"},
		{"a key with a dot", "params.old: /y/\n", "params.old:\n  - /y/\n  - /x/\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, err := frontmatter.Decode([]byte(c.before))
			if err != nil {
				t.Fatal(err)
			}
			once := d.AddAlias(m, "/x/")
			if got := marshal(t, once); got != c.after {
				t.Errorf("got\n%s\nwant\n%s", got, c.after)
			}
			if again := marshal(t, d.AddAlias(once, "/x/")); again != c.after {
				t.Errorf("twice: got\n%s", again)
			}
			if list := d.ListAliases(once); list[len(list)-1] != "/x/" && list[0] != "/x/" {
				t.Errorf("listed %q", list)
			}
			if reread, _ := frontmatter.Decode([]byte(c.before)); marshal(t, m) != marshal(t, reread) {
				t.Errorf("the map that was given is changed: %s", marshal(t, m))
			}
		})
	}
	for generator, want := range map[archetype.Generator]string{archetype.Hugo: "old: /x\n", archetype.Jekyll: "old:\n  - /x\n  - /x/\n"} {
		d := archetype.Document{Generator: generator, Aliases: "old"}
		if got := marshal(t, d.AddAlias(frontmatter.Map{{Key: "old", Value: "/x"}}, "/x/")); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", generator, got, want)
		}
	}
	if m := (archetype.Document{}).AddAlias(nil, "/x/"); m != nil {
		t.Errorf("without a key for aliases: got %v", m)
	}
}

func marshal(t *testing.T, m frontmatter.Map) string {
	t.Helper()
	b, err := frontmatter.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Jekyll publishes what says draft: true.
func TestDraftsOfJekyll(t *testing.T) {
	published := frontmatter.Map{{Key: "published", Value: false}}
	for source, want := range map[string]frontmatter.Map{
		"{generator: jekyll}":                        published,
		"{generator: jekyll, draft: {}}":             published,
		"{generator: jekyll, draft: {hidden: true}}": {{Key: "hidden", Value: true}},
		"{generator: hugo}":                          nil,
	} {
		if diff := cmp.Diff(want, parse(t, "$document: "+source+"\nid: '= wp.id'\n").Document().Draft); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
	}
}

func TestAssetNames(t *testing.T) {
	site := archetype.Site{AssetsPath: "/assets/"}
	const (
		bundle = "./featured.jpeg ./document.pdf ./icon.png ./attachment-12.gif"
		shared = "/assets/n-featuredImage.jpeg /assets/n-featuredPdf.pdf /assets/n-favIconImage.png /assets/n-attachment-12.gif"
		beside = "./n-featuredImage.jpeg ./n-featuredPdf.pdf ./n-favIconImage.png ./n-attachment-12.gif"
	)
	for _, c := range []struct{ archetype, place, want string }{
		{"hugo-bundle", "", bundle},
		{"hugo-bundle", "n/index.md", bundle},
		{"hugo-bundle", "2026/n/index.markdown", bundle},
		{"hugo-bundle", "n.md", shared}, // a plain file shares its folder
		{"hugo-bundle", "index.md", shared},
		{"hugo-bundle", "n/index.de.md", shared},
		{"astro", "n/index.md", bundle},
		{"astro", "n.md", beside},
		{"astro", "2026/n.md", beside},
		{"hugo", "n/index.md", shared},
		{"eleventy", "", shared},
	} {
		d := builtin(t, c.archetype).Document().At(c.place)
		var got []string
		for _, a := range [][2]string{{"featuredImage", "jpeg"}, {"featuredPdf", "pdf"}, {"favIconImage", "png"}, {"attachment-12", "gif"}} {
			got = append(got, d.AssetAddress(site, d.AssetName("n", archetype.Role(a[0]), a[1])))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s, %q: got %s", c.archetype, c.place, s)
		}
	}
}

func TestOrigins(t *testing.T) {
	a := parse(t, `id: '= wp.id'
note: plain
via: '= default(wp.fields.via, title) + title'
href: '= link?.hops[0].url ?? page.meta["og:url"]'
picture:
  $when: image != nil
  alt: '= title'
offers:
  $each: filter(offerings, .id > wp.id)
  label: '= it.label'
list: [a, '= site.sub']
`)
	when := []archetype.Form{{Key: "picture", Word: "$when", Expression: "image != nil", Line: 6, Parts: []string{"image"}}}
	each := []archetype.Form{{Key: "offers", Word: "$each", Expression: "filter(offerings, .id > wp.id)", Line: 9, Parts: []string{"offerings", "wp.id"}}}
	made := func(key, expression string, line int, parts ...string) archetype.Origin {
		return archetype.Origin{Key: key, Expression: expression, Line: line, Parts: parts, Own: parts}
	}
	want := []archetype.Origin{
		made("id", "wp.id", 1, "wp.id"),
		made("note", "", 0),
		made("via", "default(wp.fields.via, title) + title", 3, "wp.fields.via", "title"),
		made("href", `link?.hops[0].url ?? page.meta["og:url"]`, 4, "link.hops", `page.meta["og:url"]`),
		{"picture.alt", "title", 7, []string{"image", "title"}, []string{"title"}, when},
		{"offers[].label", "it.label", 10, []string{"offerings", "wp.id"}, nil, each},
		made("list[0]", "", 0),
		made("list[1]", "site.sub", 11, "site.sub"),
	}
	if diff := cmp.Diff(want, a.Origins()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A part is named as expressions name it; what is not there is null.
func TestPart(t *testing.T) {
	env := archetype.Env{Title: "T", WP: archetype.WorkPackage{ID: 7, Fields: map[string]any{"via": "V"}},
		Page: archetype.Page{Meta: map[string]any{"og:title": "O"}}, Link: &archetype.Link{Href: "https://example.org/"}}
	for part, want := range map[string]any{
		"title": "T", "wp.id": int64(7), "wp.fields.via": "V", "wp.fields.other": nil, `page.meta["og:title"]`: "O", `page.meta["x"]`: nil,
		"link.href": "https://example.org/", "image": nil, "image.format": nil, "no such thing": nil, "unknown": nil,
	} {
		if got := env.Part(part); got != want {
			t.Errorf("Part(%q) is %v, want %v", part, got, want)
		}
	}
}

// A draft may be marked by keys whose names only begin like those of others.
func TestDraftBesideOtherKeys(t *testing.T) {
	parse(t, "$document: {draft: {i: 1, idle: true, slu: x}, address: slug.long, id: idx}\nidx: = wp.id\nslug: {long: x}\ni: {dx: 1}")
}
