package output_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

const head7 = "---\nid: 7\ntitle: T\n---\n"

func TestEndOfFile(t *testing.T) {
	cases := []struct {
		name, body string
		old, want  string // old "": there is none
		outcome    output.Outcome
	}{
		{"new, body not ended", "Text", "", head7 + "Text\n", output.Created},
		{"new, body ended", "Text\n", "", head7 + "Text\n", output.Created},
		{"new, body ended twice", "Text\n\n", "", head7 + "Text\n\n", output.Created},
		{"new, no body", "", "", head7, output.Created},
		{"new, body with fences", "a\n---\nid: 8\n---\nb", "", head7 + "a\n---\nid: 8\n---\nb\n", output.Created},
		{"new, body of CRLF", "a\r\n\r\nb\r\n", "", head7 + "a\r\n\r\nb\r\n", output.Created},
		{"new, body with blanks in front", "\n\n a", "", head7 + "\n\n a\n", output.Created},
		{"new, not UTF-8", "\xff\xfe", "", head7 + "\xff\xfe\n", output.Created},
		{"old without line feed", "Text\n", head7 + "Text", head7 + "Text", output.Unchanged},
		{"old with three", "Text", head7 + "Text\n\n\n", head7 + "Text\n\n\n", output.Unchanged},
		{"old with CRLF", "Text", head7 + "Text\r\n", head7 + "Text\r\n", output.Unchanged},
		{"old without line feed, changed", "New\n", head7 + "Text", head7 + "New", output.Updated},
		{"old with two, changed", "New", head7 + "Text\n\n", head7 + "New\n\n", output.Updated},
		{"old without body or line feed", "", strings.TrimSuffix(head7, "\n"), strings.TrimSuffix(head7, "\n"), output.Unchanged},
		{"body taken away", "", head7 + "Text", head7, output.Updated},
		{"front matter changed", "Text\n", "---\nid: 7\ntitle: Old\n---\nText", head7 + "Text", output.Updated},
		{"other inner line ends", "a\nb", head7 + "a\r\nb", head7 + "a\r\nb", output.Unchanged},
		{"other inner line ends, changed", "a\nc\n", head7 + "a\r\nb", head7 + "a\r\nc", output.Updated},
		{"CRLF comes to a file of LF", "a\r\nc\r\n", head7 + "a\nb\n", head7 + "a\nc\n", output.Updated},
		{"LF comes to a file of CRLF", "a\nc\n", crlf(head7 + "a\n"), crlf(head7 + "a\nc\n"), output.Updated},
		{"a body comes to front matter of CRLF", "a\nc\n", crlf(head7), crlf(head7 + "a\nc\n"), output.Updated},
		{"mixed line ends, changed", "a\r\nc\nd\n", head7 + "a\r\nb\nd\n", head7 + "a\r\nc\nd\n", output.Updated},
		{"byte order mark", "Text", "\ufeff" + head7 + "Text", "\ufeff" + head7 + "Text", output.Unchanged},
		{"byte order mark, changed", "New", "\ufeff" + head7 + "Text", "\ufeff" + head7 + "New", output.Updated},
		{"closed by dots", "New", "---\nid: 7\ntitle: T\n...\nText", "---\nid: 7\ntitle: T\n...\nNew", output.Updated},
		{"body comes to a fence that does not end its line", "New", strings.TrimSuffix(head7, "\n"), head7 + "New", output.Updated},
		{"body taken away, blank lines stay", "", head7 + "Text\n\n", head7 + "\n", output.Updated},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			if c.old != "" {
				s.put(t, "x.md", c.old)
			}
			r := write(t, s.open(t), taken(doc(7, "x", "T", c.body)))
			if got := s.files(t)["content/news/x.md"]; got != c.want || r.Outcome != c.outcome {
				t.Errorf("got %s %q\nwant %s %q", r.Outcome, got, c.outcome, c.want)
			}
			if again := write(t, s.open(t), taken(doc(7, "x", "T", c.body))); again.Outcome != output.Unchanged {
				t.Errorf("written again: %+v", again)
			}
		})
	}
}

