package frontmatter_test

import (
	"errors"
	"testing"

	"ingest/output/frontmatter"
)

func TestSplit(t *testing.T) {
	const bom = "\uFEFF"
	tests := []struct {
		name                        string
		src                         string
		bom, open, front, end, body string
	}{
		{name: "usual", src: "---\na: 1\n---\nbody\n", open: "---\n", front: "a: 1\n", end: "---\n", body: "body\n"},
		{name: "body with fences", src: "---\na: 1\n---\n\n---\n---\n", open: "---\n", front: "a: 1\n", end: "---\n", body: "\n---\n---\n"},
		{name: "empty front matter", src: "---\n---\nbody", open: "---\n", end: "---\n", body: "body"},
		{name: "no body", src: "---\na: 1\n---", open: "---\n", front: "a: 1\n", end: "---"},
		{name: "closed by dots", src: "---\na: 1\n...\nbody", open: "---\n", front: "a: 1\n", end: "...\n", body: "body"},
		{name: "blanks after the fences", src: "--- \t\na: 1\n---  \nbody", open: "--- \t\n", front: "a: 1\n", end: "---  \n", body: "body"},
		{name: "CRLF", src: "---\r\na: 1\r\n---\r\nbody\r\n", open: "---\r\n", front: "a: 1\r\n", end: "---\r\n", body: "body\r\n"},
		{name: "mixed line endings", src: "---\r\na: 1\nb: 2\r\n---\nbody", open: "---\r\n", front: "a: 1\nb: 2\r\n", end: "---\n", body: "body"},
		{name: "byte order mark", src: bom + "---\na: 1\n---\n", bom: bom, open: "---\n", front: "a: 1\n", end: "---\n"},
		{name: "mark without front matter", src: bom + "text", bom: bom, body: "text"},
		{name: "fence within a value", src: "---\na: |\n  ---\n----\n--- x\n---\n", open: "---\n", front: "a: |\n  ---\n----\n--- x\n", end: "---\n"},
		{name: "no front matter", src: "# Title\n---\n", body: "# Title\n---\n"},
		{name: "fence on the second line", src: "\n---\na: 1\n---\n", body: "\n---\na: 1\n---\n"},
		{name: "four dashes", src: "----\na: 1\n---\n", body: "----\na: 1\n---\n"},
		{name: "word after the fence", src: "--- yaml\na: 1\n---\n", body: "--- yaml\na: 1\n---\n"},
		{name: "dots do not open", src: "...\na: 1\n---\n", body: "...\na: 1\n---\n"},
		{name: "empty file"},
		{name: "invalid UTF-8", src: "---\na: \xff\n---\n\xfe", open: "---\n", front: "a: \xff\n", end: "---\n", body: "\xfe"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := frontmatter.Split([]byte(test.src))
			if err != nil {
				t.Fatal(err)
			}
			got := [5]string{string(f.BOM), string(f.Open), string(f.FrontMatter), string(f.Close), string(f.Body)}
			want := [5]string{test.bom, test.open, test.front, test.end, test.body}
			if got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if f.Found() != (test.open != "") {
				t.Errorf("Found() = %t", f.Found())
			}
			if string(f.Bytes()) != test.src {
				t.Errorf("Bytes() = %q, want %q", f.Bytes(), test.src)
			}
		})
	}
}

func TestSplitUnclosed(t *testing.T) {
	for _, src := range []string{"---", "---\n", "---\na: 1\n", "\uFEFF---\na: 1\n ---\n", "---\na: 1\n---x\n"} {
		f, err := frontmatter.Split([]byte(src))
		var unclosed *frontmatter.UnclosedError
		if !errors.As(err, &unclosed) || unclosed.Hint() == "" {
			t.Errorf("%q: got error %v, want an UnclosedError with a hint", src, err)
		}
		if string(f.Bytes()) != src || f.Found() {
			t.Errorf("%q: got %q, want all of it as body", src, f.Bytes())
		}
	}
}

// TestSplitKeepsApart: appending to one part must not write over the next.
func TestSplitKeepsApart(t *testing.T) {
	src := []byte("---\na: 1\n---\nbody\n")
	f, err := frontmatter.Split(src)
	if err != nil {
		t.Fatal(err)
	}
	_ = append(f.FrontMatter, "b: 2\n"...)
	if got, want := string(f.Bytes()), "---\na: 1\n---\nbody\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNewline(t *testing.T) {
	for src, want := range map[string]string{"---\r\n---\r\n": "\r\n", "---\n---\r\n": "\n", "text\r\n": "\n"} {
		if f, err := frontmatter.Split([]byte(src)); err != nil || f.Newline() != want {
			t.Errorf("%q: got %q, %v, want %q", src, f.Newline(), err, want)
		}
	}
}

func TestJoin(t *testing.T) {
	tests := []struct{ name, front, body, want string }{
		{"usual", "a: 1\n", "body", "---\na: 1\n---\nbody"},
		{"last line not ended", "a: 1", "body\n", "---\na: 1\n---\nbody\n"},
		{"nothing", "", "", "---\n---\n"},
		{"body with a fence", "a: 1\n", "---\n", "---\na: 1\n---\n---\n"},
	}
	for _, test := range tests {
		if got := frontmatter.Join([]byte(test.front), []byte(test.body)); string(got) != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
