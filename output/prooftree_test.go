package output_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/output"
)

const gone = "00000000-0000-5000-8000-000000000000" // the name of a document that is not there

func TestOpenAsset(t *testing.T) {
	s := newSite(t)
	put(t, s.assets, "a.png", "shared")
	put(t, s.content, "b/a.png", "beside")
	put(t, s.assets, "folder.png/x", "")
	if err := os.Symlink("a.png", filepath.Join(s.assets, "link.png")); err != nil {
		t.Skip("no links here:", err)
	}
	tree := s.openWith(t, output.Options{Bundle: true})
	for place, want := range map[string]string{"x.md": "shared", "b/index.md": "beside", "index.md": "shared"} {
		file, err := tree.OpenAsset(place, "a.png")
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(file)
		if err := errors.Join(err, file.Close()); err != nil || string(got) != want {
			t.Errorf("for %s: got %q and %v, want %q", place, got, err, want)
		}
	}
	for _, name := range []string{"folder.png", "link.png", "../x.md", "", "nul.png"} {
		if _, err := tree.OpenAsset("x.md", name); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: got %v, want an error that is not of absence", name, err)
		}
	}
	_, err := tree.OpenAsset("x.md", "none.png")
	if file, ok := errors.AsType[*output.FileError](err); !ok || !errors.Is(err, fs.ErrNotExist) || !strings.HasSuffix(file.File, "static/news/none.png") {
		t.Errorf("got %v, want a *FileError of absence", err)
	}
}

func TestLeftOversAndOrphans(t *testing.T) {
	s := newSite(t)
	kept := strings.Replace(gone, "0", "1", 1)
	write(t, s.open(t), doc(1, strings.Replace(gone, "0", "2", 1), "One", "![x](/"+kept+"-a.png)", asset(strings.Replace(gone, "0", "2", 1)+"-attachment-3.png", "x")))
	for _, name := range []string{gone + "-featuredImage.png", gone + "-attachment-3.png", gone + ".png", kept + "-a.png", "1f6a3b52-7f0c-4f5e-9a51-0d5c3a8e2b77-photo.png", "logo-x.png", ".ingest-A.tmp"} {
		put(t, s.assets, name, "x")
	}
	put(t, s.content, "sub/.ingest-B.tmp", "x")
	put(t, s.assets, gone+"-folder/x", "x")
	tree := s.open(t)
	orphans, err := tree.Orphans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, err := tree.LeftOvers()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range append(orphans, files...) {
		got = append(got, strings.TrimPrefix(file, filepath.ToSlash(s.dir)+"/"))
	}
	want := []string{"static/news/" + gone + "-attachment-3.png", "static/news/" + gone + "-featuredImage.png", "content/news/sub/.ingest-B.tmp", "static/news/.ingest-A.tmp"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("orphans and left-overs (-want +got):\n%s", diff)
	}
}

// TestLeftOversOnce: where one folder lies in the other, a file is told once.
func TestLeftOversOnce(t *testing.T) {
	s := newSite(t)
	s.assets = filepath.Join(s.content, "files")
	put(t, s.assets, ".ingest-A.tmp", "x")
	if got, err := s.open(t).LeftOvers(); err != nil || len(got) != 1 {
		t.Errorf("got %v and %v, want one file", got, err)
	}
}

func TestReadPage(t *testing.T) {
	s := newSite(t)
	s.put(t, "good.md", "---\nid: 7\ntitle: x\n---\nbody\n")
	s.put(t, "late.md", "---\nid: 8\ntitle: [x\n---\n") // the id is found without reading the rest
	s.put(t, "plain.md", "# Plain\n")
	if err := os.Truncate(s.put(t, "huge.md", ""), 64<<20+1); err != nil {
		t.Fatal(err)
	}
	survey := look(t, s, "")
	got := map[string]string{}
	for _, page := range append(survey.Pages, output.Page{Path: "none.md"}, output.Page{Path: "../x.md"}) {
		matter, text, err := survey.Read(page)
		_, unparsable := errors.AsType[*output.UnparsableError](err)
		_, unread := errors.AsType[*output.FileError](err)
		got[page.Path] = fmt.Sprint(len(matter), " ", len(text), " ", unparsable, " ", unread)
	}
	want := map[string]string{"good.md": "2 28 false false", "late.md": "0 0 true false", "plain.md": "0 8 false false", "none.md": "0 0 false true", "huge.md": "0 0 false true", "../x.md": "0 0 false true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys, bytes, unparsable, unread (-want +got):\n%s", diff)
	}
}

func TestURLKey(t *testing.T) {
	for _, same := range [][2]string{{"/news/A/", "news/a"}, {"/x/index.html", "/x"}, {"/caf%C3%A9", "/cafe\u0301"}} {
		if a, b := output.URLKey(same[0]), output.URLKey(same[1]); a != b {
			t.Errorf("%q and %q: got the keys %q and %q, want one", same[0], same[1], a, b)
		}
	}
	if output.URLKey("/a/b") == output.URLKey("/a/c") {
		t.Error("different addresses have one key")
	}
}
