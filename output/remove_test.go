package output_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

const (
	uuid7 = "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4"
	uuid8 = "29985fd1-4f97-5c7c-b4b9-176a3b1ab4f4"
)

// remove removes and makes sure that a rehearsal foretold it and left no trace.
func remove(t *testing.T, s site, tree *output.Tree, r output.Removal) output.Result {
	t.Helper()
	before := s.listing(t)
	dry, err := output.DryRun{Tree: tree}.Remove(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if s.listing(t) != before {
		t.Fatal("the dry run left a trace")
	}
	for _, c := range dry.Files {
		if !c.Asset && c.Old == nil {
			t.Errorf("the dry run shows nothing of %s", c.File)
		}
	}
	result, err := tree.Remove(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if told(result) != told(dry) || tidings(result) != tidings(dry) {
		t.Errorf("done    %s %s\nplanned %s %s", told(result), tidings(result), told(dry), tidings(dry))
	}
	return result
}

// TestRemove: the document goes with the assets that bear its name; what is
// another's, a person's or used by another document stays.
func TestRemove(t *testing.T) {
	s := newSite(t)
	s.put(t, uuid7+".md", "---\nid: 7\nimage: "+uuid7+"-featuredImage.png\nlogo: logo.png\n---\n")
	s.put(t, uuid8+".md", "---\nid: 8\nimage: "+uuid8+"-featuredImage.png\n---\nSee ![](/news/"+uuid7+"-icon.png).\n")
	s.put(t, "by-hand.md", "see [the PDF](/static/"+strings.ReplaceAll(uuid7, "-", "%2D")+"-pdf.pdf)")
	for _, name := range []string{uuid7 + "-featuredImage.png", uuid7 + "-icon.png", uuid7 + "-pdf.pdf", uuid7 + "-a b.png", uuid7 + ".png", uuid8 + "-featuredImage.png", "logo.png", "extra.png"} {
		put(t, s.assets, name, "x")
	}
	want := s.files(t)
	tree := s.open(t)
	r := remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true, Assets: []string{"extra.png", "../x", "nowhere.png"}})
	for _, gone := range []string{"content/news/" + uuid7 + ".md", "static/news/" + uuid7 + "-featuredImage.png", "static/news/" + uuid7 + "-a b.png", "static/news/extra.png"} {
		delete(want, gone)
	}
	if got := s.files(t); !maps.Equal(got, want) || r.Outcome != output.Removed || r.Files[0].Asset || len(r.Files) != 4 {
		t.Errorf("got %+v\n%v\nwant\n%v", r, got, want)
	}
	if again := remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true}); again.Outcome != output.Unchanged {
		t.Errorf("again: %+v", again)
	}
	if len(tree.Entries()) != 1 {
		t.Errorf("entries: %v", tree.Entries())
	}
	// a run that was killed behind the document: the rest goes by the name
	put(t, s.assets, uuid7+"-late.png", "x")
	if late := remove(t, s, s.open(t), output.Removal{ID: 7, Delete: true, Forgetful: true, Name: uuid7}); late.Outcome != output.Removed || len(late.Files) != 1 {
		t.Errorf("the rest: %+v", late)
	}
	// with the other document goes what it alone held
	remove(t, s, tree, output.Removal{ID: 8, Delete: true, Forgetful: true, Assets: []string{uuid7 + "-icon.png"}})
	if _, there := s.files(t)["static/news/"+uuid7+"-icon.png"]; there {
		t.Error("the asset that only the second document used is still there")
	}
	if r := write(t, tree, doc(7, uuid7, "T", "")); r.Outcome != output.Created {
		t.Errorf("the work package came back: %+v", r)
	}
}

