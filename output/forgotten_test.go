package output_test

import (
	"strings"
	"testing"

	"ingest/output"
)

// TestForgottenBody: where nobody remembers, the text that stands in the file may
// be a person's and nowhere else, so it stays; from then on it is an edit like any
// other.
func TestForgottenBody(t *testing.T) {
	type night struct {
		hand, ours string // "" leaves it, " " is an empty body
		forget     bool
		owns       bool
		forgetful  bool // nobody means to remember
		file, told string
	}
	const forgotten = "(body) is another than the tracker's, and whether by hand nobody remembers; the file has"
	for name, story := range map[string][]night{
		"only the title changed": {
			{hand: "a\n\nhand", ours: "a", forget: true, file: "a\n\nhand", told: "edit (body): a\n\nhand kept, not a, conflict; " + forgotten},
			{file: "a\n\nhand", told: "edit (body): a\n\nhand kept, not a"},
			{ours: "b", file: "a\n\nhand", told: "edit (body): a\n\nhand kept, not b, conflict; (body) was edited by hand and in the tracker"},
			{file: "a\n\nhand", told: "edit (body): a\n\nhand kept, not b"},
			{hand: "b", file: "b"},
			{ours: "c", file: "c"},
		},
		"only the tracker changed, and a person lets it": {
			{hand: "a", ours: "b", forget: true, file: "a", told: "edit (body): a kept, not b, conflict; " + forgotten},
			{owns: true, file: "b", told: `replaced (body): a by b; (body) was "a" and is now "b"`},
			{ours: "c", file: "c"},
		},
		"the same on both sides": {{hand: "a", ours: "a", forget: true, file: "a"}, {ours: "b", file: "b"}},
		"the tracker decides":    {{hand: "h", ours: "b", forget: true, owns: true, file: "b", told: `replaced (body): h by b; (body) was "h" and is now "b"`}},
		"on purpose":             {{hand: "h", ours: "b", forget: true, forgetful: true, file: "b", told: `replaced (body): h by b; (body) was "h" and is now "b"`}},
		"nothing to lose":        {{hand: " ", ours: "b", forget: true, file: "b"}},
		"emptied in the tracker": {
			{hand: "h", ours: " ", forget: true, file: "h", told: "edit (body): h kept, not , conflict; " + forgotten},
			{file: "h", told: "edit (body): h kept, not"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			ours, last := "", (*output.Written)(nil)
			for i, n := range story {
				if n.hand != "" {
					s.put(t, "x.md", head7+strings.TrimSpace(n.hand+"\n"))
				}
				if n.ours != "" {
					ours = strings.TrimSpace(n.ours)
				}
				if n.forget {
					last = nil
				}
				d := doc(7, "x", "T", ours)
				d.Last, d.Forgetful = last, n.forgetful
				if n.owns {
					d.TrackerOwns = func(path string) bool { return path == output.BodyKey }
				}
				r := write(t, s.open(t), d)
				last = r.Written
				text := strings.TrimRight(s.files(t)["content/news/x.md"], "\n")
				if want := head7 + n.file; text != want {
					t.Fatalf("night %d: got %q, want %q", i, text, want)
				}
				told := tidings(r)
				if told != n.told && (n.told == "" || !strings.HasPrefix(told, n.told)) {
					t.Fatalf("night %d: told %q, want %q", i, told, n.told)
				}
			}
		})
	}
}

// TestReplacedIsToldWhole: what gives way may stand nowhere else.
func TestReplacedIsToldWhole(t *testing.T) {
	for name, old := range map[string]string{"long": strings.Repeat("word ", 700) + "end", "too long": strings.Repeat("é", 5000)} {
		s := newSite(t)
		s.put(t, "x.md", "---\nid: 7\ntitle: "+old+"\n---\n")
		r := write(t, s.open(t), doc(7, "x", "New", ""))
		if len(r.Warnings) != 1 {
			t.Fatalf("%s: warnings %v", name, r.Warnings)
		}
		text := r.Warnings[0].Error()
		if whole := strings.Contains(text, `"`+old+`"`); whole != (name == "long") || len(text) > 10_000 {
			t.Errorf("%s: told in %d bytes, whole: %v", name, len(text), whole)
		}
	}
}
