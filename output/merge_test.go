package output_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"ingest/output"
)

// TestMerge: one key, what the file held from us, what it holds now, what we
// want. "-" is no such key.
func TestMerge(t *testing.T) {
	const none, unknown = "-", "?"
	cases := []struct {
		name             string
		base, disk, ours string
		want             string // the file's value afterwards
		told             string
		unchanged        bool
		owns             string
	}{
		{"nothing changed", "k: a", "k: a", "k: a", "k: a", "", false, ""},
		{"the tracker changed", "k: a", "k: a", "k: b", "k: b", "", false, ""},
		{"a hand changed", "k: a", "k: h", "k: a", "k: h", "edit k: h kept, not a", false, ""},
		{"both changed to the same", "k: a", "k: b", "k: b", "k: b", "", false, ""},
		{"both changed", "k: a", "k: h", "k: b", "k: h", "edit k: h kept, not b, conflict; k was edited by hand and in the tracker", false, ""},
		{"both changed, the tracker owns it", "k: a", "k: h", "k: b", "k: b", "replaced k: h by b; k was", false, "k"},
		{"a hand changed what the tracker owns", "k: a", "k: h", "k: a", "k: a", "replaced k: h by a; k was", false, "k"},
		{"a hand changed another key", "k: a", "k: h", "k: b", "k: h", "edit k: h kept, not b, conflict; k was edited", false, "x"},
		{"a hand deleted", "k: a", none, "k: a", none, "edit k: deleted, not a", false, ""},
		{"a hand deleted, the tracker changed", "k: a", none, "k: b", none, "edit k: deleted, not b, conflict; k was edited", false, ""},
		{"a hand deleted, the tracker owns it", "k: a", none, "k: a", "k: a", "", false, "k"},
		{"we stopped writing it", "k: a", "k: a", none, none, "", false, ""},
		{"we stopped writing what a hand changed", "k: a", "k: h", none, "k: h", "edit k: h kept, dropped, conflict; k was edited", false, ""},
		{"we begin to write it", none, none, "k: a", "k: a", "", false, ""},
		{"we begin to write what a hand wrote", none, "k: h", "k: a", "k: h", "edit k: h kept, not a, conflict; k was edited", false, ""},
		{"never ours", none, "k: h", none, "k: h", "", false, ""},
		{"written otherwise", "k: 2", "k: 2.0", "k: 0x2", "k: 2.0", "", false, ""},
		{"a gap taken out by a hand", "k: null", none, "k: null", none, "", false, ""},

		{"inside: a hand changed one, the tracker another", "k: {p: 1, q: 1}", "k: {p: 1, q: h}", "k: {p: 2, q: 1}", "k:\n  p: 2\n  q: h", "edit k.q: h kept, not 1", false, ""},
		{"inside: a key of a hand", "k: {p: 1}", "k: {x: h, p: 1}", "k: {p: 2}", "k:\n  x: h\n  p: 2", "", false, ""},
		{"inside: both changed one", "k: {p: 1}", "k: {p: h}", "k: {p: 2}", "k: {p: h}", "edit k.p: h kept, not 2, conflict; k.p was edited", false, ""},
		{"inside: both changed one, the tracker owns all", "k: {p: 1}", "k: {p: h, x: h}", "k: {p: 2}", "k:\n  p: 2\n  x: h", "replaced k.p: h by 2; k.p was", false, "k"},
		{"inside: a key is gone", "k: {p: 1, q: 1}", "k: {p: 1, q: 1}", "k: {p: 1}", "k:\n  p: 1", "", false, ""},
		{"inside: a key is new", "k: {p: 1, q: 1}", "k: {p: 1, q: 1}", "k: {p: 1, n: 0, q: 1}", "k:\n  p: 1\n  'n': 0\n  q: 1", "", false, ""},
		{"a mapping becomes a gap", "k: {p: 1}", "k: {p: 1}", "k: null", "k: null", "", false, ""},
		{"a mapping is left out", "k: {p: 1}", "k: {p: 1}", none, none, "", false, ""},
		{"a mapping with a key of a hand is left out", "k: {p: 1}", "k: {p: 1, x: h}", none, "k:\n  x: h", "", false, ""},
		{"a gap becomes a mapping", "k: null", "k: null", "k: {p: 1}", "k:\n  p: 1", "", false, ""},
		{"a list is one value", "k: [1, 2]", "k: [1, 2, 3]", "k: [1]", "k: [1, 2, 3]", "edit k: [1 2 3] kept, not [1], conflict; k was edited", false, ""},

		{"no memory, equal", unknown, "k: 'a'", "k: a", "k: 'a'", "", false, ""},
		{"no memory, different", unknown, "k: h", "k: b", "k: b", `replaced k: h by b; k was "h" and is now "b"`, false, ""},
		{"no memory, different, the tracker did not change", unknown, "k: h", "k: b", "k: h", "edit k: h kept, not b", true, ""},
		{"no memory, absent", unknown, none, "k: b", "k: b", "", false, ""},
		{"no memory, absent, the tracker did not change", unknown, none, "k: b", none, "edit k: deleted, not b", true, ""},
		{"no memory, nothing changes it", unknown, "c: h", "c: b", "c: h", "edit c: h kept, not b", false, ""},
		{"no memory, nothing changes it, a gap", unknown, "c: null", "c: b", "c: null", "edit c: <nil> kept, not b", false, ""},
		{"no memory, nothing changes it, absent", unknown, none, "c: b", "c: b", "", false, ""},
		{"no memory, nothing changes it, the tracker owns it", unknown, "c: h", "c: b", "c: b", "replaced c: h by b; c was", false, "c"},
		{"no memory, nothing changes one inside", unknown, "k: {p: 1, c: h}", "k: {p: 2, c: b}", "k:\n  p: 2\n  c: h", "edit k.c: h kept, not b; replaced k.p: 1 by 2; k.p was 1", false, ""},
		{"a hand and a setting changed", "c: a", "c: h", "c: b", "c: h", "edit c: h kept, not b, conflict; c was edited by hand", false, ""},
		{"no memory, a gap", unknown, "k: null", "k: b", "k: b", "", false, ""},
		{"no memory, not ours", unknown, "k: h", none, "k: h", "", false, ""},
		{"no memory, inside", unknown, "k: {p: 1, x: h}", "k: {p: 2}", "k:\n  p: 2\n  x: h", "replaced k.p: 1 by 2; k.p was 1", false, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := func(value string) string {
				if value == none || value == unknown {
					value = ""
				} else {
					value += "\n"
				}
				return "---\n# top\nid: 7\n" + value + "z: 1 # end\n---\nBody\n"
			}
			s := newSite(t)
			s.put(t, "x.md", text(c.disk))
			_, ours := read(t, text(c.ours))
			d := output.Document{ID: 7, Name: "x", FrontMatter: ours, Body: "Body\n", TrackerUnchanged: c.unchanged, Constant: []string{"c", "k.c"}}
			if c.base != unknown {
				d.Last = remembered(t, text(c.base))
			}
			if c.owns != "" {
				d.TrackerOwns = func(path string) bool { return path == c.owns }
			}
			dry, err := output.DryRun{Tree: s.open(t)}.Write(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			r := write(t, s.open(t), d)
			if got := s.files(t)["content/news/x.md"]; got != text(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, text(c.want))
			}
			if got := tidings(r); got != c.told && (c.told == "" || !strings.HasPrefix(got, c.told)) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			if tidings(dry) != tidings(r) || told(dry) != told(r) {
				t.Errorf("the rehearsal told %q %q, the run %q %q", told(dry), tidings(dry), told(r), tidings(r))
			}
			checkSettles(t, s, d, r)
		})
	}
}

