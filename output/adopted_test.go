package output_test

import (
	"slices"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

// TestAdopted: a file that was there before us, of a work package that has not
// changed since. What differs is a person's, but where the file itself says that
// it is from an earlier day.
func TestAdopted(t *testing.T) {
	const now = "2026-03-22T08:15:00.254000Z"
	tests := map[string]struct {
		file  string // front matter beside the id
		kept  []string
		gives []string // way to ours
	}{
		"no stamp in the file":         {"title: By hand\n", []string{"title", "lastMod"}, nil},
		"the same stamp":               {"title: By hand\nlastMod: '" + now + "'\n", []string{"title"}, nil},
		"the same stamp, less exact":   {"title: By hand\nlastMod: 2026-03-22 08:15:00 +0000\n", []string{"title", "lastMod"}, nil},
		"the same time, another zone":  {"title: By hand\nlastMod: 2026-03-22T10:15:00+02:00\n", []string{"title", "lastMod"}, nil},
		"the same day":                 {"title: By hand\nlastMod: 2026-03-22\n", []string{"title", "lastMod"}, nil},
		"a later stamp":                {"title: By hand\nlastMod: '2026-04-01T00:00:00Z'\n", []string{"title", "lastMod"}, nil},
		"an empty stamp":               {"title: By hand\nlastMod: null\n", []string{"title", "lastMod"}, nil},
		"an earlier stamp":             {"title: By hand\nlastMod: '2026-03-22T08:14:59.999999Z'\n", nil, []string{"title", "lastMod"}},
		"an earlier day":               {"title: By hand\nlastMod: 2026-03-21\n", nil, []string{"title", "lastMod"}},
		"a stamp that is no time":      {"title: By hand\nlastMod: in spring\n", nil, []string{"title", "lastMod"}},
		"a stamp that is no text":      {"title: By hand\nlastMod: 1742631300\n", nil, []string{"title", "lastMod"}},
		"keys that are not there stay": {"{}\n", []string{"title", "lastMod"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", "---\nid: 7\n"+without(tt.file)+"---\nBody\n")
			before := s.listing(t)
			d := output.Document{ID: 7, Name: "x", Body: "Body\n", Adopted: true, Stamps: []string{"lastMod"},
				FrontMatter: frontmatter.Map{{Key: "id", Value: int64(7)}, {Key: "title", Value: "Title"}, {Key: "lastMod", Value: now}}}
			r := write(t, s.open(t), d)
			var kept, gave []string
			for _, e := range r.HandEdits {
				kept = append(kept, e.Path)
			}
			for _, e := range r.Replaced {
				gave = append(gave, e.Path)
			}
			if !slices.Equal(kept, tt.kept) || !slices.Equal(gave, tt.gives) {
				t.Fatalf("kept %v, gave way %v; want %v, %v", kept, gave, tt.kept, tt.gives)
			}
			if same := s.listing(t) == before; same != (tt.gives == nil) {
				t.Errorf("the file is the same: %v", same)
			}
			// What was kept is remembered as an edit: the next night is quiet, and
			// what changes in the tracker otherwise arrives.
			d.Last, d.Adopted = r.Written, false
			d.Body = "Other body\n"
			if r = write(t, s.open(t), d); r.Outcome != output.Updated || len(r.HandEdits) != len(tt.kept) || len(r.Warnings) > 0 {
				t.Errorf("the next night: %s, %d edits, %v", r.Outcome, len(r.HandEdits), r.Warnings)
			}
		})
	}
}

// without is front matter beside an id: nothing for an empty mapping.
func without(matter string) string {
	if matter == "{}\n" {
		return ""
	}
	return matter
}

// Adopted yields to what is remembered and to what the tracker owns.
func TestAdoptedYields(t *testing.T) {
	s := newSite(t)
	s.put(t, "x.md", "---\nid: 7\ntitle: Old\n---\nBody\n")
	d := doc(7, "x", "New", "Body\n")
	d.Adopted = true
	d.TrackerOwns = func(path string) bool { return path == "title" }
	if r, err := (output.DryRun{Tree: s.open(t)}).Write(t.Context(), d); err != nil || r.Outcome != output.Updated || len(r.Replaced) != 1 {
		t.Errorf("the tracker owns the title: %s %v", r.Outcome, r.Replaced)
	}
	d.TrackerOwns = nil
	d.Last = remembered(t, "---\nid: 7\ntitle: Old\n---\nBody\n")
	if r := write(t, s.open(t), d); r.Outcome != output.Updated || len(r.HandEdits) > 0 {
		t.Errorf("remembered: %s %v", r.Outcome, r.HandEdits)
	}
}