func TestRemoveTouchesOnlyOurs(t *testing.T) {
	for name, text := range map[string]string{
		"of no work package since": "# by hand", "another's since": "---\nid: 8\n---\n", "damaged since": "---\nid: 7\nx: [\n---\n", "a link since": "",
	} {
		s := newSite(t)
		file := s.put(t, "x.md", head7)
		put(t, s.assets, "x-icon.png", "x")
		tree := s.open(t)
		if text == "" {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			link(t, put(t, s.dir, "elsewhere.md", head7), s.content, "x.md")
		} else {
			s.put(t, "x.md", text)
		}
		before := s.listing(t)
		for _, del := range []bool{true, false} {
			if r, err := tree.Remove(t.Context(), output.Removal{ID: 7, Delete: del}); err == nil || s.listing(t) != before {
				t.Errorf("%s: got %+v, %v", name, r, err)
			}
		}
	}
	s := newSite(t)
	s.put(t, "a.md", head7)
	s.put(t, "b.md", head7)
	before := s.listing(t)
	if r, err := s.open(t).Remove(t.Context(), output.Removal{ID: 7, Delete: true, Forgetful: true}); err == nil || s.listing(t) != before {
		t.Errorf("two files with one id: got %+v, %v", r, err)
	}
	if r := remove(t, s, s.open(t), output.Removal{ID: 9, Delete: true, Forgetful: true}); r.Outcome != output.Unchanged {
		t.Errorf("no document: got %+v", r)
	}
}

// TestRemoveByMark: the page stays, with one key more; when the work package
// comes back, it goes.
func TestRemoveByMark(t *testing.T) {
	s := newSite(t)
	const file = "---\n# mine\nid: 7\ntitle:  T # c\n---\nBody"
	s.put(t, "x.md", file)
	tree := s.open(t)
	first := write(t, tree, doc(7, "x", "T", "Body"))
	r := remove(t, s, tree, output.Removal{ID: 7, Last: first.Written})
	want := "---\ndraft: true\n# mine\nid: 7\ntitle:  T # c\n---\nBody"
	if got := s.files(t)["content/news/x.md"]; got != want || r.Outcome != output.Updated {
		t.Errorf("got %s %q, want %q", r.Outcome, got, want)
	}
	if again := remove(t, s, tree, output.Removal{ID: 7, Last: r.Written}); again.Outcome != output.Unchanged {
		t.Errorf("again: %+v", again)
	}
	back := doc(7, "x", "T", "Body")
	back.Last = r.Written
	if write(t, s.open(t), back); s.files(t)["content/news/x.md"] != file {
		t.Errorf("back: %q", s.files(t)["content/news/x.md"])
	}
	s.put(t, "y.md", "---\nid: 8\npublished: true # since May\n---\n")
	remove(t, s, s.open(t), output.Removal{ID: 8, Mark: frontmatter.Map{{Key: "published", Value: false}}})
	if got := s.files(t)["content/news/y.md"]; got != "---\nid: 8\npublished: false # since May\n---\n" {
		t.Errorf("another mark: %q", got)
	}
}

// TestRemoveByMarkOfSeveralKeys: a site may need more than one; all of them go when
// the work package comes back.
func TestRemoveByMarkOfSeveralKeys(t *testing.T) {
	s := newSite(t)
	const file = "---\nid: 7\ntitle: T # c\n---\nBody\n"
	s.put(t, "x.md", file)
	first := write(t, s.open(t), doc(7, "x", "T", "Body"))
	mark := frontmatter.Map{{Key: "draft", Value: true}, {Key: "weight", Value: int64(9)}}
	r := remove(t, s, s.open(t), output.Removal{ID: 7, Mark: mark, Last: first.Written})
	if got, want := s.files(t)["content/news/x.md"], strings.Replace(file, "id", "draft: true\nweight: 9\nid", 1); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if again := remove(t, s, s.open(t), output.Removal{ID: 7, Mark: mark, Last: r.Written}); again.Outcome != output.Unchanged {
		t.Errorf("again: %+v", again)
	}
	back := doc(7, "x", "T", "Body")
	back.Last = r.Written
	write(t, s.open(t), back)
	if got := s.files(t)["content/news/x.md"]; got != file {
		t.Errorf("back: %q, want %q", got, file)
	}
}

