package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/demo"
	"ingest/openproject/openprojecttest"
	"ingest/output/frontmatter"
)

// TestAdoptStyles adopts a tree as several hands would have written it. Against
// a tracker that says the same, neither adopt nor the first run changes a byte;
// then one title changes, and git shows one file and the lines of the keys that
// changed.
func TestAdoptStyles(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	yaml := func(d dumper) func([]byte) []byte {
		return func(text []byte) []byte { d := d; return redumped(t, &d, text) }
	}
	pyyaml, psych := dumper{null: " null"}, dumper{psych: true}
	styles := map[string]func([]byte) []byte{
		"js-yaml":       func(text []byte) []byte { return text },
		"PyYAML":        yaml(pyyaml),
		"PyYAML sorted": yaml(dumper{null: " null", sorted: true, ascii: true}),
		"Psych":         yaml(psych),
		"by hand":       yaml(dumper{null: " ~", hand: true}),
		"Windows": func(text []byte) []byte {
			d := pyyaml
			return append([]byte("\ufeff"), bytes.ReplaceAll(redumped(t, &d, text), []byte("\n"), []byte("\r\n"))...)
		},
	}
	w, dir := startDemo(t), t.TempDir()
	canonical := newGitSite(t, filepath.Join(dir, "canonical"), w)
	canonical.ingest(t)
	sites := map[string]*gitSite{}
	for name, style := range styles {
		t.Run("agrees/"+name, func(t *testing.T) {
			sites[name] = newGitSite(t, filepath.Join(dir, name), w)
			canonical.copyTo(t, sites[name], style)
			sites[name].adopt(t)
		})
	}
	w.Tracker.Update(4001, func(w *openprojecttest.WorkPackage) { w.Subject = "A title of today: # 1" })
	for name, s := range sites {
		t.Run("changes/"+name, s.follow)
	}
}

// adopt: the tracker agrees, so nothing changes.
func (s *gitSite) adopt(t *testing.T) {
	s.git(t, "init", "--quiet", "--initial-branch=main")
	s.git(t, "add", "content", "static")
	s.git(t, "commit", "--quiet", "--message", "As it was")
	if out := s.ingest(t, "adopt"); !strings.Contains(out, "update 0 and leave 38") || !strings.Contains(out, "The tree is the base") {
		t.Errorf("adopt said\n%s", out)
	}
	s.clean(t, "adopt")
	s.ingest(t)
	s.clean(t, "the first run")
}

// follow: one title has changed in the tracker, and nothing else does.
func (s *gitSite) follow(t *testing.T) {
	s.ingest(t)
	changed := strings.Fields(s.git(t, "diff", "--name-only"))
	if len(changed) != 1 {
		t.Fatalf("changed %q, want one file", changed)
	}
	before, after := s.git(t, "show", "HEAD:"+changed[0]), readFile(t, filepath.Join(s.dir, changed[0]))
	keys := changedKeys(t, before, after)
	if want := []string{"breadcrumbs", "featuredImage", "lastMod", "title"}; !slices.Equal(keys, want) {
		t.Errorf("changed %q, want %q", keys, want)
	}
	a, b := entriesOf(before), entriesOf(after)
	for key, lines := range a {
		if !slices.Contains(keys, key) && b[key] != lines {
			t.Errorf("%s: got\n%s\nwant\n%s", key, b[key], lines)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d entries before, %d after", len(a), len(b))
	}
	s.git(t, "commit", "--quiet", "--all", "--message", "A title")
	s.ingest(t, "--full")
	s.clean(t, "the night after")
}

// gitSite is a site in a folder of its own.
type gitSite struct{ dir string }

func startDemo(t *testing.T) *demo.World {
	t.Helper()
	w, err := demo.Start(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// newGitSite makes a site whose folder outlives the subtest that makes it.
func newGitSite(t *testing.T, dir string, w *demo.World) *gitSite {
	t.Helper()
	s := &gitSite{dir: dir}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "config.yaml"), w.Config(), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// ingest runs the command and returns what it prints.
func (s *gitSite) ingest(t *testing.T, args ...string) string {
	t.Helper()
	var out, log bytes.Buffer
	if code := s.call(t, &out, &log, args...); code != exitDone {
		t.Fatalf("ingest %q: exit code %d\n%s%s", args, code, &out, &log)
	}
	return out.String()
}

// call runs the command in this process and returns its exit code.
func (s *gitSite) call(t *testing.T, out, log io.Writer, args ...string) int {
	t.Helper()
	w := world{stdin: strings.NewReader(""), stdout: out, stderr: log, lookupEnv: func(string) (string, bool) { return "", false }, resolver: demo.Offline()}
	return run(t.Context(), append(args, "--config", filepath.Join(s.dir, "config.yaml")), w)
}

func (s *gitSite) git(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// clean: git sees no change. The configuration is the only file it does not know.
func (s *gitSite) clean(t *testing.T, after string) {
	t.Helper()
	if got := s.git(t, "status", "--porcelain"); got != "?? config.yaml\n" {
		t.Fatalf("after %s:\n%s%s", after, got, s.git(t, "diff"))
	}
}

// copyTo copies content and assets, not the state, each document in a style.
func (s *gitSite) copyTo(t *testing.T, to *gitSite, style func([]byte) []byte) {
	t.Helper()
	documents := 0
	for _, dir := range []string{"content", "static"} {
		err := walk(os.DirFS(filepath.Join(s.dir, dir)), func(path string, content []byte) {
			if dir == "content" {
				documents, content = documents+1, style(content)
			}
			file := filepath.Join(to.dir, dir, path)
			if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, content, 0o600)); err != nil {
				t.Fatal(err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if documents != 38 {
		t.Fatalf("%d documents, want 38", documents)
	}
}

// redumped is a document with front matter by another writer.
func redumped(t *testing.T, d *dumper, text []byte) []byte {
	t.Helper()
	file, err := frontmatter.Split(text)
	if err != nil {
		t.Fatal(err)
	}
	m, err := frontmatter.Decode(file.FrontMatter)
	if err != nil {
		t.Fatal(err)
	}
	made := d.dump(m)
	again, err := frontmatter.Decode([]byte(made))
	if err != nil || !frontmatter.Equal(m, again) {
		t.Fatalf("the writer of this test is wrong: %v\n%s", err, made)
	}
	return frontmatter.Join([]byte(made), file.Body)
}

// changedKeys are the outermost keys whose values differ, sorted.
func changedKeys(t *testing.T, before, after string) (keys []string) {
	t.Helper()
	read := func(text string) frontmatter.Map {
		file, err := frontmatter.Split([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		m, err := frontmatter.Decode(file.FrontMatter)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	a, b := read(before), read(after)
	if len(a) != len(b) {
		t.Errorf("%d keys before, %d after", len(a), len(b))
	}
	for _, e := range a {
		if v, _ := b.Get(e.Key); !frontmatter.Equal(v, e.Value) {
			keys = append(keys, e.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// entriesOf cuts a document at the keys of its front matter: the lines of each
// key; under "# …" each comment between them, under "" the rest.
func entriesOf(text string) map[string]string {
	entries := map[string]string{}
	key, fences := "", 0
	for line := range strings.Lines(text) {
		plain := strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n")
		switch {
		case plain == "---" && fences < 2:
			key, fences = "", fences+1
		case fences != 1 || plain == "":
			key = ""
		case plain[0] == '#':
			key = plain
		case plain[0] != ' ' && plain[0] != '-':
			key, _, _ = strings.Cut(plain, ":")
			key = strings.Trim(key, `"`)
		}
		entries[key] += line
	}
	return entries
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