func TestChangesAreTold(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	write(t, tree, doc(7, "x", "T", "a", asset("x.png", "12"), asset("y.png", "same")))
	got := write(t, tree, taken(doc(7, "x", "T", "abc", asset("x.png", "123"), asset("y.png", "same"), asset("z.png", ""))))
	want := fmt.Sprintf("%+v", output.Result{Outcome: output.Updated, Path: "x.md", Files: []output.Change{
		{Root: output.Assets, Path: "x.png", File: filepath.ToSlash(s.assets) + "/x.png", Kind: output.Updated, Asset: true, OldSize: 2, NewSize: 3},
		{Root: output.Assets, Path: "z.png", File: filepath.ToSlash(s.assets) + "/z.png", Kind: output.Created, Asset: true},
		{Root: output.Content, Path: "x.md", File: filepath.ToSlash(s.content) + "/x.md", Kind: output.Updated, OldSize: 25, NewSize: 27},
	}})
	if got := fmt.Sprintf("%+v", output.Result{Outcome: got.Outcome, Path: got.Path, Files: got.Files}); got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
}

func TestDocumentStaysInItsFile(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	write(t, tree, doc(7, "x", "T", "a"))
	if r := write(t, tree, taken(doc(7, "y", "T", "b"))); r.Path != "x.md" || r.Outcome != output.Updated {
		t.Errorf("got %+v, want x.md updated", r)
	}
}

func TestAssetOfSameSizeIsCompared(t *testing.T) {
	s := newSite(t)
	large := strings.Repeat("x", 100_000)
	write(t, s.open(t), doc(7, "x", "T", "a", asset("x.png", large+"a")))
	if r := write(t, s.open(t), doc(7, "x", "T", "a", asset("x.png", large+"a"))); r.Outcome != output.Unchanged {
		t.Errorf("same bytes: got %+v", r)
	}
	if r := write(t, s.open(t), doc(7, "x", "T", "a", asset("x.png", large+"b"))); r.Outcome != output.Updated || len(r.Files) != 1 {
		t.Errorf("last byte differs: got %+v", r)
	}
}

func TestPermissionsStay(t *testing.T) {
	s := newSite(t)
	files := []string{s.put(t, "x.md", head7+"old"), put(t, s.assets, "x.png", "old")}
	for _, f := range files {
		if err := os.Chmod(f, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	write(t, s.open(t), doc(7, "x", "T", "new", asset("x.png", "new")))
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != 0o640 {
			t.Errorf("%s has mode %s, want 0640", f, info.Mode())
		}
	}
}

// TestFailingAsset: whatever is wrong with an asset, the old files are there,
// whole, and nothing else is.
func TestFailingAsset(t *testing.T) {
	cases := map[string]output.Asset{
		"breaks at once":      failing("x.png", 0),
		"breaks half-way":     failing("x.png", 5),
		"breaks at its end":   failing("x.png", 10),
		"too short":           {Name: "x.png", Size: 9, Open: asset("", "12345678").Open},
		"too long":            {Name: "x.png", Size: 7, Open: asset("", "12345678").Open},
		"does not open":       {Name: "x.png", Size: 7, Open: func() (io.ReadCloser, error) { return nil, errBroken }},
		"a path":              asset("../x.png", "1"),
		"twice the name":      asset("FIRST.png", "1"),
		"breaks on comparing": failing("same-size.png", 5),
	}
	for name, bad := range cases {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", head7+"old")
			put(t, s.assets, "x.png", "old")
			put(t, s.assets, "same-size.png", "0123456789")
			want := s.files(t)
			r, err := s.open(t).Write(t.Context(), doc(7, "x", "T", "new", asset("first.png", "1"), bad))
			if err == nil {
				t.Fatalf("got %+v, want an error", r)
			}
			for _, c := range r.Files {
				if c.Path != "first.png" {
					t.Errorf("told to have written %+v", c)
				}
				want["static/news/first.png"] = "1"
			}
			if got := s.files(t); !maps.Equal(got, want) {
				t.Errorf("\ngot  %v\nwant %v", got, want)
			}
		})
	}
}

