package output_test

import (
	"errors"
	"maps"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

// TestBundles: a new document gets a folder of its own, with its assets; one
// that is a plain file keeps its assets where they are.
func TestBundles(t *testing.T) {
	s := newSite(t)
	s.put(t, "flat.md", "---\nid: 1\ntitle: T\n---\n")
	s.put(t, "deep/leaf/index.md", "---\nid: 2\ntitle: T\n---\n")
	s.put(t, "_index.md", "---\nid: 3\ntitle: T\n---\n")
	tree := s.openWith(t, output.Options{Bundle: true})
	for id, name := range map[int64]string{1: "flat", 2: "leaf", 3: "section", 4: "new"} {
		d := doc(id, name, "T", "", asset(name+"-icon.png", "12"))
		dry, err := output.DryRun{Tree: tree}.Write(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		r := write(t, tree, d)
		if told(dry) != told(r) || !r.Files[0].Asset {
			t.Errorf("%d: planned %s, done %s", id, told(dry), told(r))
		}
		if again := write(t, s.openWith(t, output.Options{Bundle: true}), d); again.Outcome != output.Unchanged {
			t.Errorf("%d: again %+v", id, again)
		}
	}
	named := doc(5, "x", "T", "", asset("cover.png", "12"))
	named.File, named.Name = "2026/tides/index.md", "tides"
	write(t, tree, named)
	want := map[string]string{
		"content/news/flat.md": "", "static/news/flat-icon.png": "", "content/news/deep/leaf/index.md": "", "content/news/deep/leaf/leaf-icon.png": "",
		"content/news/_index.md": "", "static/news/section-icon.png": "", "content/news/new/index.md": "", "content/news/new/new-icon.png": "",
		"content/news/2026/tides/index.md": "", "content/news/2026/tides/cover.png": "",
	}
	got := s.files(t)
	for name := range got {
		got[name] = ""
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestBeside: the assets of a plain file lie beside it where the site reads them
// there, and go with it; its neighbour's stay, and what a neighbour shows.
func TestBeside(t *testing.T) {
	s := newSite(t)
	s.put(t, "one.md", "---\nid: 1\ntitle: T\n---\n")
	s.put(t, "deep/two.md", "---\nid: 2\ntitle: T\n---\n")
	s.put(t, "three.md", "---\nid: 3\ntitle: T\n---\n")
	s.put(t, "four.md", "---\nid: 4\ntitle: T\n---\n")
	s.put(t, "hand.md", "![](./four-icon.png)")
	tree := s.openWith(t, output.Options{Bundle: true, Beside: true, Roles: []string{"icon"}})
	for id, name := range map[int64]string{1: "one", 2: "two", 3: "three", 4: "four"} {
		write(t, tree, doc(id, name, "T", "", asset(name+"-icon.png", name)))
	}
	for _, id := range []int64{3, 4} {
		if _, err := tree.Remove(t.Context(), output.Removal{ID: id, Delete: true, Forgetful: true}); err != nil {
			t.Fatal(err)
		}
	}
	files := s.files(t)
	if len(files) != 6 || files["content/news/four-icon.png"] != "four" || files["content/news/one-icon.png"] != "one" || files["content/news/deep/two-icon.png"] != "two" {
		t.Errorf("got %v", files)
	}
}

// TestSharedAsset: no two work packages ever write one file.
func TestSharedAsset(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	write(t, tree, doc(1, "one", "T", "", asset("featured.png", "1")))
	_, err := tree.Write(t.Context(), doc(2, "two", "T", "", asset("Featured.png", "2")))
	if shared, ok := errors.AsType[*output.SharedAssetError](err); !ok || shared.Owner != 1 || shared.ID != 2 || hint(err) == "" {
		t.Errorf("got %v", err)
	}
	if files := s.files(t); len(files) != 2 || files["static/news/featured.png"] != "1" {
		t.Errorf("got %v", files)
	}
	write(t, tree, doc(1, "one", "T", "", asset("featured.png", "new")))
}

// TestBundleOfAnother: a folder that a page without an id lives in is not taken.
func TestBundleOfAnother(t *testing.T) {
	s := newSite(t)
	s.put(t, "tides/index.md", "# by hand")
	before := s.listing(t)
	tree := s.openWith(t, output.Options{Bundle: true})
	if _, err := tree.Write(t.Context(), doc(7, "tides", "T", "", asset("tides-icon.png", "1"))); err == nil || s.listing(t) != before {
		t.Errorf("got %v", err)
	}
	if _, err := tree.Write(t.Context(), doc(8, "x", "T", "", asset("index.md", "1"))); err == nil || s.listing(t) != before {
		t.Errorf("an asset that would be a page: got %v", err)
	}
}

// TestIDKey: the id may stand inside other keys.
func TestIDKey(t *testing.T) {
	for text, found := range map[string]bool{
		"params:\n  ingest:\n    wp: 7\n":                                               true,
		"title: x\nparams:\n  color: red\n  ingest:\n    a: b\n    wp: 7 # c\n  x: 1\n": true,
		"params:\n    ingest:\n      wp: 7\n":                                           true,
		"params: # ours\n\n  ingest:\n\n    # it\n    wp: 7\n":                          true,
		"params: {ingest: {wp: 7}}\n":                                                   true,
		"params:\n  ingest: {wp: 7}\n":                                                  true,
		"\"params\":\n  'ingest':\n    \"wp\": 7\n":                                     true,
		"base: &b\n  wp: 7\nparams:\n  ingest: *b\n":                                    true,
		"base: &b\n  wp: 7\nparams:\n  ingest:\n    <<: *b\n":                           true,
		"  params:\n    ingest:\n      wp: 7\n":                                         true,
		"id: 7\n":                                                                       false,
		"params:\n  wp: 7\n":                                                            false,
		"params:\n  x:\n    ingest:\n      wp: 7\n":                                     false,
		"params:\n  ingest:\n    x:\n      wp: 7\n":                                     false,
		"params:\n  ingest:\n    wp: x\n":                                               false,
		"params:\n  ingest:\nwp: 7\n":                                                   false,
		"params: |\n  ingest:\n    wp: 7\n":                                             false,
		"params:\n  - ingest:\n      wp: 7\n":                                           false,
		"params:\n- ingest:\n    wp: 7\n":                                               false,
		"a:\n  params:\n    ingest:\n      wp: 7\n":                                     false,
		"params:\n  ingest:\n    wp: 7\n     8\n":                                       false,
	} {
		s := newSite(t)
		s.put(t, "x.md", "---\n"+text+"---\n")
		tree := s.openWith(t, output.Options{IDKey: "params.ingest.wp"})
		if entries := tree.Entries(); (len(entries) == 1) != found {
			t.Errorf("%q: got %v, %v", text, entries, tree.Notes())
		}
	}
	s := newSite(t)
	tree := s.openWith(t, output.Options{IDKey: "params.ingest.wp"})
	if _, err := tree.Write(t.Context(), doc(7, "x", "T", "")); hint(err) != `the archetype must write params: ingest: wp: '= wp.id', or the next run would not find the file again` {
		t.Errorf("got %v, hint %q", err, hint(err))
	}
	d := doc(7, "x", "T", "")
	d.FrontMatter = frontmatter.Map{{Key: "title", Value: "T"}, {Key: "params", Value: frontmatter.Map{{Key: "ingest", Value: frontmatter.Map{{Key: "wp", Value: int64(7)}}}}}}
	write(t, tree, d)
	d.Name = "y"
	if r := write(t, s.openWith(t, output.Options{IDKey: "params.ingest.wp"}), d); r.Outcome != output.Unchanged || r.Path != "x.md" {
		t.Errorf("got %+v", r)
	}
}
