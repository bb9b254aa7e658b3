package output_test

import (
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

// TestQuotedID: an id as another dumper writes it keeps its bytes, with a memory
// and without, while the tracker's changes arrive; it is no edit made by hand.
func TestQuotedID(t *testing.T) {
	for key, styles := range map[string][]string{
		"id":    {`id: "7"`, "id: '7' # ours", "id: 7.0", `"id": "7"`},
		"wp":    {`wp: "7"`},
		"op.wp": {"op:\n  wp: \"7\"", `op: {wp: "7"}`},
	} {
		for _, style := range styles {
			t.Run(style, func(t *testing.T) {
				s := newSite(t)
				file := "---\n" + style + "\ntitle: T\n---\n"
				s.put(t, "x.md", file)
				d := doc(7, "y", "T", "")
				d.FrontMatter = withID(key, 7).With(frontmatter.Map{{Key: "title", Value: "T"}})
				d.TrackerOwns = func(string) bool { return true }
				write := func(title, told string) {
					t.Helper()
					d.FrontMatter = d.FrontMatter.With(frontmatter.Map{{Key: "title", Value: title}})
					r, err := s.openWith(t, output.Options{IDKey: key}).Write(t.Context(), d)
					if err != nil || r.Path != "x.md" || tidings(r) != told {
						t.Fatalf("%s: path %s, told %q, error %v", title, r.Path, tidings(r), err)
					}
					if got, want := s.files(t)["content/news/x.md"], strings.Replace(file, "title: T\n", "title: "+title+"\n", 1); got != want {
						t.Errorf("got %q, want %q", got, want)
					}
					d.Last = r.Written
				}
				write("T", "")
				write("T", "")
				write("T2", "")
				d.Last.FrontMatter = d.FrontMatter // the file had our own writing before
				write("T2", "")
				removal := output.Removal{ID: 7, Delete: true, Last: d.Last}
				r, err := s.openWith(t, output.Options{IDKey: key}).Remove(t.Context(), removal)
				if err != nil || len(s.files(t)) != 0 {
					t.Errorf("not removed: %s, %v", tidings(r), err)
				}
			})
		}
	}
}

// withID is front matter with nothing but an id at a path.
func withID(path string, id int64) frontmatter.Map {
	key, rest, nested := strings.Cut(path, ".")
	if nested {
		return frontmatter.Map{{Key: key, Value: withID(rest, id)}}
	}
	return frontmatter.Map{{Key: key, Value: id}}
}