func TestFailingAssetLeavesNoNewDocument(t *testing.T) {
	s := newSite(t)
	_, err := s.open(t).Write(t.Context(), doc(7, "x", "T", "new", failing("x.png", 5)))
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "static/news/x.png") {
		t.Errorf("got %v, want the reader's error and the file", err)
	}
	if got := s.files(t); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestInterrupted(t *testing.T) {
	s := newSite(t)
	s.put(t, "x.md", head7+"old")
	want := s.files(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped by a person")
	slow := output.Asset{Name: "x.png", Size: 1 << 20, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(readerFunc(func(p []byte) (int, error) {
			cancel(stopped)
			return len(p), nil
		})), nil
	}}
	if _, err := s.open(t).Write(ctx, doc(7, "x", "T", "new", slow)); !errors.Is(err, stopped) {
		t.Errorf("got %v, want the cause", err)
	}
	if got := s.files(t); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestInterruptedBefore(t *testing.T) {
	s := newSite(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.open(t).Write(ctx, doc(7, "x", "T", "new")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it to be canceled", err)
	}
	if got := s.files(t); len(got) != 0 {
		t.Errorf("wrote %v", got)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestLeftOvers: the first write removes what a killed run left, in every
// folder that is ours; opening and a dry run do not.
func TestLeftOvers(t *testing.T) {
	s := newSite(t)
	s.put(t, "sub/x.md", head7)
	s.put(t, "sub/.ingest-ABC.tmp", "half")
	s.put(t, ".ingest-DEF.tmp", "half")
	s.put(t, ".ingest-mine.md", "a person's")
	put(t, s.assets, ".ingest-GHI.tmp", "half")
	put(t, s.assets, "x.tmp", "a person's")
	before := s.listing(t)
	tree := s.open(t)
	if _, err := (&output.DryRun{Tree: tree}).Write(t.Context(), doc(7, "x", "T", "")); err != nil {
		t.Fatal(err)
	}
	if after := s.listing(t); after != before {
		t.Errorf("opening or the dry run changed something:\n%s\nwas\n%s", after, before)
	}
	if r := write(t, tree, doc(7, "x", "T", "")); r.Outcome != output.Unchanged {
		t.Errorf("got %+v", r)
	}
	want := map[string]string{"content/news/sub/x.md": head7, "content/news/.ingest-mine.md": "a person's", "static/news/x.tmp": "a person's"}
	if got := s.files(t); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestLostTemporaryFile: another run sweeps our temporary file away while we
// write it.
func TestLostTemporaryFile(t *testing.T) {
	for _, c := range []struct {
		times int
		ok    bool
	}{{1, true}, {2, true}, {3, false}} {
		s := newSite(t)
		swept := 0
		a := asset("x.png", "content")
		open := a.Open
		a.Open = func() (io.ReadCloser, error) {
			temps, err := filepath.Glob(filepath.Join(s.assets, ".ingest-*.tmp"))
			if err != nil || len(temps) != 1 {
				t.Fatalf("temporary files: %v, %v", temps, err)
			}
			if swept < c.times {
				swept++
				return open2(open, os.Remove(temps[0]))
			}
			return open()
		}
		_, err := s.open(t).Write(t.Context(), doc(7, "x", "T", "", a))
		if (err == nil) != c.ok {
			t.Errorf("swept %d times: got %v", c.times, err)
		}
		if got := s.files(t)["static/news/x.png"]; c.ok && got != "content" {
			t.Errorf("swept %d times: got %q", c.times, got)
		}
	}
}

func open2(open func() (io.ReadCloser, error), err error) (io.ReadCloser, error) {
	if err != nil {
		return nil, err
	}
	return open()
}

func TestLinksAreNotWrittenThrough(t *testing.T) {
	cases := map[string]func(t *testing.T, s site, outside string){
		"document out": func(t *testing.T, s site, outside string) { link(t, outside, s.content, "x.md") },
		"asset out":    func(t *testing.T, s site, outside string) { link(t, outside, s.assets, "x.png") },
		"asset in": func(t *testing.T, s site, _ string) {
			put(t, s.assets, "y.png", "y")
			link(t, "y.png", s.assets, "x.png")
		},
		"asset nowhere": func(t *testing.T, s site, _ string) { link(t, "nowhere", s.assets, "x.png") },
		"folder": func(t *testing.T, s site, _ string) {
			if err := os.MkdirAll(filepath.Join(s.assets, "x.png"), 0o755); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, prepare := range cases {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			outside := put(t, t.TempDir(), "secret", head7+"secret")
			prepare(t, s, outside)
			before := s.listing(t)
			_, err := s.open(t).Write(t.Context(), doc(7, "x", "T", "new", asset("x.png", "12345")))
			if fe, ok := errors.AsType[*output.FileError](err); !ok || !strings.Contains(fe.Hint(), "plain files") {
				t.Errorf("got %v (hint %q), want a FileError that says what is wrong", err, hint(err))
			}
			if after := s.listing(t); after != before {
				t.Errorf("got\n%s\nwant\n%s", after, before)
			}
			if got, err := os.ReadFile(outside); err != nil || string(got) != head7+"secret" {
				t.Errorf("outside: %q, %v", got, err)
			}
		})
	}
}

func link(t *testing.T, target, dir, name string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
		t.Skip("no links here:", err)
	}
}

// TestLinkedFolderIsNotEntered: a document behind a folder that leads out is
// not found, and so not written.
func TestLinkedFolderIsNotEntered(t *testing.T) {
	s := newSite(t)
	outside := t.TempDir()
	file := put(t, outside, "x.md", head7+"old")
	link(t, outside, s.content, "sub")
	if r := write(t, s.open(t), doc(7, "y", "T", "new")); r.Path != "y.md" {
		t.Errorf("got %+v", r)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != head7+"old" {
		t.Errorf("outside: %q, %v", got, err)
	}
}

func TestFoldersThatCannotBeWritten(t *testing.T) {
	t.Run("a file for a folder", func(t *testing.T) {
		s := newSite(t)
		put(t, s.dir, "content", "")
		_, err := output.Open(s.content, s.assets, output.Options{})
		if !strings.Contains(hint(err), "a file stands where a folder is needed") {
			t.Errorf("got %v, hint %q", err, hint(err))
		}
	})
	t.Run("a file for the assets", func(t *testing.T) {
		s := newSite(t)
		put(t, filepath.Dir(s.assets), "news", "")
		_, err := output.Open(s.content, s.assets, output.Options{})
		if !strings.Contains(hint(err), "a file stands where a folder is needed") {
			t.Errorf("got %v, hint %q", err, hint(err))
		}
	})
	t.Run("no permission", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("the superuser may write everywhere")
		}
		s := newSite(t)
		s.put(t, "x.md", head7+"old")
		if err := os.Chmod(s.content, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(s.content, 0o755) })
		_, err := s.open(t).Write(t.Context(), doc(7, "x", "Another title", "old")) // a body that differs would be a hand's
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(hint(err), "read and write there") ||
			err.Error() != "write "+filepath.ToSlash(s.content)+"/x.md: permission denied" {
			t.Errorf("got %v, hint %q", err, hint(err))
		}
	})
	t.Run("a document that cannot be read", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("the superuser may read everything")
		}
		s := newSite(t)
		if err := os.Chmod(s.put(t, "x.md", head7), 0); err != nil {
			t.Fatal(err)
		}
		notes := s.open(t).Notes()
		if len(notes) != 1 || !errors.Is(notes[0], fs.ErrPermission) {
			t.Errorf("got %v", notes)
		}
	})
}

