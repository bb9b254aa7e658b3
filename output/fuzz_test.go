package output_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzNamesStayInside: whatever a document and its asset are called, a file
// comes into being in its own folder and nowhere else, or there is an error
// and no file.
func FuzzNamesStayInside(f *testing.F) {
	for _, name := range []string{
		"x", "../x", "..", ".", "", "a/b", `a\b`, "/etc/x", "C:x", "con", "LPT1.txt", "x\x00y", "x\n", ".hidden", "x.", "x ",
		"\u202ex", "é", "e\u0301", strings.Repeat("x", 252), strings.Repeat("x", 253), "\xff", "nul .x", "COM¹", "x:y", "~",
	} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		dir := t.TempDir()
		s := site{dir, filepath.Join(dir, "site", "content"), filepath.Join(dir, "site", "assets")}
		tree := s.open(t)
		_, errDoc := tree.Write(t.Context(), doc(1, name, "T", ""))
		_, errAsset := tree.Write(t.Context(), doc(2, "y", "T", "", asset(name, "x")))
		count(t, s.content, name+".md", errDoc == nil, 1, errAsset == nil)
		count(t, s.assets, name, errAsset == nil, 0, false)
		for _, d := range []string{dir, filepath.Join(dir, "site")} {
			entries, err := os.ReadDir(d)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			for _, e := range entries {
				if !e.IsDir() || e.Name() != "site" && e.Name() != "content" && e.Name() != "assets" {
					t.Errorf("%q made %s in %s", name, e.Name(), d)
				}
			}
		}
	})
}

// count checks that a folder holds the named file, if it should, and y.md, if
// that was written as well.
func count(t *testing.T, dir, name string, written bool, id int, other bool) {
	t.Helper()
	want := map[string]bool{}
	if written {
		want[name] = true
	}
	if id == 1 && other {
		want["y.md"] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !want[e.Name()] || !e.Type().IsRegular() {
			t.Errorf("%s holds %q", dir, e.Name())
		}
		delete(want, e.Name())
	}
	if len(want) != 0 {
		t.Errorf("%s lacks %v", dir, want)
	}
}
