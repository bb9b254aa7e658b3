package output_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/output"
)

// TestIndex: which files are found for work package 7, and what is told of the
// others.
func TestIndex(t *testing.T) {
	const uuidA, uuidB = "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4", "29985fd1-4f97-5c7c-b4b9-176a3b1ab4f4"
	long := "---\nlong: " + strings.Repeat("x", 300_000) + "\nid: 7\n---\n"
	cut := "---\nlong: " + strings.Repeat("x", 8192-len("---\nlong: \n---")) + "\n---x: y\nid: 7\n---\n"
	cases := []struct {
		name  string
		files map[string]string
		path  string   // of 7's document; "" means the new one
		notes []string // beginnings, CONTENT standing for the folder
	}{
		{"no folder", nil, "", nil},
		{"plain", map[string]string{"a.md": head7}, "a.md", nil},
		{"deep", map[string]string{"2020/12/a.markdown": head7}, "2020/12/a.markdown", nil},
		{"other writers of YAML", map[string]string{"a.md": "---\r\ntitle: x\r\nid:   7   # ours\r\n---\r\n"}, "a.md", nil},
		{"closed by dots", map[string]string{"a.md": "---\nid: 7\n...\n"}, "a.md", nil},
		{"quoted key", map[string]string{"a.md": "---\n\"id\": 7\n---\n"}, "a.md", nil},
		{"indented", map[string]string{"a.md": "---\n  id: 7\n  title: x\n---\n"}, "a.md", nil},
		{"JSON", map[string]string{"a.md": "---\n{\"title\": \"x\", \"id\": 7}\n---\n"}, "a.md", nil},
		{"flow over lines", map[string]string{"a.md": "---\n{a: {\nid: 8\n},\nid: 7}\n---\n"}, "a.md", nil},
		{"byte order mark", map[string]string{"a.md": "\ufeff---\nid: 7\n---\n"}, "a.md", nil},
		{"front matter longer than one read", map[string]string{"a.md": long}, "a.md", nil},
		{"a line like a fence where a read ends", map[string]string{"a.md": cut}, "a.md", nil},
		{"id of something inside", map[string]string{"a.md": "---\nx:\n  id: 7\n---\n"}, "", []string{"1 files of the content folder have no id"}},
		{"id in quotes", map[string]string{"a.md": "---\nid: '7'\n---\n"}, "a.md", nil},
		{"id in quotes, with a comment", map[string]string{"a.md": "---\nid: \"7\" # ours\n---\n"}, "a.md", nil},
		{"id with a fraction of nothing", map[string]string{"a.md": "---\nid: 7.0\n---\n"}, "a.md", nil},
		{"one id in two writings", map[string]string{"a.md": head7, "b.md": "---\nid: \"7\"\n---\n"}, "?", []string{"several files carry the id 7: CONTENT/a.md, CONTENT/b.md; which one"}},
		{"id that is a text", map[string]string{"a.md": "---\nid: no-7\n---\n", "b.md": "---\nid: '07'\n---\n", "c.md": "---\nid: '7.0'\n---\n"}, "", []string{"3 files"}},
		{"id that is no whole number", map[string]string{"a.md": "---\nid: 7.5\n---\n", "b.md": "---\nid: -7\n---\n", "c.md": "---\nid: 07x\n---\n"}, "", []string{"3 files"}},
		{"no front matter", map[string]string{"a.md": "id: 7\n", "b.md": "", "c.md": "+++\nid = 7\n+++\n"}, "", []string{"3 files"}},
		{"not Markdown", map[string]string{"a.txt": head7, "a.md.bak": head7}, "", nil},
		{"places that are not content", map[string]string{".git/a.md": head7, "node_modules/b/a.md": head7, ".a.md": head7}, "", nil},
		{"not closed", map[string]string{"a.md": "---\nid: 7\n"}, "", []string{"CONTENT/a.md: "}},
		{"not closed and long", map[string]string{"a.md": "---\nid: 7\n" + strings.Repeat("x", 2<<20)}, "", []string{"CONTENT/a.md: the front matter is longer"}},
		{"does not parse", map[string]string{"a.md": "---\n'id': 7\nx: [\n---\n"}, "", []string{"CONTENT/a.md: read front matter"}},
		{"several, one by UUID", map[string]string{"a.md": head7, "b/" + uuidA + ".md": head7}, "b/" + uuidA + ".md",
			[]string{"several files carry the id 7: CONTENT/a.md, CONTENT/b/" + uuidA + ".md; CONTENT/b/" + uuidA + ".md is taken"}},
		{"notes in order", map[string]string{"b.md": "---\n", "a.md": "---\n", "c.md": "x"}, "", []string{"CONTENT/a.md: ", "CONTENT/b.md: ", "1 files"}},
		{"several by UUID", map[string]string{uuidB + ".md": head7, uuidA + ".md": head7}, "?", []string{"several files carry the id 7: "}},
		{"several, none by UUID", map[string]string{"b.md": head7, "a.md": head7}, "?", []string{"several files carry the id 7: CONTENT/a.md, CONTENT/b.md; which one"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			for name, text := range c.files {
				s.put(t, name, text)
			}
			tree := s.open(t)
			notes := tree.Notes()
			if len(notes) != len(c.notes) {
				t.Fatalf("got notes %v, want %v", notes, c.notes)
			}
			for i, want := range c.notes {
				want = strings.ReplaceAll(want, "CONTENT", filepath.ToSlash(s.content))
				if !strings.HasPrefix(notes[i].Error(), want) {
					t.Errorf("note %d\ngot  %v\nwant %s", i, notes[i], want)
				}
			}
			name, warning := tree.Name(7, "https://example.org/")
			before := s.listing(t)
			r, err := tree.Write(t.Context(), doc(7, name, "T2", ""))
			if c.path == "?" {
				if _, ok := errors.AsType[*output.SharedIDError](err); !ok || s.listing(t) != before || fmt.Sprint(warning) != err.Error() {
					t.Errorf("got %+v, %v after warning %v; want a SharedIDError and nothing written", r, err, warning)
				}
				return
			}
			want := c.path
			if want == "" {
				want = name + ".md"
			}
			if err != nil || r.Path != want {
				t.Errorf("got %+v, %v; want %s", r, err, want)
			}
		})
	}
}

