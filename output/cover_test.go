package output_test

import (
	"errors"
	"strings"
	"testing"

	"ingest/output"
	"ingest/output/frontmatter"
)

// withState is a document with one key more than doc has, "" for none.
func withState(state string) output.Document {
	d := doc(7, "x", "T", "Body")
	if state != "" {
		d.FrontMatter = append(d.FrontMatter, frontmatter.Entry{Key: "state", Value: state})
	}
	return d
}

// TestMarkGivesBack: what a person had where a mark was put is there again when the
// work package comes back, and never taken for ours, whenever a run dies.
func TestMarkGivesBack(t *testing.T) {
	two := frontmatter.Map{{Key: "draft", Value: true}, {Key: "unlisted", Value: true}}
	one := frontmatter.Map{{Key: "state", Value: "draft"}}
	for name, c := range map[string]struct {
		mark            frontmatter.Map
		ours            string
		from, to        string // what a person does to "id: 7\n…"
		keeps           string // what stands there while it is marked
		edited, noMarks bool   // told as an edit made by hand; nothing was to be marked
	}{
		"one of two keys":                  {mark: two, from: "id", to: "draft: true\nid", keeps: "draft: true\nunlisted: true\nid"},
		"the other of two keys":            {mark: two, from: "id", to: "unlisted: true\nid", keeps: "draft: true\nunlisted: true\nid"},
		"both of two keys":                 {mark: two, from: "id", to: "draft: true\nunlisted: true\nid", keeps: "draft: true\nunlisted: true\nid", noMarks: true},
		"another value of one of two keys": {mark: two, from: "id", to: "draft: false # mine\nid", keeps: "draft: true # mine\nunlisted: true\nid"},
		"null under a key":                 {mark: two, from: "id", to: "draft: null\nid", keeps: "draft: true\nunlisted: true\nid"},
		"another value of ours":            {mark: one, ours: "published", from: "published", to: "featured # mine", keeps: "state: draft # mine", edited: true},
		"a key of ours gone":               {mark: one, ours: "published", from: "state: published\n", to: "", keeps: "state: draft", edited: true},
		"the mark where ours is another":   {mark: one, ours: "published", from: "published", to: "draft", keeps: "state: draft", edited: true, noMarks: true},
		"nothing":                          {mark: one, ours: "published", keeps: "state: draft"},
	} {
		for _, killed := range []string{"never", "before the mark", "after the mark", "before the return", "after the return"} {
			t.Run(name+", killed "+killed, func(t *testing.T) {
				s := newSite(t)
				const file = "content/news/x.md"
				last := write(t, s.open(t), withState(c.ours)).Written
				was := strings.Replace(s.files(t)[file], c.from, c.to, 1)
				s.put(t, "x.md", was)
				how := output.Removal{ID: 7, Mark: c.mark, Last: last}
				if strings.HasSuffix(killed, "the mark") {
					last.Pending = foretold(t, s, how)
					how.Last = stored(t, last)
					if strings.HasPrefix(killed, "after") {
						remove(t, s, s.open(t), how)
					}
				}
				r := remove(t, s, s.open(t), how)
				last = stored(t, r.Written)
				marked := s.files(t)[file]
				if !strings.Contains(marked, c.keeps) || (r.Outcome == output.Unchanged) != (c.noMarks || killed == "after the mark") || len(r.Warnings) != 0 {
					t.Fatalf("marked: %s %v %q", r.Outcome, r.Warnings, marked)
				}
				if again := remove(t, s, s.open(t), output.Removal{ID: 7, Mark: c.mark, Last: last}); again.Outcome != output.Unchanged {
					t.Errorf("again: %s", again.Outcome)
				}
				if c.edited { // a person's words are not deleted for being covered
					deleted := remove(t, s, s.open(t), output.Removal{ID: 7, Delete: true, Mark: c.mark, Last: last})
					if deleted.Outcome != output.Unchanged || len(deleted.HandEdits) != 1 || deleted.HandEdits[0].Path != "state" {
						t.Errorf("to be deleted: %+v", deleted)
					}
				}
				back := withState(c.ours)
				if strings.HasSuffix(killed, "the return") {
					last = killedWrite(t, s, back, last, strings.HasPrefix(killed, "after"))
				}
				back.Last = last
				r = write(t, s.open(t), back)
				if got := s.files(t)[file]; got != was || (len(r.HandEdits) == 1) != c.edited || len(r.Warnings) != 0 {
					t.Errorf("back: %s\n%q, want\n%q", tidings(r), got, was)
				}
				back.Last = r.Written
				if r = write(t, s.open(t), back); r.Outcome != output.Unchanged || r.Written.Covered != nil {
					t.Errorf("the night after: %s, covered %v", r.Outcome, r.Written.Covered)
				}
			})
		}
	}
}