func TestRefused(t *testing.T) {
	withoutID := doc(7, "x", "T", "")
	withoutID.FrontMatter = frontmatter.Map{{Key: "title", Value: "T"}}
	otherID := doc(7, "x", "T", "")
	otherID.FrontMatter = frontmatter.Map{{Key: "id", Value: int64(8)}}
	badValue := doc(7, "x", "T", "")
	badValue.FrontMatter = append(badValue.FrontMatter, frontmatter.Entry{Key: "c", Value: make(chan int)})
	cases := []struct {
		name, old string
		d         output.Document
		want      string
	}{
		{"front matter without id", "", withoutID, `the front matter does not hold the work package's id 7 under "id"`},
		{"front matter with another id", "", otherID, `the front matter does not hold the work package's id 7 under "id"`},
		{"no work package", "", doc(0, "x", "T", ""), `the front matter does not hold the work package's id 0 under "id"`},
		{"a value that front matter cannot hold", "", badValue, "compose "},
		{"name that is a path", "", doc(7, "../x", "T", ""), `file name "../x.md"`},
		{"a person's file", "# Notes", doc(7, "x", "T", ""), "x.md is there already and does not belong to work package 7"},
		{"an empty file", "", doc(7, "x", "T", ""), ""},
		{"another work package's file", "---\nid: 8\n---\n", doc(7, "x", "T", ""), "x.md is there already and does not belong to work package 7"},
		{"front matter that does not parse", "---\nid: 7\ntitle: [\n---\n", doc(7, "x", "T", ""), "x.md: read front matter: line 3"},
		{"front matter that does not end", "---\nid: 7\n", doc(7, "x", "T", ""), "x.md: "},
		{"an id inside a text", "---\ntitle: \"\nid: 7\n\"\n---\n", doc(7, "x", "T", ""), "x.md is there already and does not belong to work package 7"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			if c.old != "" {
				s.put(t, "x.md", c.old)
			}
			before := s.listing(t)
			_, err := s.open(t).Write(t.Context(), c.d)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if after := s.listing(t); after != before {
				t.Errorf("got\n%s\nwant\n%s", after, before)
			}
		})
	}
}