// TestRemoveKeepsHandEdits: what a person wrote is not in the tracker; the page
// leaves the site, the words stay.
func TestRemoveKeepsHandEdits(t *testing.T) {
	const text = "---\nid: 7\ntitle: T\n---\nBody\n"
	for name, c := range map[string]struct {
		file    string
		deleted bool
	}{
		"as it was written": {text, true},
		"another value":     {strings.Replace(text, "T", "H", 1), false},
		"another body":      {strings.Replace(text, "Body", "Words", 1), false},
		"a key gone":        {strings.Replace(text, "title: T\n", "", 1), false},
		"another style":     {crlf(strings.Replace(text, "T", "'T' # x", 1)), true},
		"a key more":        {strings.Replace(text, "title", "theme: dark\ntitle", 1), true},
	} {
		s := newSite(t)
		s.put(t, "x.md", c.file)
		put(t, s.assets, "x-icon.png", "x")
		r := remove(t, s, s.open(t), output.Removal{ID: 7, Delete: true, Last: remembered(t, text)})
		if got := s.files(t); (len(got) == 0) != c.deleted || len(r.Warnings) > 0 == c.deleted {
			t.Errorf("%s: %s %v, left %v", name, r.Outcome, r.Warnings, got)
		} else if !c.deleted && (!strings.Contains(got["content/news/x.md"], "draft: true") || len(got) != 2 || len(r.HandEdits) != 1) {
			t.Errorf("%s: %+v, left %v", name, r, got)
		}
	}
}

// TestRemoveWithAnEditedAsset: a picture that a person has made smaller is as little
// deleted as their words.
func TestRemoveWithAnEditedAsset(t *testing.T) {
	const text = "---\nid: 7\ntitle: T\n---\n"
	written := fmt.Sprintf("%x", sha256.Sum256([]byte("as written")))
	for name, c := range map[string]struct {
		icon    string
		digests map[string]string
		deleted bool
	}{
		"as written":         {"as written", map[string]string{"x-icon.png": written}, true},
		"edited":             {"by hand", map[string]string{"x-icon.png": written}, false},
		"no digest":          {"by hand", map[string]string{"x-icon.png": ""}, true},
		"another that is no": {"as written", map[string]string{"x-icon.png": written, "x-image.png": written, "../x": written}, true},
	} {
		s := newSite(t)
		s.put(t, "x.md", text)
		put(t, s.assets, "x-icon.png", c.icon)
		r := remove(t, s, s.open(t), output.Removal{ID: 7, Delete: true, Last: remembered(t, text), Digests: c.digests})
		if got := s.files(t); (len(got) == 0) != c.deleted || len(r.Warnings) > 0 == c.deleted {
			t.Errorf("%s: %s %v, left %v", name, r.Outcome, r.Warnings, got)
		} else if !c.deleted && (!strings.Contains(got["content/news/x.md"], "draft: true") || r.HandEdits[0].Path != output.AssetsKey+".x-icon.png") {
			t.Errorf("%s: %+v, left %v", name, r, got)
		}
	}
}

func TestRemoveBundle(t *testing.T) {
	s := newSite(t)
	s.put(t, "tides/index.md", "---\nid: 7\n---\n![](tides-featuredImage.png)")
	s.put(t, "clocks/index.md", "---\nid: 8\n---\n![](../tides/index.md)")
	for _, name := range []string{"tides/tides-featuredImage.png", "tides/cover.png", "clocks/by-hand.png", "clocks/clocks-icon.png"} {
		s.put(t, name, "x")
	}
	tree := s.openWith(t, output.Options{Bundle: true})
	remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true, Assets: []string{"cover.png"}})
	remove(t, s, tree, output.Removal{ID: 8, Delete: true, Forgetful: true})
	if got := s.files(t); len(got) != 1 || got["content/news/clocks/by-hand.png"] == "" {
		t.Errorf("left %v", got)
	}
	if _, err := os.Stat(s.content + "/tides"); !os.IsNotExist(err) {
		t.Errorf("the empty folder: %v", err)
	}
}