// foretold is what a removal would remember.
func foretold(t *testing.T, s site, how output.Removal) *output.Written {
	t.Helper()
	dry, err := output.DryRun{Tree: s.open(t)}.Remove(t.Context(), how)
	if err != nil {
		t.Fatal(err)
	}
	return dry.Written
}

// killedWrite is what is remembered of a write that died before or after the file.
func killedWrite(t *testing.T, s site, d output.Document, last *output.Written, arrives bool) *output.Written {
	t.Helper()
	killed := errors.New("killed")
	d.Last, d.Before = last, func(w *output.Written) error {
		last = stored(t, w)
		if arrives {
			return nil
		}
		return killed
	}
	if _, err := s.open(t).Write(t.Context(), d); err != nil && !errors.Is(err, killed) {
		t.Fatal(err)
	}
	return last
}

// TestMarkThatAPersonChanged: what they write over a mark stays, and what was under
// it is of no more account, also when the document is marked once more.
func TestMarkThatAPersonChanged(t *testing.T) {
	mark := frontmatter.Map{{Key: "state", Value: "draft"}}
	for name, c := range map[string]struct{ first, second, want string }{
		"another value":           {"state: featured\n", "state: hidden\n", "state: hidden\n"},
		"ours":                    {"state: featured\n", "state: published\n", "state: published\n"},
		"no key":                  {"state: featured\n", "", ""},
		"over a mark over ours":   {"state: published\n", "state: hidden\n", "state: hidden\n"},
		"no mark in ours's place": {"state: published\n", "state: published\n", "state: published\n"},
	} {
		for _, twice := range []bool{false, true} {
			s := newSite(t)
			const file = "content/news/x.md"
			last := write(t, s.open(t), withState("published")).Written
			edit := func(from, to string) {
				s.put(t, "x.md", strings.Replace(s.files(t)[file], from, to, 1))
			}
			edit("state: published\n", c.first)
			last = remove(t, s, s.open(t), output.Removal{ID: 7, Mark: mark, Last: last}).Written
			edit("state: draft\n", c.second)
			if twice {
				last = stored(t, remove(t, s, s.open(t), output.Removal{ID: 7, Mark: mark, Last: last}).Written)
				if got := s.files(t)[file]; !strings.Contains(got, "state: draft\n") {
					t.Errorf("%s: marked again: %q", name, got)
				}
			}
			back := withState("published")
			back.Last = last
			write(t, s.open(t), back)
			if got, want := s.files(t)[file], "---\nid: 7\ntitle: T\n"+c.want+"---\nBody\n"; got != want {
				t.Errorf("%s, twice %v: got %q, want %q", name, twice, got, want)
			}
		}
	}
}

// TestMarkCoversWhatIsOursNow: the file is what ours would be, and a person's value
// is under the mark.
func TestMarkCoversWhatIsOursNow(t *testing.T) {
	s := newSite(t)
	last := write(t, s.open(t), withState("published")).Written
	s.put(t, "x.md", strings.Replace(s.files(t)["content/news/x.md"], "published", "featured", 1))
	last = remove(t, s, s.open(t), output.Removal{ID: 7, Mark: frontmatter.Map{{Key: "state", Value: "draft"}}, Last: last}).Written
	back := withState("draft")
	back.Last = last
	r := write(t, s.open(t), back)
	if got := s.files(t)["content/news/x.md"]; !strings.Contains(got, "state: featured\n") || len(r.Warnings) != 1 {
		t.Errorf("got %q, %v; want the person's value and a warning", got, r.Warnings)
	}
}

// TestMarkWithoutMemory: nobody can give back what was there, so it is told.
func TestMarkWithoutMemory(t *testing.T) {
	s := newSite(t)
	s.put(t, "x.md", "---\nid: 7\nstate: featured\nhidden: true\n---\n")
	mark := frontmatter.Map{{Key: "state", Value: "draft"}, {Key: "hidden", Value: true}, {Key: "weight", Value: int64(9)}}
	r := remove(t, s, s.open(t), output.Removal{ID: 7, Mark: mark})
	if got, want := tidings(r), `replaced state: featured by draft; state was "featured" and is now "draft"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if again := remove(t, s, s.open(t), output.Removal{ID: 7, Mark: mark}); tidings(again) != "" {
		t.Errorf("again: %s", tidings(again))
	}
}

// TestMarkedAgain: to take a mark away is no edit that outlives the next one.
func TestMarkedAgain(t *testing.T) {
	s := newSite(t)
	how := output.Removal{ID: 7, Last: write(t, s.open(t), doc(7, "x", "T", "Body")).Written}
	was := s.files(t)["content/news/x.md"]
	how.Last = remove(t, s, s.open(t), how).Written
	s.put(t, "x.md", was)
	how.Last = stored(t, remove(t, s, s.open(t), how).Written)
	how.Delete = true
	if r := remove(t, s, s.open(t), how); r.Outcome != output.Removed {
		t.Errorf("got %s %s, want it deleted", r.Outcome, tidings(r))
	}
}