// TestFileThatAppeared: a file that was put there after the tree was opened is
// adopted if it is the work package's, else left alone.
func TestFileThatAppeared(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	s.put(t, "x.md", head7+"by hand")
	if r := write(t, tree, doc(7, "x", "New", "by hand")); r.Outcome != output.Updated {
		t.Errorf("got %+v, want updated", r)
	}
	s.put(t, "y.md", "by hand")
	if _, err := tree.Write(t.Context(), doc(8, "y", "T", "new")); !strings.Contains(hint(err), "id: 8") {
		t.Errorf("got %v with hint %q, want a ForeignError", err, hint(err))
	}
}

// TestFileThatCannotBeRead: no second document comes into being beside a file
// that is probably the first, and the next run after its mending goes on.
func TestFileThatCannotBeRead(t *testing.T) {
	s := newSite(t)
	const url = "https://example.org/a"
	name, _ := s.open(t).Name(7, url)
	whole := "---\nid: 7\ntitle: T\n---\nBody\n"
	for _, damaged := range []string{"<<<<<<< ours\n" + whole + ">>>>>>> theirs\n", "---\nid: [7\n---\nBody\n", "---\n<<<<<<< ours\nid: 7\n---\n"} {
		s.put(t, name+".md", damaged)
		before := s.listing(t)
		tree := s.open(t)
		again, warning := tree.Name(7, url)
		if _, err := tree.Write(t.Context(), doc(7, again, "T", "Body")); err == nil || hint(err) == "" {
			t.Errorf("%q: got error %v with hint %q, warning %v; want the file's error", damaged, err, hint(err), warning)
		}
		if after := s.listing(t); after != before {
			t.Errorf("%q: something was written:\n%s\nwas\n%s", damaged, after, before)
		}
	}
	s.put(t, name+".md", whole)
	if r := write(t, s.open(t), doc(7, name, "T", "Body")); r.Outcome != output.Unchanged {
		t.Errorf("after the mending: %+v", r)
	}
}

// TestMissingInOtherForms: an archetype may write a gap as an empty text or
// list, or leave the key out.
func TestMissingInOtherForms(t *testing.T) {
	s := newSite(t)
	const old = "---\nid: 7\nby: A\npicture:\n  href: a.png\nwords:\n  - x\ntitle: Old\nfrom: https://a.example/\nleft: y\n---\n"
	s.put(t, "x.md", old)
	r := write(t, s.open(t), output.Document{ID: 7, Name: "x", Source: "https://a.example/", Last: remembered(t, old),
		Missing: map[string]bool{"by": true, "picture": true, "words": true},
		FrontMatter: frontmatter.Map{{Key: "id", Value: int64(7)}, {Key: "by", Value: ""}, {Key: "words", Value: frontmatter.List{}},
			{Key: "title", Value: "New"}, {Key: "from", Value: "https://a.example/"}}})
	want := "---\nid: 7\nby: A\npicture:\n  href: a.png\nwords:\n  - x\ntitle: New\nfrom: https://a.example/\n---\n"
	if got := s.files(t)["content/news/x.md"]; got != want || fmt.Sprint(r.Kept) != "[by picture words]" {
		t.Errorf("kept %v\ngot\n%s\nwant\n%s", r.Kept, got, want)
	}
}

// TestStandInWithoutAMemory: on a bad day a text that stands in for what a page would
// have said does not replace what the file has, when nobody remembers whose that is;
// but where the tracker owns a key, and on a good day, it does.
func TestStandInWithoutAMemory(t *testing.T) {
	const old = "---\nid: 7\nlead: What the page said.\ntitle: Old\n---\n"
	missing := map[string]bool{"lead": true}
	for name, tt := range map[string]struct {
		missing map[string]bool
		owns    func(string) bool
		lead    string
	}{
		"a bad day":         {missing, nil, "What the page said."},
		"the tracker's key": {missing, func(path string) bool { return path == "lead" }, "Body"},
		"a good day":        {nil, nil, "Body"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", old)
			r := write(t, s.open(t), output.Document{ID: 7, Name: "x", Missing: tt.missing, TrackerOwns: tt.owns, FrontMatter: frontmatter.Map{
				{Key: "id", Value: int64(7)}, {Key: "lead", Value: "Body"}, {Key: "title", Value: "New"}}})
			want := "---\nid: 7\nlead: " + tt.lead + "\ntitle: New\n---\n"
			if got := s.files(t)["content/news/x.md"]; got != want || (len(r.Kept) == 1) != (tt.lead != "Body") {
				t.Errorf("kept %v, got\n%s\nwant\n%s", r.Kept, got, want)
			}
		})
	}
}

