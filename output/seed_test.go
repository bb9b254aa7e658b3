package output_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

const (
	seedName  = "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4"
	seedImage = seedName + "-featuredImage.jpeg"
	seedURL   = "https://www.mindbowser.com/all-about-the-telemedicine-solutions-why-it-is-the-future/?"
)

// seed returns the seed's text and the document that makes it.
func seed(t testing.TB) (string, output.Document) {
	t.Helper()
	src, err := os.ReadFile("testdata/seed.md")
	if err != nil {
		t.Fatal(err)
	}
	parts, err := frontmatter.Split(src)
	if err != nil {
		t.Fatal(err)
	}
	m, err := frontmatter.Decode(parts.FrontMatter)
	if err != nil {
		t.Fatal(err)
	}
	return string(src), output.Document{ID: 3960, FrontMatter: m, Body: string(parts.Body), Assets: []output.Asset{asset(seedImage, "jpeg")}}
}

// TestSeedStays: a tree that holds the seed gets the missing image and nothing
// else, whatever the seed's file is called and however it ends.
func TestSeedStays(t *testing.T) {
	text, d := seed(t)
	if strings.HasSuffix(text, "\n") {
		t.Fatal("the seed should end without a line feed")
	}
	cases := map[string]struct{ file, end string }{
		"as it was found":         {seedName + ".md", ""},
		"ended with a line feed":  {seedName + ".md", "\n"},
		"ended with two, of CRLF": {seedName + ".md", "\r\n\r\n"},
		"by another name":         {"2020/telemedicine.md", ""},
		"as a bundle":             {"telemedicine/index.md", ""},
		"as markdown":             {seedName + ".markdown", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			file := s.put(t, c.file, text+c.end)
			before, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			tree := s.open(t)
			given, warning := tree.Name(3960, seedURL)
			if given != seedName || warning != nil {
				t.Fatalf("Name = %q, %v; want %q", given, warning, seedName)
			}
			d.Name = given
			first := write(t, tree, d)
			if first.Outcome != output.Updated || len(first.Files) != 1 || first.Files[0].Path != seedImage || first.Path != c.file {
				t.Errorf("got %+v, want the image alone", first)
			}
			if second := write(t, s.open(t), d); second.Outcome != output.Unchanged || len(second.Files) != 0 {
				t.Errorf("second run: got %+v, want unchanged", second)
			}
			after, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != text+c.end || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
				t.Errorf("the file was touched:\n%s", got)
			}
		})
	}
}

// TestSeedFresh: in an empty folder the same document is the seed and a line
// feed.
func TestSeedFresh(t *testing.T) {
	text, d := seed(t)
	s := newSite(t)
	tree := s.open(t)
	var err error
	if d.Name, err = tree.Name(3960, seedURL); err != nil {
		t.Fatal(err)
	}
	if r := write(t, tree, d); r.Outcome != output.Created || len(r.Files) != 2 || r.Files[0].Root != output.Assets || r.Files[1].Root != output.Content {
		t.Errorf("got %+v, want the image and then the document", r)
	}
	got, err := os.ReadFile(filepath.Join(s.content, d.Name+".md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != text+"\n" {
		t.Errorf("got\n%s", got)
	}
}