// checkSettles: the next night, with the memory written down and read back,
// changes nothing and warns of nothing.
func checkSettles(t *testing.T, s site, d output.Document, r output.Result) {
	t.Helper()
	stored, err := json.Marshal(r.Written)
	if err != nil {
		t.Fatal(err)
	}
	d.Last = new(output.Written)
	if err := json.Unmarshal(stored, d.Last); err != nil {
		t.Fatalf("%v in %s", err, stored)
	}
	again := write(t, s.open(t), d)
	if again.Outcome != output.Unchanged || len(again.Warnings) > 0 || len(again.HandEdits) != len(r.HandEdits) {
		t.Errorf("the next night: %s %q; the memory was %s", again.Outcome, tidings(again), stored)
	}
}

// tidings is what a Result tells of values.
func tidings(r output.Result) string {
	var all []string
	for _, e := range r.HandEdits {
		s := fmt.Sprintf("edit %s: %v kept", e.Path, shown(e.Hand))
		if e.Deleted {
			s = fmt.Sprintf("edit %s: deleted", e.Path)
		}
		if e.Dropped {
			s += ", dropped"
		} else {
			s += fmt.Sprintf(", not %v", shown(e.Ours))
		}
		if e.Conflict {
			s += ", conflict"
		}
		all = append(all, s)
	}
	for _, e := range r.Replaced {
		all = append(all, fmt.Sprintf("replaced %s: %v by %v", e.Path, shown(e.Old), shown(e.New)))
	}
	for _, w := range r.Warnings {
		_, text, _ := strings.Cut(w.Error(), ".md: ")
		all = append(all, text)
		if hint(w) == "" {
			all = append(all, "NO HINT")
		}
	}
	return strings.Join(all, "; ")
}

