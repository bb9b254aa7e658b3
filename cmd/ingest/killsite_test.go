package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"ingest/output/frontmatter"
)

// killSite is a folder with a content tree that runs write.
type killSite struct{ dir string }

// tree holds the files of a site by their paths: content and assets.
type tree map[string]string

// newKillSite makes a site that holds files and the configuration.
func newKillSite(t *testing.T, config string, files tree) *killSite {
	t.Helper()
	s := &killSite{filepath.Join(t.TempDir(), "site")}
	for _, dir := range []string{s.dir, s.temp()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.put(t, "config.yaml", config)
	for name, text := range files {
		s.put(t, name, text)
	}
	return s
}

func (s *killSite) temp() string { return s.dir + "-tmp" }

func (s *killSite) put(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// command is a run of the program on the site.
func (s *killSite) command(ctx context.Context, args ...string) *exec.Cmd {
	program, err := os.Executable()
	if err != nil {
		panic(err) // a test binary knows where it is
	}
	child := exec.CommandContext(ctx, program, args...)
	child.Dir = s.dir
	child.Env = append(os.Environ(), childVariable+"=1", "TMPDIR="+s.temp())
	return child
}

// run runs undisturbed and must end well. It returns what was printed.
func (s *killSite) run(t *testing.T, args ...string) string {
	t.Helper()
	child := s.command(t.Context(), args...)
	var log bytes.Buffer
	child.Stderr = &log
	out, err := child.Output()
	if err != nil {
		t.Fatalf("ingest %v: %v\n%s\n%.2000s", args, err, out, log.String())
	}
	return string(out)
}

// read reads the whole tree. What else is there must be in its place: the
// state's files, the temporary files of a run that was killed.
func (s *killSite) read(t *testing.T) tree {
	t.Helper()
	files, temps := tree{}, 0
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case !d.Type().IsRegular():
			t.Errorf("%s is no plain file", p)
			return nil
		case isTemp(p):
			temps++
			return nil
		case !inTree(p):
			if !isOurs(p) {
				t.Errorf("%s is outside of the tree", p)
			}
			return nil
		}
		text, err := os.ReadFile(filepath.Join(s.dir, p))
		files[p] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if workers := 8; temps > workers {
		t.Errorf("%d temporary files, want at most one for each of %d workers", temps, workers)
	}
	around, err := os.ReadDir(filepath.Dir(s.dir))
	if err != nil || len(around) != 2 {
		t.Errorf("beside the site there is %v (error %v), want only its folder for temporary files", around, err)
	}
	return files
}

func inTree(p string) bool {
	return strings.HasPrefix(p, "content/") || strings.HasPrefix(p, "static/")
}

func isTemp(p string) bool {
	base := path.Base(p)
	return inTree(p) && strings.HasPrefix(base, ".ingest-") && strings.HasSuffix(base, ".tmp")
}

// isOurs tells the files that a run makes beside the tree.
func isOurs(p string) bool {
	return p == "config.yaml" || strings.HasPrefix(p, ".ingest/state.db") && !strings.Contains(p, "broken") || p == ".ingest/run.lock" || p == ".ingest/.gitignore"
}

// clear empties the site and puts files into it.
func (s *killSite) clear(t *testing.T, files tree) {
	t.Helper()
	for _, dir := range []string{"content", "static", ".ingest"} {
		if err := os.RemoveAll(filepath.Join(s.dir, dir)); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		s.put(t, name, text)
	}
}

// parses says why a document cannot be read.
func parses(text string) error {
	parts, err := frontmatter.Split([]byte(text))
	if err != nil {
		return err
	}
	matter, err := frontmatter.Decode(parts.FrontMatter)
	if err == nil && len(matter) == 0 {
		err = fmt.Errorf("no front matter in %.60q", text)
	}
	return err
}

// stamps are the times and modes of every file of the tree.
func (s *killSite) stamps(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !inTree(p) {
			return err
		}
		info, err := d.Info()
		if err == nil {
			found[p] = fmt.Sprint(info.ModTime().UnixNano(), info.Mode(), info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// sameTree tells what differs between two trees.
func sameTree(t *testing.T, what string, got, want tree) {
	t.Helper()
	for name := range want {
		if text, there := got[name]; !there {
			t.Errorf("%s: %s is not there", what, name)
		} else if text != want[name] {
			t.Errorf("%s: %s differs from an undisturbed run's\n%s", what, name, firstDifference(text, want[name]))
		}
	}
	for name := range maps.Keys(got) {
		if _, known := want[name]; !known {
			t.Errorf("%s: %s is left over", what, name)
		}
	}
}

// firstDifference shows the line at which two texts part.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: got %.200q, want %.200q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}
