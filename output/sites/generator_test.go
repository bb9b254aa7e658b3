package sites_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// generator says how one of the fixture sites is built.
type generator struct {
	archetype string
	fixture   string   // folder of testdata/sites
	content   string   // where documents go, in the site
	assets    string   // where assets go, "" for a bundle's own
	served    string   // what site.assets_path says
	output    string   // where the site comes out
	tags      string   // which of the golden bodies it needs
	command   []string // the first word is looked up, npm's tools below node_modules
	env       []string
}

func generators() []generator {
	eleventy := generator{"eleventy", "eleventy", "news", "assets/curated", "/assets/curated/", "_site", "eleventy",
		[]string{"node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"}, nil}
	nunjucks := eleventy
	nunjucks.env = []string{"MARKDOWN_ENGINE=njk"}
	hugo := []string{"hugo", "build", "--panicOnWarning", "--quiet"}
	return []generator{
		{"curated-content", "curated-content", "content/news", "static/images", "", "public", "hugo", hugo, nil},
		{"hugo", "hugo", "content/news", "static/images/curated", "/images/curated/", "public", "hugo", hugo, nil},
		{"hugo-bundle", "hugo", "content/news", "", "", "public", "hugo", hugo, nil},
		{"jekyll", "jekyll", "_news", "assets/curated", "/assets/curated/", "_site", "liquid",
			[]string{"jekyll", "build", "--quiet", "--strict_front_matter"}, nil},
		{"astro", "astro", "src/content/news", "", "", "dist", "", []string{"node", "node_modules/astro/astro.js", "build", "--silent"}, nil},
		eleventy,
		nunjucks,
	}
}

func (g generator) name() string { return strings.Join(append([]string{g.archetype}, g.env...), ",") }

// fixtures is the folder of the sites.
const fixtures = "../testdata/sites"

// find returns the program of a generator, or why it cannot be run.
func (g generator) find() (string, error) {
	program, err := exec.LookPath(g.command[0])
	if err != nil {
		home, _ := os.UserHomeDir()
		path := filepath.Join(home, "go", "bin", g.command[0])
		if gopath := os.Getenv("GOPATH"); gopath != "" {
			path = filepath.Join(gopath, "bin", g.command[0])
		}
		if program, err = exec.LookPath(path); err != nil {
			return "", fmt.Errorf("%s is not installed", g.command[0])
		}
	}
	if g.command[0] == "node" {
		if _, err := os.Stat(filepath.Join(fixtures, g.fixture, g.command[1])); err != nil {
			return "", fmt.Errorf("npm has not installed %s yet", g.fixture)
		}
	}
	return program, nil
}

// need finds the generator, or skips the test.
func (g generator) need(t *testing.T) string {
	t.Helper()
	program, err := g.find()
	if err != nil && os.Getenv("INGEST_REQUIRE_GENERATORS") == "1" {
		t.Fatalf("%v: run output/testdata/sites/install.sh", err)
	}
	if err != nil {
		t.Skipf("%v: output/testdata/sites/install.sh installs it", err)
	}
	return program
}

// copySite makes a site of its own from the fixture.
func (g generator) copySite(t *testing.T) string {
	t.Helper()
	from, err := filepath.Abs(filepath.Join(fixtures, g.fixture))
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	err = filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.Name() == "node_modules" && d.IsDir():
			if err := os.Symlink(path, target); err != nil {
				return err
			}
			return filepath.SkipDir
		case d.Type() == fs.ModeSymlink:
			return os.Symlink(path, target)
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// build runs the generator.
func (g generator) build(t *testing.T, program, site string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, g.command[1:]...)
	cmd.Dir = site
	cmd.Env = append(os.Environ(), append(g.env, "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "ASTRO_TELEMETRY_DISABLED=1")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", g.name(), err, out)
	}
}
