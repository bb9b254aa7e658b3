package output_test

import (
	"strings"
	"testing"

	"ingest/output"
)

// TestFormerAddresses: both sides add to the list; nobody's edit keeps out the
// address that the document leaves, which is /b/ here.
func TestFormerAddresses(t *testing.T) {
	const none, unknown = "-", "?"
	cases := []struct {
		name             string
		base, disk, ours string
		want, told       string
	}{
		{"nobody edited", "[/a/]", "[/a/]", "[/a/, /b/]", "[/a/, /b/]", ""},
		{"nobody edited, ours in another order", "/a", "/a", "[/c, /a]", "[/c, /a]", ""},
		{"a hand added", "[/a/]", "[/h/, /a/]", "[/h/, /a/, /b/]", "[/h/, /a/, /b/]", ""},
		{"a hand added where we have none", none, "[/h/]", "[/h/, /b/]", "[/h/, /b/]", ""},
		{"a hand took one out", "[/a/, /x/]", "[/x/]", "[/a/, /x/, /b/]", "[/x/, /b/]", "edit k: [/x/ /b/] kept, not [/a/ /x/ /b/]"},
		{"a hand took out the one that is left", "[/b/]", "[/h/]", "[/b/, /h/]", "[/h/, /b/]", ""},
		{"a hand took the key out", "[/a/]", none, "[/a/, /b/]", "[/b/]", "edit k: [/b/] kept, not [/a/ /b/]"},
		{"a hand took the key out, nothing is left", "[/a/]", none, "[/a/]", none, "edit k: deleted, not [/a/]"},
		{"a hand emptied it", "[/a/]", "null", "[/a/, /b/]", "[/b/]", "edit k: [/b/] kept, not [/a/ /b/]"},
		{"a text of a hand", "/a", "/h/", "[/c, /h/, /b/]", "[/h/, /c, /b/]", ""},
		{"a text of a hand, nothing is left", "/a", "/h/", "/a", "/h/", "edit k: /h/ kept, not /a"},
		{"a mapping of a hand", none, "{x: 1}", "[/b/]", "[{x: 1}, /b/]", "edit k: "},
		{"a title that comes back", "[/a/, /now/]", "[/h/, /a/, /now/]", "[/h/, /a/, /b/]", "[/h/, /a/, /b/]", ""},
		{"a hand wrote the address of today", "[/a/]", "[/now/, /a/]", "[/a/, /b/]", "[/a/, /b/]", ""},
		{"a hand wrote one twice", "[/a/]", "[/h/, /h/, /a/]", "[/h/, /a/, /b/]", "[/h/, /h/, /a/, /b/]", ""},
		{"no memory", unknown, "[/h/, /a/]", "[/c, /h/, /a/, /b/]", "[/h/, /a/, /c, /b/]", ""},
		{"no memory, no key", unknown, none, "[/c, /b/]", "[/c, /b/]", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := func(value string) string {
				if value == none || value == unknown {
					return "---\nid: 7\n---\nBody\n"
				}
				return "---\nid: 7\nk: " + value + "\n---\nBody\n"
			}
			s := newSite(t)
			s.put(t, "x.md", text(c.disk))
			_, ours := read(t, text(c.ours))
			d := output.Document{ID: 7, Name: "x", FrontMatter: ours, Body: "Body\n", URL: "/now/", Former: "k", Leaves: "/b/"}
			if c.base != unknown {
				d.Last = remembered(t, text(c.base))
			}
			r := write(t, s.open(t), d)
			_, want := read(t, text(c.want))
			if _, got := read(t, s.files(t)["content/news/x.md"]); shown(got) != shown(want) {
				t.Errorf("got %v, want %v", got, want)
			}
			for _, w := range r.Warnings {
				t.Errorf("warned: %v", w)
			}
			if got := tidings(r); c.told == "" && strings.Contains(got, "conflict") || !strings.HasPrefix(got, c.told) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			d.Leaves = ""
			checkSettles(t, s, d, r)
		})
	}
}