// TestRemoveBundleUsed: what another page shows of a bundle stays, whatever it
// names it by; what only bears the same name does not hold it.
func TestRemoveBundleUsed(t *testing.T) {
	cases := map[string]struct {
		place, text string
		stays       bool
	}{
		"beside":              {"clocks/index.md", "![](../tides/featured.png)", true},
		"from a plain file":   {"clocks.md", "![](../tides/featured.png).", true},
		"by its address":      {"clocks.md", "<img src=\"/news/tides/featured.png\">", true},
		"with its host":       {"deep/clocks.md", "https://site.example/news/tides/featured.png?x", true},
		"in front matter":     {"clocks/index.md", "---\nid: 8\nimage: ../tides/featured.png\n---\n", true},
		"from its folder":     {"tides/more.md", "![](featured.png)", true},
		"from below":          {"tides/more/index.md", "![](../featured.png)", true},
		"from a namesake":     {"2025/tides/index.md", "![](../../tides/featured.png)", true},
		"its own of the name": {"clocks/index.md", "![](featured.png) ![](./featured.png)", false},
		"another folder's":    {"clocks.md", "![](../low-tides/featured.png)", false},
		"another file":        {"clocks.md", "![](../tides/featured.png.txt)", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for _, gone := range []bool{false, true} { // the document itself, in a run that was killed
				s := newSite(t)
				s.put(t, "tides/featured.png", "x")
				s.put(t, c.place, c.text)
				if !gone {
					s.put(t, "tides/index.md", "---\nid: 7\n---\n![](featured.png)")
				}
				tree := s.openWith(t, output.Options{Bundle: true})
				remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true, Path: "tides/index.md", Assets: []string{"featured.png"}})
				files := s.files(t)
				if _, stayed := files["content/news/tides/featured.png"]; stayed != c.stays {
					t.Errorf("gone %v: left %v", gone, files)
				}
			}
		})
	}
}

// TestRemoveUsedInOddFolder: folders may have any letters.
func TestRemoveUsedInOddFolder(t *testing.T) {
	s := newSite(t)
	s.put(t, "gezeiten ä/index.md", "---\nid: 7\n---\n")
	s.put(t, "gezeiten ä/featured.png", "x")
	s.put(t, "gezeiten ä/icon.png", "x")
	s.put(t, "clocks.md", "![](../gezeiten%20%C3%A4/featured.png)")
	remove(t, s, s.openWith(t, output.Options{Bundle: true}), output.Removal{ID: 7, Delete: true, Forgetful: true, Assets: []string{"featured.png", "icon.png"}})
	if files := s.files(t); len(files) != 2 || files["content/news/gezeiten ä/featured.png"] == "" {
		t.Errorf("left %v", files)
	}
}

// TestRemoveBesideUnreadable: an asset stays if it cannot be told who uses it.
func TestRemoveBesideUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	s := newSite(t)
	s.put(t, "x.md", head7)
	put(t, s.assets, "x-icon.png", "x")
	if err := os.Chmod(s.put(t, "y.md", "x-icon.png"), 0); err != nil {
		t.Fatal(err)
	}
	r, err := s.open(t).Remove(t.Context(), output.Removal{ID: 7, Delete: true, Forgetful: true})
	if err != nil || len(r.Files) != 1 || len(r.Warnings) != 1 || hint(r.Warnings[0]) == "" {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := os.Stat(s.assets + "/x-icon.png"); err != nil {
		t.Error(err)
	}
}

