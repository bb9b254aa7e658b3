package output_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestStyles adopts one document as written by several hands. Where the tracker
// says the same, no byte changes, with a memory and without; then some values
// change, and nothing but their lines does.
func TestStyles(t *testing.T) {
	canonical, err := os.ReadFile("testdata/styles/js-yaml.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/styles/*.md")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	parts, matter := read(t, string(canonical))
	d := output.Document{ID: 3960, Name: "x", FrontMatter: matter, Body: string(parts.Body)}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		if name == "README" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := newSite(t)
			s.put(t, "x.md", string(text))
			before := s.listing(t)
			d := d
			for _, memory := range []string{"adopted", "remembered"} {
				r := write(t, s.open(t), d)
				if r.Outcome != output.Unchanged || s.listing(t) != before || tidings(r) != "" {
					t.Fatalf("%s: %s %s\n%s", memory, r.Outcome, tidings(r), s.files(t)["content/news/x.md"])
				}
				d.Last = r.Written
			}
			d.FrontMatter = changed(d.FrontMatter)
			r := write(t, s.open(t), d)
			if tidings(r) != "" {
				t.Errorf("told %s", tidings(r))
			}
			got := s.files(t)["content/news/x.md"]
			checkGolden(t, strings.TrimSuffix(file, ".md")+".changed", got)
			checkOthers(t, string(text), got)
			d.Last = r.Written
			if again := write(t, s.open(t), d); again.Outcome != output.Unchanged {
				t.Errorf("the next night: %s", again.Outcome)
			}
		})
	}
}

// changed is what the tracker says one night later: another title, a topic more,
// an image, no quote, and a key that is new.
func changed(m frontmatter.Map) frontmatter.Map {
	return m.With(frontmatter.Map{
		{Key: "title", Value: "Tide clocks"},
		{Key: "subtitle", Value: "A dial of twelve hours and twenty-five minutes, for everybody who lives by the sea and follows the moon"},
		{Key: "image", Value: frontmatter.Map{{Key: "href", Value: "a.png"}, {Key: "size", Value: frontmatter.List{int64(2), int64(1)}}}},
		{Key: "tags", Value: frontmatter.List{"sea", "clocks: old", "#moon", "yes", "dials"}},
	}, "quote")
}

// checkOthers: the lines that are no longer there are those of keys that changed.
func checkOthers(t *testing.T, before, after string) {
	t.Helper()
	var lost []string
	rest := strings.SplitAfter(after, "\n")
	for line := range strings.Lines(before) {
		if at := slices.Index(rest, line); at >= 0 {
			rest = rest[at+1:]
		} else {
			lost = append(lost, line)
		}
	}
	for _, line := range lost {
		key, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		if !slices.Contains([]string{"title", "image", "tags", "quote", "time'"}, key) && !strings.HasPrefix(key, "- ") && key != "yes ]    # yes is a topic" {
			t.Errorf("lost %q", line)
		}
	}
}

func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(got), want) {
		t.Errorf("%s\ngot\n%s\nwant\n%s", file, got, want)
	}
}
