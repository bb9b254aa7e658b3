package output_test

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

// TestKilledEditing kills a process that edits files made by hand, removes
// documents and makes them again, in plain files and in bundles: at every moment
// each file is whole, with its comments, and names only assets that are there;
// the next run ends in the tree of an undisturbed one.
func TestKilledEditing(t *testing.T) {
	if dir := os.Getenv("OUTPUT_TEST_KILLED_EDITING"); dir != "" {
		for round := 0; ; round++ {
			edit(t, site{dir, dir + "/content", dir + "/assets"}, round)
		}
	}
	start := func() site {
		dir := t.TempDir()
		s := site{dir, dir + "/content", dir + "/assets"}
		for id := 1; id <= 3; id++ {
			s.put(t, fmt.Sprintf("%d.md", id), handMade(id, 'x'))
			s.put(t, fmt.Sprintf("%d/index.md", 10+id), handMade(10+id, 'x'))
		}
		return s
	}
	undisturbed := start()
	edit(t, undisturbed, 1)

	s := start()
	for kill := range 12 {
		killAfter(t, 1+kill*3, "OUTPUT_TEST_KILLED_EDITING="+s.dir)
		edited(t, s)
	}
	edit(t, s, 1)
	edited(t, s)
	if got, want := s.files(t), undisturbed.files(t); !maps.Equal(got, want) {
		for name := range got {
			if got[name] != want[name] {
				t.Errorf("%s differs from an undisturbed run's", name)
			}
		}
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
}

func handMade(id int, letter byte) string {
	text := strings.Repeat(string(letter), killedSize)
	return fmt.Sprintf("\ufeff---\r\n# first\r\nid:   %d # ours\r\ntitle: '%c' # second\r\nicon: null\r\ntheme: { dark: yes }\r\n# last\r\n---\r\n%s\r\n", id, letter, text)
}

// edit is one round: every document gets another title, body and icon; then one
// of each kind is removed.
func edit(t *testing.T, s site, round int) {
	tree := s.openWith(t, output.Options{Bundle: true})
	letter := string(rune('a' + round%2))
	for _, id := range []int64{3, 13} { // a removal that was killed half-way
		if e := tree.Entries(); !slices.ContainsFunc(e, func(e output.Entry) bool { return e.ID == id }) {
			how := output.Removal{ID: id, Delete: true, Forgetful: true, Name: fmt.Sprint(id), Path: map[int64]string{3: "3.md", 13: "13/index.md"}[id]}
			if _, err := tree.Remove(t.Context(), how); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, id := range []int64{1, 2, 3, 11, 12, 13} {
		file, _ := tree.ClaimFile(id, fmt.Sprintf("%d.md", id))
		name, _ := tree.Name(id, "")
		icon := name + "-icon.png"
		write(t, tree, taken(output.Document{ID: id, Name: name, File: file, Body: strings.Repeat(letter, killedSize),
			Assets:      []output.Asset{asset(icon, strings.Repeat(letter, killedSize))},
			FrontMatter: frontmatter.Map{{Key: "id", Value: id}, {Key: "title", Value: letter}, {Key: "icon", Value: icon}}}))
		step()
	}
	for _, id := range []int64{3, 13} {
		if _, err := tree.Remove(t.Context(), output.Removal{ID: id, Delete: true, Forgetful: true}); err != nil {
			t.Fatal(err)
		}
		step()
	}
}

func step() {
	if os.Getenv("OUTPUT_TEST_KILLED_EDITING") != "" {
		fmt.Println(stepDone)
	}
}

// edited checks every document of the tree.
func edited(t *testing.T, s site) {
	t.Helper()
	files := s.files(t)
	for name, text := range files {
		if strings.Contains(name, "/.ingest-") || !strings.HasSuffix(name, ".md") {
			continue
		}
		parts, matter := read(t, text)
		title, _ := matter.Get("title")
		icon, _ := matter.Get("icon")
		body := strings.TrimSpace(string(parts.Body))
		if body != strings.Repeat(fmt.Sprint(title), killedSize) {
			t.Errorf("%s is torn: title %v, %d bytes", name, title, len(text))
		}
		if strings.HasPrefix(text, "\ufeff") && (!strings.Contains(text, "# ours\r\n") || !strings.Contains(text, " # second\r\n") || !strings.Contains(text, "theme: { dark: yes }\r\n# last\r\n---")) {
			t.Errorf("%s has lost what is a person's: %.200q", name, text)
		}
		if icon != nil && files["assets/"+icon.(string)] == "" && files[path.Dir(name)+"/"+icon.(string)] == "" {
			t.Errorf("%s names %s, which is not there", name, icon)
		}
	}
}