func shown(v any) string { return strings.TrimSpace(fmt.Sprint(v)) }

// nights runs a document through several nights. Each step changes the file or
// the tracker's value; told is what that night tells, file what it leaves.
type night struct {
	does       string
	hand, ours string // "" leaves it
	forget     bool
	file, told string
}

// TestNights: an edit made by hand stays and is warned of once for each value
// that it keeps out; taken back, to whatever we wrote or offered, the tracker's
// value flows again.
func TestNights(t *testing.T) {
	stories := map[string][]night{
		"taken back to the value before": {
			{does: "first", ours: "a", file: "a"},
			{does: "edited", hand: "h", file: "h", told: "edit title: h kept, not a"},
			{does: "changed in the tracker", ours: "b", file: "h", told: "edit title: h kept, not b, conflict; title was edited by hand and in the tracker"},
			{does: "nothing", file: "h", told: "edit title: h kept, not b"},
			{does: "changed again", ours: "c", file: "h", told: "edit title: h kept, not c, conflict; title was edited by hand"},
			{does: "nothing", file: "h", told: "edit title: h kept, not c"},
			{does: "taken back", hand: "a", file: "c"},
			{does: "nothing", file: "c"},
			{does: "changed", ours: "d", file: "d"},
		},
		"taken over by hand": {
			{does: "first", ours: "a", file: "a"},
			{does: "both", hand: "h", ours: "b", file: "h", told: "edit title: h kept, not b, conflict"},
			{does: "the offer is taken", hand: "b", file: "b"},
			{does: "changed", ours: "c", file: "c"},
		},
		"the offer is taken and the tracker goes on": {
			{does: "first", ours: "a", file: "a"},
			{does: "both", hand: "h", ours: "b", file: "h", told: "edit title: h kept, not b, conflict"},
			{does: "both", hand: "b", ours: "c", file: "c"},
		},
		"the tracker takes the edit over": {
			{does: "first", ours: "a", file: "a"},
			{does: "edited", hand: "h", file: "h", told: "edit title: h kept, not a"},
			{does: "taken over", ours: "h", file: "h"},
			{does: "changed", ours: "i", file: "i"},
		},
		"the tracker goes back": {
			{does: "first", ours: "a", file: "a"},
			{does: "both", hand: "h", ours: "b", file: "h", told: "edit title: h kept, not b, conflict"},
			{does: "back", ours: "a", file: "h", told: "edit title: h kept, not a"},
			{does: "there again", ours: "b", file: "h", told: "edit title: h kept, not b, conflict"},
		},
		"the memory is lost": {
			{does: "first", ours: "a", file: "a"},
			{does: "edited and forgotten", hand: "h", forget: true, file: "a", told: `replaced title: h by a; title was "h" and is now "a"`},
			{does: "nothing", file: "a"},
			{does: "edited", hand: "h", file: "h", told: "edit title: h kept, not a"},
		},
	}
	for name, story := range stories {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			ours, last := "", (*output.Written)(nil)
			for i, n := range story {
				if n.ours != "" {
					ours = n.ours
				}
				if n.hand != "" {
					s.put(t, "x.md", "---\nid: 7\ntitle: "+n.hand+"\n---\nBody\n")
				}
				if n.forget {
					last = nil
				}
				d := doc(7, "x", ours, "Body")
				d.Last = last
				r := write(t, s.open(t), d)
				last = r.Written
				want := "---\nid: 7\ntitle: " + n.file + "\n---\nBody\n"
				if got := s.files(t)["content/news/x.md"]; got != want {
					t.Fatalf("night %d (%s): got %q, want %q", i, n.does, got, want)
				}
				if got := tidings(r); got != n.told && (n.told == "" || !strings.HasPrefix(got, n.told)) {
					t.Fatalf("night %d (%s): told %q, want %q", i, n.does, got, n.told)
				}
			}
		})
	}
}

