package output_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

// site is a content and an assets folder; neither is there at first.
type site struct{ dir, content, assets string }

func newSite(t testing.TB) site {
	t.Helper()
	dir := t.TempDir()
	return site{dir, filepath.Join(dir, "content", "news"), filepath.Join(dir, "static", "news")}
}

// put writes a file of the content folder by hand.
func (s site) put(t testing.TB, name, text string) string {
	t.Helper()
	return put(t, s.content, name, text)
}

func put(t testing.TB, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func (s site) open(t testing.TB) *output.Tree {
	t.Helper()
	return s.openWith(t, output.Options{})
}

func (s site) openWith(t testing.TB, o output.Options) *output.Tree {
	t.Helper()
	tree, err := output.Open(s.content, s.assets, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tree.Close(); err != nil {
			t.Error(err)
		}
	})
	return tree
}

// listing returns every file and folder under the site with mode, time and
// content: what no dry run may change.
func (s site) listing(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(s.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(s.dir, p)
		fmt.Fprintf(&b, "%s %s %d", filepath.ToSlash(rel), info.Mode(), info.ModTime().UnixNano())
		if info.Mode().IsRegular() {
			text, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, " %q", text)
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// files returns the paths of the site's files with their content.
func (s site) files(t testing.TB) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := filepath.WalkDir(s.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(p)
		rel, _ := filepath.Rel(s.dir, p)
		m[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// doc makes a document with a title and a body.
func doc(id int64, name, title, body string, assets ...output.Asset) output.Document {
	return output.Document{ID: id, Name: name, Body: body, Assets: assets,
		FrontMatter: frontmatter.Map{{Key: "id", Value: id}, {Key: "title", Value: title}}}
}

// taken lets the tracker decide on the body, for what is about other things.
func taken(d output.Document) output.Document {
	d.TrackerOwns = func(path string) bool { return path == output.BodyKey }
	return d
}

func asset(name, content string) output.Asset {
	return output.Asset{Name: name, Size: int64(len(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// failing is an asset of 10 bytes whose reader breaks after some of them.
func failing(name string, after int) output.Asset {
	return output.Asset{Name: name, Size: 10, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(make([]byte, after)), broken{})), nil
	}}
}

var errBroken = errors.New("the cable was pulled")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// write writes a document that must succeed.
func write(t testing.TB, tree *output.Tree, d output.Document) output.Result {
	t.Helper()
	r, err := tree.Write(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func hint(err error) string {
	h, ok := errors.AsType[interface {
		error
		Hint() string
	}](err)
	if !ok {
		return ""
	}
	return h.Hint()
}

// crlf gives a text the line ends of Windows.
func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

// remembered is what is remembered of a file that is as it was written.
func remembered(t testing.TB, text string) *output.Written {
	t.Helper()
	parts, matter := read(t, text)
	return &output.Written{FrontMatter: matter, Body: strings.TrimRight(string(parts.Body), "\n")}
}

// read reads a document.
func read(t testing.TB, text string) (frontmatter.File, frontmatter.Map) {
	t.Helper()
	parts, err := frontmatter.Split([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	matter, err := frontmatter.Decode(parts.FrontMatter)
	if err != nil {
		t.Fatal(err)
	}
	return parts, matter
}
