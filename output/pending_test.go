package output_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"ingest/output"
)

// What a run wrote, and did not live to remember, is ours: the tracker's next
// change takes its place. What a person has written meanwhile stays.
func TestWriteThatNobodyRemembers(t *testing.T) {
	for name, tt := range map[string]struct {
		arrives bool
		hand    func(string) string
		want    string // the title after the next change
		body    string
		edits   int
	}{
		"killed after the file":                   {arrives: true, want: "Third", body: "Third"},
		"killed before the file":                  {want: "Third", body: "Third"},
		"after the file, then edited by hand":     {arrives: true, hand: func(s string) string { return strings.Replace(s, "title: Second", "title: Hand", 1) }, want: "Hand", body: "Third", edits: 1},
		"before the file, then edited by hand":    {hand: func(s string) string { return strings.Replace(s, "title: First", "title: Hand", 1) }, want: "Hand", body: "Third", edits: 1},
		"after the file, then the body by hand":   {arrives: true, hand: func(s string) string { return s + "A note.\n" }, want: "Third", body: "Second\nA note.", edits: 1},
		"after the file, then a key of their own": {arrives: true, hand: func(s string) string { return strings.Replace(s, "id: 7", "id: 7\ntheme: dark", 1) }, want: "Third", body: "Third"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			last := write(t, s.open(t), doc(7, "x", "First", "First")).Written
			killed := errors.New("killed")
			second := doc(7, "x", "Second", "Second")
			second.Last, second.Before = last, func(w *output.Written) error {
				last = stored(t, w)
				if tt.arrives {
					return nil
				}
				return killed
			}
			if _, err := s.open(t).Write(t.Context(), second); tt.arrives == errors.Is(err, killed) {
				t.Fatalf("error %v", err)
			}
			if tt.hand != nil {
				s.put(t, "x.md", tt.hand(s.files(t)["content/news/x.md"]))
			}
			third := doc(7, "x", "Third", "Third")
			third.Last = last
			r := write(t, s.open(t), third)
			parts, matter := read(t, s.files(t)["content/news/x.md"])
			title, _ := matter.Get("title")
			if body := strings.TrimSpace(string(parts.Body)); title != tt.want || body != tt.body || len(r.HandEdits) != tt.edits {
				t.Errorf("title %v, body %q, %d edits by hand; want %q, %q, %d", title, body, len(r.HandEdits), tt.want, tt.body, tt.edits)
			}
			if r.Written.Pending != nil {
				t.Error("the write has ended and is still pending")
			}
		})
	}
}

// A document that nobody has touched is not kept for an edit made by hand.
func TestRemovalAfterAWriteThatNobodyRemembers(t *testing.T) {
	s := newSite(t)
	last := write(t, s.open(t), doc(7, "x", "First", "First")).Written
	second := doc(7, "x", "Second", "Second")
	second.Last, second.Before = last, func(w *output.Written) error { last = stored(t, w); return nil }
	write(t, s.open(t), second)
	remove(t, s, s.open(t), output.Removal{ID: 7, Delete: true, Last: last})
	if got := s.files(t); len(got) != 0 {
		t.Errorf("got %v, want no file", got)
	}
}

// stored is a memory that went through the state.
func stored(t *testing.T, w *output.Written) *output.Written {
	t.Helper()
	text, err := json.Marshal(w)
	back := new(output.Written)
	if err := errors.Join(err, json.Unmarshal(text, back)); err != nil {
		t.Fatal(err)
	}
	return back
}

// Only what changes an existing file is noted beforehand.
func TestBeforeIsCalledForChangesOnly(t *testing.T) {
	s := newSite(t)
	calls := 0
	put := func(title string, last *output.Written) *output.Written {
		d := doc(7, "x", title, "Body")
		d.Last, d.Before = last, func(*output.Written) error { calls++; return nil }
		return write(t, s.open(t), d).Written
	}
	last := put("First", nil)
	last = put("First", last)
	if calls != 0 {
		t.Errorf("%d calls for a new document and an unchanged one, want none", calls)
	}
	d := doc(7, "x", "Second", "Body")
	d.Last, d.Before = last, func(*output.Written) error { calls++; return nil }
	if _, err := (output.DryRun{Tree: s.open(t)}).Write(t.Context(), d); err != nil || calls != 0 {
		t.Errorf("a dry run: %d calls, error %v; want none", calls, err)
	}
	if put("Second", last); calls != 1 {
		t.Errorf("%d calls for a change, want 1", calls)
	}
}