// TestBodyIsMerged as one value, without regard to line ends.
func TestBodyIsMerged(t *testing.T) {
	cases := []struct {
		name, base, disk, ours string
		want                   string
		told                   string
		owns                   bool
	}{
		{"the tracker changed", "a", "a\n", "b\n", "b\n", "", false},
		{"a hand changed", "a", "h\n\n", "a\n", "h\n\n", "edit (body): h kept, not a", false},
		{"both changed", "a", "h\n", "b\n", "h\n", "edit (body): h kept, not b, conflict; (body) was edited by hand and in the tracker", false},
		{"both changed, the tracker owns it", "a", "h\n", "b\n", "b\n", "replaced (body): h by b", true},
		{"a hand changed the line ends", "a\nb", "a\r\nb\r\n", "a\nb\n", "a\r\nb\r\n", "", false},
		{"the tracker changed the line ends", "a\nb", "a\nb\n", "a\r\nb\r\n", "a\nb\n", "", false},
		{"a hand emptied it", "a", "", "a", "", "edit (body): kept, not a", false},
		{"emptied in the tracker", "a", "a\n", "", "", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", head7+c.disk)
			d := doc(7, "x", "T", c.ours)
			d.Last = &output.Written{FrontMatter: d.FrontMatter, Body: c.base}
			d.TrackerOwns = func(path string) bool { return c.owns && path == output.BodyKey }
			r := write(t, s.open(t), d)
			if got := s.files(t)["content/news/x.md"]; got != head7+c.want {
				t.Errorf("got %q, want %q", got, head7+c.want)
			}
			if got := strings.ReplaceAll(tidings(r), "  ", " "); got != c.told && (c.told == "" || !strings.HasPrefix(got, c.told)) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			checkSettles(t, s, d, r)
		})
	}
}

