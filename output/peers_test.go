package output_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"ingest/output"
)

// The defects of programs that do a like job, where they concern files.

// TestPeersOverwriteOnTheSameName: two entries of one name end in one file.
func TestPeersOverwriteOnTheSameName(t *testing.T) {
	for _, names := range [][2]string{{"tides.md", "tides.md"}, {"Tides.md", "tides.md"}, {"mar\u00e9e.md", "mare\u0301e.md"}} {
		s := newSite(t)
		tree := s.open(t)
		for i, name := range names {
			d := doc(int64(7+i), "unused", fmt.Sprint("T", i), "Body")
			d.File = name
			write(t, tree, d)
		}
		if got := s.files(t); len(got) != 2 {
			t.Errorf("%v: got %v", names, got)
		}
	}
}

// TestPeersDeleteForeignFiles: what was not exported this time is swept away.
func TestPeersDeleteForeignFiles(t *testing.T) {
	s := newSite(t)
	s.put(t, "by-hand.md", "# Notes")
	s.put(t, "other.txt", "x")
	s.put(t, "not-today.md", "---\nid: 9\n---\n")
	s.put(t, "_index.md", "---\ntitle: News\n---\n")
	put(t, s.assets, "logo.png", "x")
	want := s.files(t)
	tree := s.open(t)
	write(t, tree, doc(7, "x", "T", "", asset("x-icon.png", "1")))
	remove(t, s, tree, output.Removal{ID: 7, Delete: true, Forgetful: true})
	remove(t, s, tree, output.Removal{ID: 8, Delete: true, Forgetful: true, Name: "logo", Path: "by-hand.md", Assets: []string{"../../content/news/by-hand.md"}})
	if got := s.files(t); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestPeersTitleBreaksYAML: a title with YAML's syntax makes a file that no
// generator reads.
func TestPeersTitleBreaksYAML(t *testing.T) {
	s := newSite(t)
	s.put(t, "x.md", "---\nid: 7\ntitle: 'Old'   # keep\nafter: 1\n---\nBody\n")
	for _, title := range []string{
		`A: "quoted" # no comment`, "- list", "{{ .Site }}", "---", "no", "1.10", "2024-01-02", "& * ! % @ `", "it's", "tab\tand\nbreak", "\u2028\u0085\ufeff", "null", "...", "x\n---\ny: z", "trailing\n\n",
	} {
		d := doc(7, "x", title, "Body")
		d.Last = write(t, s.open(t), doc(7, "x", title, "Body")).Written
		got := s.files(t)["content/news/x.md"]
		parts, matter := read(t, got)
		if now, _ := matter.Get("title"); now != title || string(parts.Body) != "Body\n" || !strings.Contains(got, "# keep") || !strings.Contains(got, "\nafter: 1\n") {
			t.Errorf("%q: got %q", title, got)
		}
		if r := write(t, s.open(t), d); r.Outcome != output.Unchanged {
			t.Errorf("%q: written again: %s", title, r.Outcome)
		}
	}
}

// TestPeersRefreshLosesEdits: fetching metadata again throws away what a person
// corrected, and the keys that the program does not know.
func TestPeersRefreshLosesEdits(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	first := write(t, tree, doc(7, "x", "Scraped | Site", "Body"))
	s.put(t, "x.md", "---\nid: 7\ntitle: Corrected\ntheme: dark\n---\nBody, with a note\n")
	for _, title := range []string{"Scraped | Site", "Scraped again"} {
		d := doc(7, "x", title, "Body")
		d.Last = first.Written
		if r := write(t, s.open(t), d); r.Outcome != output.Unchanged || len(r.HandEdits) != 2 {
			t.Errorf("got %s, %s", r.Outcome, tidings(r))
		}
	}
}

// TestPeersChangeAddressesWithTitles: another title gives the entry another file
// and its assets other names.
func TestPeersChangeAddressesWithTitles(t *testing.T) {
	s := newSite(t)
	for _, title := range []string{"tides", "clocks"} {
		tree := s.open(t)
		file, _ := tree.ClaimFile(7, title+".md")
		name, _ := tree.Name(7, "https://example.org/"+title)
		d := doc(7, name, title, "", asset(name+"-icon.png", "1"))
		d.File = file
		write(t, tree, d)
	}
	if got := s.files(t); len(got) != 2 || got["content/news/tides.md"] == "" || got["static/news/tides-icon.png"] == "" {
		t.Errorf("got %v", got)
	}
}