func TestAssets(t *testing.T) {
	const random = "1f6a3b52-7f0c-4f5e-9a51-0d5c3a8e2b77" // another program's name for its file
	s := newSite(t)
	s.put(t, uuid7+".md", "---\nid: 7\n---\n"+uuid7+"-icon.png logo.png")
	s.put(t, "named.md", "---\nid: 8\n---\n")
	for _, name := range []string{uuid7 + "-icon.png", uuid8 + "-icon.png", uuid8 + "-used.png", "named-pdf.pdf", "logo.png", "unused.png", random + "-photo.png", "folder/x.png", ".hidden"} {
		put(t, s.assets, name, "x")
	}
	s.put(t, "z.md", uuid8+"-used.png, and so on")
	all, err := s.open(t).Assets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range all {
		got = append(got, strings.TrimSpace(strings.Join([]string{a.Name, a.Document, strings.Join(a.Users, ","), map[bool]string{true: "orphan"}[a.Orphan()]}, " ")))
	}
	want := []string{uuid7 + "-icon.png " + uuid7 + ".md " + uuid7 + ".md", random + "-photo.png", uuid8 + "-icon.png   orphan", uuid8 + "-used.png  z.md",
		"logo.png  " + uuid7 + ".md", "named-pdf.pdf named.md", "unused.png"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestUsersAreToldOnce: however often a document is written in one run.
func TestUsersAreToldOnce(t *testing.T) {
	s := newSite(t)
	put(t, s.assets, "logo.png", "x")
	s.put(t, "a.md", "---\nid: 7\n---\nlogo.png and logo.png\n")
	tree := s.open(t)
	if _, err := tree.Assets(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, d := range []output.Document{doc(8, "b", "T", "logo.png"), doc(7, "a", "T", "logo.png"), doc(8, "b", "T", "logo.png again")} {
		write(t, tree, taken(d))
	}
	all, err := tree.Assets(t.Context())
	if err != nil || len(all) != 1 || !slices.Equal(all[0].Users, []string{"a.md", "b.md"}) {
		t.Errorf("got %+v, %v; want two documents, each once", all, err)
	}
}

// TestRemoveInOneRun: what was written since the first removal goes too, though
// a text names something longer; and a freed address is the next one's.
func TestRemoveInOneRun(t *testing.T) {
	s := newSite(t)
	s.put(t, "tides.md", "---\nid: 7\n---\nA picture: /news/ay-icon.png and /news/y-icon.png.bak\n")
	put(t, s.assets, "tides-icon.png", "x")
	tree := s.openWith(t, output.Options{URLOf: hugoish})
	remove(t, s, tree, output.Removal{ID: 1, Delete: true, Forgetful: true, Name: "nothing"})
	write(t, tree, doc(9, "y", "T", "", asset("y-icon.png", "1")))
	if r := remove(t, s, tree, output.Removal{ID: 9, Delete: true, Forgetful: true}); len(r.Files) != 2 {
		t.Errorf("got %+v", r)
	}
	remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true})
	if got, warning := tree.ClaimURL(8, "/news/tides/"); got != "/news/tides/" || warning != nil {
		t.Errorf("the freed address: %s, %v", got, warning)
	}
	if got, _ := tree.ClaimURL(7, "/news/tides/"); got != "/news/tides-7/" {
		t.Errorf("the one that had it: %s", got)
	}
	if got := s.files(t); len(got) != 0 {
		t.Errorf("left %v", got)
	}
}

// TestFilesOfOtherRoles: what a person has put beside the assets stays, whatever
// its name begins with.
func TestFilesOfOtherRoles(t *testing.T) {
	s := newSite(t)
	s.put(t, uuid7+".md", head7)
	custom, icon, listed := uuid7+"-custom.txt", uuid7+"-icon.png", uuid7+"-attachment-5.pdf"
	for _, name := range []string{custom, icon, listed, uuid8 + "-custom.txt", uuid8 + "-icon.png"} {
		put(t, s.assets, name, "x")
	}
	tree := s.openWith(t, output.Options{Roles: []string{"icon"}})
	remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true, Assets: []string{listed}})
	files := s.files(t)
	for name, want := range map[string]bool{custom: true, icon: false, listed: false} {
		if _, there := files["static/news/"+name]; there != want {
			t.Errorf("%s is there: %v, want %v", name, there, want)
		}
	}
	all, err := s.openWith(t, output.Options{Roles: []string{"icon"}}).Assets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var orphans []string
	for _, a := range all {
		if a.Orphan() {
			orphans = append(orphans, a.Name)
		}
	}
	if !slices.Equal(orphans, []string{uuid8 + "-icon.png"}) {
		t.Errorf("orphans: %v, want the icon alone", orphans)
	}
}

// TestRemoveOfWhatNobodyRemembers: unless that is so on purpose, a person may have
// edited it.
func TestRemoveOfWhatNobodyRemembers(t *testing.T) {
	for _, forgetful := range []bool{false, true} {
		s := newSite(t)
		s.put(t, "x.md", head7)
		put(t, s.assets, "x-icon.png", "x")
		how := output.Removal{ID: 7, Delete: true, Forgetful: forgetful}
		r := remove(t, s, s.open(t), how)
		if forgetful {
			if left := s.files(t); len(left) != 0 || r.Outcome != output.Removed {
				t.Errorf("on purpose: %+v, left %v", r, left)
			}
			continue
		}
		warned, ok := errors.AsType[*output.ForgottenDocumentError](errors.Join(r.Warnings...))
		if left := s.files(t); !ok || warned.Hint() == "" || r.Outcome != output.Updated || len(left) != 2 || !strings.Contains(left["content/news/x.md"], "draft: true") {
			t.Errorf("got %+v, left %v", r, left)
		}
		if again := remove(t, s, s.open(t), how); again.Outcome != output.Unchanged {
			t.Errorf("again: %+v", again)
		}
	}
}