// TestMissingAndHandEdits: what could not be found out today is no change of
// ours, so an edit made by hand stays today and tomorrow.
func TestMissingAndHandEdits(t *testing.T) {
	text := func(image, author string) string {
		return "---\nid: 7\nimage: " + image + "\nmeta:\n  author: " + author + "\n  lang: de\n---\nBody\n"
	}
	type day struct{ hand, ours, want, told string }
	lost := "null null"
	for name, days := range map[string][]day{
		"edited before it was lost": {{"", "a.png A", "a.png A", ""}, {"h.png A", "a.png A", "h.png A", "edit image: h.png kept, not a.png"},
			{"", lost, "h.png A", "edit image: h.png kept, not a.png"}, {"", "a.png A", "h.png A", "edit image: h.png kept, not a.png"}},
		"edited while it was lost": {{"", "a.png A", "a.png A", ""}, {"a.png H", lost, "a.png H", "edit meta.author: H kept, not A"},
			{"", "a.png A", "a.png H", "edit meta.author: H kept, not A"}, {"", "b.png A", "b.png H", "edit meta.author: H kept, not A"}},
		"lost and back":                   {{"", "a.png A", "a.png A", ""}, {"", lost, "a.png A", ""}, {"", "b.png B", "b.png B", ""}},
		"taken out by hand while it lost": {{"", "a.png A", "a.png A", ""}, {"null A", lost, "null A", "edit image: <nil> kept, not a.png"}, {"", "a.png A", "null A", "edit image: <nil> kept, not a.png"}},
		"both taken out while they were lost": {{"", "a.png A", "a.png A", ""}, {"null null", lost, "null null", "edit image: <nil> kept, not a.png; edit meta.author: <nil> kept, not A"},
			{"", "a.png A", "null null", "edit image: <nil> kept, not a.png; edit meta.author: <nil> kept, not A"}},
		"never known":                {{"", lost, lost, ""}, {"", lost, lost, ""}, {"", "a.png A", "a.png A", ""}},
		"never known, found by hand": {{"", lost, lost, ""}, {"h.png null", lost, "h.png null", "edit image: h.png kept, not <nil>"}, {"", "a.png A", "h.png A", "edit image: h.png kept, not a.png, conflict; image was edited"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			var last *output.Written
			for i, day := range days {
				pair := func(s string) string { image, author, _ := strings.Cut(s, " "); return text(image, author) }
				if day.hand != "" {
					s.put(t, "x.md", pair(day.hand))
				}
				_, matter := read(t, pair(day.ours))
				d := output.Document{ID: 7, Name: "x", FrontMatter: matter, Body: "Body", Last: last}
				if day.ours == lost {
					d.Missing = map[string]bool{"image": true, "meta.author": true}
				}
				r := write(t, s.open(t), d)
				last = r.Written
				if got := s.files(t)["content/news/x.md"]; got != pair(day.want) {
					t.Fatalf("day %d: got\n%swant\n%s", i, got, pair(day.want))
				}
				if got := tidings(r); got != day.told && (day.told == "" || !strings.HasPrefix(got, day.told)) {
					t.Fatalf("day %d: told %q, want %q", i, got, day.told)
				}
			}
		})
	}
}

// TestStamps: the time of the last change, where the file has today's, says that
// what differs was edited by hand.
func TestStamps(t *testing.T) {
	const file = "---\nid: 7\nlastMod: 2026-03-21\nsource:\n  changed: 2026-03-21\nempty: null\ntitle: h\n---\nh\n"
	for _, c := range []struct {
		name   string
		stamps []string
		now    string
		kept   bool
	}{
		{"equal", []string{"lastMod"}, "2026-03-21", true},
		{"equal, inside", []string{"source.changed"}, "2026-03-21", true},
		{"both", []string{"lastMod", "source.changed"}, "2026-03-21", true},
		{"other", []string{"lastMod"}, "2026-03-22", false},
		{"none", nil, "2026-03-21", false},
		{"none that the file has", []string{"nowhere", "source.nowhere", "title.x"}, "2026-03-21", false},
		{"a gap is no evidence", []string{"empty"}, "2026-03-21", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.put(t, "x.md", file)
			_, matter := read(t, strings.ReplaceAll(strings.ReplaceAll(file, "2026-03-21", c.now), "title: h", "title: b"))
			r := write(t, s.open(t), output.Document{ID: 7, Name: "x", FrontMatter: matter, Body: "b", Stamps: c.stamps})
			body := s.files(t)["content/news/x.md"]
			if kept := len(r.HandEdits) == 2 && body == file && len(r.Warnings) == 0; kept != c.kept || !kept && (len(r.HandEdits) != 1 || !r.HandEdits[0].Forgotten) {
				t.Errorf("kept: %t, want %t: %s", kept, c.kept, tidings(r))
			}
		})
	}
}
