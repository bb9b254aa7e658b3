package output_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ingest/output"
)

func digestOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// TestEditedAsset: what was written, what the file holds and what has come meet
// at an asset as they do at a key of front matter.
func TestEditedAsset(t *testing.T) {
	const none = "-"
	cases := map[string]struct {
		last, disk, now string // now none: it is as on an earlier day
		change          func(*output.Document)
		want            string
		edits           string
		warning         string
	}{
		"ours, a new one has come":    {"old", "old", "newer", nil, "newer", "", ""},
		"ours, of the same size":      {"old", "old", "new", nil, "new", "", ""},
		"only the hand":               {"old", "small", "old", nil, "small", "(assets).x-icon.png", ""},
		"only the hand, same size":    {"old", "cut", "old", nil, "cut", "(assets).x-icon.png", ""},
		"only the hand, not fetched":  {"old", "small", none, nil, "small", "(assets).x-icon.png", ""},
		"both":                        {"old", "small", "newer", nil, "small", "(assets).x-icon.png", "x-icon.png was edited by hand, and another has come; the file of 5 bytes stays, the new one has 5"},
		"both, and come to the same":  {"old", "newer", "newer", nil, "newer", "", ""},
		"removed by hand":             {"old", none, "old", nil, "old", "", ""},
		"nobody remembers":            {"", "small", "old", nil, "old", "", "x-icon.png was another file of 5 bytes and is now the one of 3; nobody remembers"},
		"nobody remembers, the same":  {"", "old", "old", nil, "old", "", ""},
		"nobody remembers on purpose": {"", "small", "old", func(d *output.Document) { d.Forgetful = true }, "old", "", ""},
		"the tracker decides": {"old", "small", "newer", func(d *output.Document) {
			d.TrackerOwns = func(path string) bool { return path == output.AssetsKey }
		}, "newer", "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			write(t, s.open(t), doc(7, "x", "T", "Body"))
			if c.disk != none {
				put(t, s.assets, "x-icon.png", c.disk)
			}
			a := asset("x-icon.png", c.now)
			if c.now == none {
				a.Size, a.Open = int64(len(c.last)), nil
			}
			if c.last != "" {
				a.Last = digestOf(c.last)
			}
			d := doc(7, "x", "T", "Body", a)
			if c.change != nil {
				c.change(&d)
			}
			tree := s.open(t)
			dry, err := output.DryRun{Tree: tree}.Write(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			r := write(t, tree, d)
			if got := s.files(t)["static/news/x-icon.png"]; got != c.want || told(dry) != told(r) {
				t.Errorf("got %q; planned %s, done %s", got, told(dry), told(r))
			}
			var edits, warnings []string
			for _, e := range r.HandEdits {
				edits = append(edits, e.Path)
			}
			for _, w := range r.Warnings {
				if warnings = append(warnings, w.Error()); hint(w) == "" {
					t.Errorf("%v has no hint", w)
				}
			}
			if fmt.Sprint(edits) != fmt.Sprintf("[%s]", c.edits) || !strings.Contains(strings.Join(warnings, "\n"), c.warning) || c.warning == "" && len(warnings) > 0 {
				t.Errorf("hand edits %v, warnings %q", edits, warnings)
			}
		})
	}
}

// TestEditedAssetIsThere: a file of another size is no reason to fetch the asset
// again where it is remembered what was written, and none to fail.
func TestEditedAssetIsThere(t *testing.T) {
	s := newSite(t)
	put(t, s.assets, "x-icon.png", "small")
	tree := s.open(t)
	a := output.Asset{Name: "x-icon.png", Size: 3}
	write(t, tree, doc(7, "x", "T", "Body"))
	_, err := tree.Write(t.Context(), doc(7, "x", "T", "Body", a))
	if _, gone := errors.AsType[*output.AssetGoneError](err); !gone || tree.HasAsset(7, a) {
		t.Errorf("nobody remembers: got %v", err)
	}
	if a.Last = digestOf("old"); !tree.HasAsset(7, a) {
		t.Error("remembered: it is not there")
	}
	a.Name = "x-other.png"
	if _, err = tree.Write(t.Context(), doc(7, "x", "T", "Body", a)); tree.HasAsset(7, a) || hint(err) == "" {
		t.Errorf("no file: got %v", err)
	}
}