// TestMissing: on a bad day nulls do not replace what the file knows of the
// same source, but an editor's change still arrives.
func TestMissing(t *testing.T) {
	const old = "---\nid: 7\ntitle: Old\nlink:\n  from:\n    - https://a.example/\nimage:\n  href: a.png\nmeta:\n  author: A\n  lang: en\n  more: null\nvia: x\ngone: y\n---\nBody\n"
	missing := map[string]bool{"image": true, "meta.author": true, "meta.lang": true, "meta.more": true}
	tests := map[string]struct {
		source  string
		missing map[string]bool
		image   string // the file's image afterwards
		author  string
		kept    string
	}{
		"the same source":  {"https://a.example/", missing, "\n  href: a.png", "A", "[image meta.author]"},
		"another source":   {"https://b.example/", missing, " null", "null", "[]"},
		"no source at all": {"", missing, "\n  href: a.png", "A", "[image meta.author]"},
		"a good day":       {"https://a.example/", nil, " null", "null", "[]"},
		"only the image":   {"https://a.example/", map[string]bool{"image": true}, "\n  href: a.png", "null", "[image]"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", old)
			d := output.Document{ID: 7, Name: "x", Body: "Body", Source: tt.source, Last: remembered(t, old), Missing: tt.missing, FrontMatter: frontmatter.Map{
				{Key: "id", Value: int64(7)}, {Key: "title", Value: "New"}, {Key: "image", Value: nil},
				{Key: "meta", Value: frontmatter.Map{{Key: "author", Value: nil}, {Key: "lang", Value: "de"}, {Key: "more", Value: nil}}},
				{Key: "via", Value: nil},
			}}
			before := fmt.Sprint(d.FrontMatter)
			r := write(t, s.open(t), d)
			want := "---\nid: 7\ntitle: New\nimage:" + tt.image + "\nmeta:\n  author: " + tt.author + "\n  lang: de\n  more: null\nvia: null\n---\nBody\n"
			if got := s.files(t)["content/news/x.md"]; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if fmt.Sprint(r.Kept) != tt.kept {
				t.Errorf("kept %v, want %s", r.Kept, tt.kept)
			}
			if fmt.Sprint(d.FrontMatter) != before {
				t.Errorf("the document was changed: %v", d.FrontMatter)
			}
		})
	}
}

func TestFreshTreesAreIdentical(t *testing.T) {
	build := func(s site) map[string]string {
		tree := s.open(t)
		for id := int64(1); id <= 40; id++ {
			name, _ := tree.Name(id, fmt.Sprintf("https://example.org/%d", id%30))
			write(t, tree, doc(id, name, fmt.Sprint("T", id), "Body", asset(name+"-featuredImage.png", fmt.Sprint(id))))
		}
		return s.files(t)
	}
	s := newSite(t)
	first, second := build(s), build(newSite(t))
	if len(first) != 80 || !maps.Equal(first, second) {
		t.Errorf("two runs gave %d and %d files that differ", len(first), len(second))
	}
	before := s.listing(t)
	if build(s); s.listing(t) != before {
		t.Error("a second run over the same tree wrote something")
	}
}

func TestManyWriters(t *testing.T) {
	s := newSite(t)
	tree := s.open(t)
	var wg sync.WaitGroup
	for w := range 20 {
		wg.Go(func() {
			for i := range 10 {
				id := int64(1 + w*10 + i)
				name, warning := tree.Name(id, fmt.Sprintf("https://example.org/%d", id))
				if warning != nil {
					t.Error(warning)
				}
				for _, want := range []output.Outcome{output.Created, output.Unchanged} {
					r, err := tree.Write(t.Context(), doc(id, name, "T", "Body", asset(name+".png", "png")))
					if err != nil || r.Outcome != want {
						t.Errorf("%d: got %+v, %v; want %s", id, r, err, want)
					}
				}
			}
		})
	}
	wg.Wait()
	if got := len(s.files(t)); got != 400 {
		t.Errorf("got %d files, want 400", got)
	}
}
