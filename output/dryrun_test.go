package output_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"ingest/output"
)

// TestDryRun: it leaves no trace, tells what the real run then does, and shows
// the difference.
func TestDryRun(t *testing.T) {
	s := newSite(t)
	s.put(t, "old.md", "---\nid: 1\ntitle: Old\n---\nBody")
	s.put(t, "same.md", "---\nid: 2\ntitle: T\n---\nBody\n")
	put(t, s.assets, "old.png", "abc")
	put(t, s.assets, "same.png", "abc")
	docs := []output.Document{
		doc(3, "new", "T", "Body", asset("new.png", "12345")),
		doc(1, "old", "New", "Body", asset("old.png", "abd")),
		doc(2, "same", "T", "Body", asset("same.png", "abc")),
	}
	before := s.listing(t)
	rehearsal := output.DryRun{Tree: s.open(t)}
	var planned []output.Result
	var changes []output.Change
	for _, d := range docs {
		r, err := rehearsal.Write(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		planned = append(planned, r)
		changes = append(changes, r.Files...)
	}
	if after := s.listing(t); after != before {
		t.Fatalf("the dry run left a trace\ngot\n%s\nwas\n%s", after, before)
	}
	want := []string{
		`new.png created  ` + digest("12345"),
		`new.md created "" "---\nid: 3\ntitle: T\n---\nBody\n"`,
		`old.png updated ` + digest("abc") + ` ` + digest("abd"),
		`old.md updated "---\nid: 1\ntitle: Old\n---\nBody" "---\nid: 1\ntitle: New\n---\nBody"`,
	}
	var got []string
	for _, c := range changes {
		if c.Root == output.Assets {
			got = append(got, fmt.Sprintf("%s %s %s %s", c.Path, c.Kind, c.OldSHA256, c.NewSHA256))
		} else {
			got = append(got, fmt.Sprintf("%s %s %q %q", c.Path, c.Kind, c.Old, c.New))
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("changes\ngot  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	for i, d := range docs {
		if r := write(t, s.open(t), d); told(r) != told(planned[i]) {
			t.Errorf("done    %s\nplanned %s", told(r), told(planned[i]))
		}
	}
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// told is what a Result says of both, a run and its rehearsal.
func told(r output.Result) string {
	s := fmt.Sprint(r.Outcome, r.Path)
	for _, c := range r.Files {
		s += fmt.Sprint(" ", c.File, c.Kind, c.OldSize, c.NewSize)
	}
	return s
}

func TestDryRunMakesNoFolders(t *testing.T) {
	s := newSite(t)
	r, err := (output.DryRun{Tree: s.open(t)}).Write(t.Context(), doc(1, "x", "T", "", asset("x.png", "1")))
	if err != nil || r.Outcome != output.Created || len(r.Files) != 2 {
		t.Errorf("got %+v, %v", r, err)
	}
	if entries, err := os.ReadDir(s.dir); err != nil || len(entries) != 0 {
		t.Errorf("got %v, %v", entries, err)
	}
}

func TestDryRunFailsLikeARun(t *testing.T) {
	s := newSite(t)
	s.put(t, "x.md", "# Notes")
	for _, d := range []output.Document{
		doc(1, "x", "T", ""), doc(1, "../x", "T", ""), doc(1, "y", "T", "", failing("y.png", 5)),
	} {
		_, dry := (output.DryRun{Tree: s.open(t)}).Write(t.Context(), d)
		_, run := s.open(t).Write(t.Context(), d)
		if dry == nil || run == nil || errors.Is(dry, errBroken) != errors.Is(run, errBroken) {
			t.Errorf("dry run: %v\nrun:     %v", dry, run)
		}
	}
}