func TestIndexNotesLinks(t *testing.T) {
	s := newSite(t)
	s.put(t, "a.md", head7)
	if err := os.Symlink("a.md", filepath.Join(s.content, "b.md")); err != nil {
		t.Skip("no links here:", err)
	}
	notes := s.open(t).Notes()
	if len(notes) != 1 || !strings.Contains(notes[0].Error(), "b.md: not a plain file") || !strings.Contains(hint(notes[0]), "plain files") {
		t.Errorf("got %v", notes)
	}
}

func TestName(t *testing.T) {
	const (
		uuidA = "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4"
		url   = "https://example.org/"
	)
	asked := func(id int64, url string) string { return fmt.Sprintf("%d %s", id, url) }
	id := func(n int64) string { // the name made with an id
		name, warning := newSite(t).open(t).Name(n, "")
		if warning != nil {
			t.Fatal(warning)
		}
		return name
	}
	own, _ := newSite(t).open(t).Name(1, url)
	file := func(id int64, more string) string { return fmt.Sprintf("---\nid: %d\n%s---\n", id, more) }
	cases := []struct {
		name     string
		files    map[string]string
		ask      []string
		want     []string
		warnings string
	}{
		{"by link", nil, []string{asked(7, url), asked(8, url+"x")}, []string{own, ""}, ""},
		{"without link", nil, []string{asked(7, ""), asked(8, "")}, []string{id(7), id(8)}, ""},
		{"asked twice", nil, []string{asked(7, url), asked(7, url)}, []string{own, own}, ""},
		{"one link, two work packages", nil, []string{asked(7, url), asked(8, url), asked(8, url)}, []string{own, id(8), id(8)},
			"work packages 7 and 8 have the same source URL " + url + "|work packages 7 and 8 have the same source URL " + url},
		{"one link, the first named by hand", map[string]string{"a.md": file(7, "")}, []string{asked(7, url), asked(8, url)}, []string{"a", id(8)},
			"work packages 7 and 8 have the same source URL " + url},
		{"file named by UUID", map[string]string{uuidA + ".md": file(7, "mdName: x.md\n")}, []string{asked(7, url)}, []string{uuidA}, ""},
		{"file named by hand, mdName", map[string]string{"a.md": file(7, "mdName: "+uuidA+".md\n")}, []string{asked(7, url)}, []string{uuidA}, ""},
		{"file named by hand, no mdName", map[string]string{"a b.md": file(7, "")}, []string{asked(7, url)}, []string{"a b"}, ""},
		{"mdName that is a path", map[string]string{"a.md": file(7, "mdName: ../x.md\n")}, []string{asked(7, url)}, []string{"a"}, ""},
		{"bundle", map[string]string{"tide-clocks/index.md": file(7, "")}, []string{asked(7, url)}, []string{"tide-clocks"}, ""},
		{"bundle at the top", map[string]string{"index.md": file(7, "")}, []string{asked(7, url)}, []string{own}, ""},
		{"name that is not safe for assets", map[string]string{"a:b.md": file(7, "")}, []string{asked(7, url)}, []string{own}, ""},
		{"two files with one stem", map[string]string{"a/x.md": file(7, ""), "b/X.md": file(8, "")}, []string{asked(8, ""), asked(7, "")}, []string{id(8), "x"},
			"work packages 7 and 8 would have the same name; 8 is called " + id(8)},
		{"the link's name is another's", map[string]string{own + ".md": file(8, "")}, []string{asked(7, url)}, []string{id(7)},
			"work packages 8 and 7 would have the same name; 7 is called " + id(7)},
		{"existing documents with one link", map[string]string{"a.md": file(7, ""), "b.md": file(8, "")}, []string{asked(7, url), asked(8, url)}, []string{"a", "b"},
			"work packages 7 and 8 have the same source URL " + url},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			for name, text := range c.files {
				s.put(t, name, text)
			}
			before := len(s.files(t))
			tree := s.open(t)
			var warnings []string
			for i, ask := range c.ask {
				var n int64
				var u string
				_, _ = fmt.Sscan(ask, &n, &u)
				got, warning := tree.Name(n, u)
				if c.want[i] != "" && got != c.want[i] {
					t.Errorf("Name(%s) = %q, want %q", ask, got, c.want[i])
				}
				if warning != nil {
					warnings = append(warnings, warning.Error())
				}
			}
			if got := strings.Join(warnings, "|"); got != c.warnings {
				t.Errorf("got warnings %q, want %q", got, c.warnings)
			}
			if len(s.files(t)) != before {
				t.Error("naming wrote a file")
			}
		})
	}
}

// TestNamesOfOtherMachines: these never change. They were made with another
// language's library.
func TestNamesOfOtherMachines(t *testing.T) {
	tree := newSite(t).open(t)
	for _, c := range []struct {
		id   int64
		url  string
		want string
	}{
		{1, "https://www.example.com/", "3d3ed9d2-aa3d-5fa6-90e8-ed662e90f559"},
		{3960, "", "35089cf6-4629-5486-86ca-2938c7c41d50"},
	} {
		if got, _ := tree.Name(c.id, c.url); got != c.want {
			t.Errorf("Name(%d, %q) = %s, want %s", c.id, c.url, got, c.want)
		}
	}
}
