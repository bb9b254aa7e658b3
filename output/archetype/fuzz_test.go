package archetype_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// FuzzParse: whatever the file, mistakes have a place in it, and what is
// accepted renders twice alike or fails with a RenderError.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a: = [", "slug: '= let w = default(slug(title), string(wp.id)); w'", "a: ''\nb: [1, 2.5, ~, no]\n$$c: {d: '== x'}",
		"a:\n  $each: topics\n  $when: true\n  $omit: true\n  b: = it", "a: |\n  = x", "--- a", "? [a]\n: b", "a: \"= \\x41 + b\"",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		a, err := archetype.ParsePart("a.yaml", src)
		if err != nil {
			for line := range strings.SplitSeq(mistakes(t, err), "\n") {
				if strings.HasPrefix(line, "0:") || strings.Contains(line, ":0 ") && strings.Index(line, ":0 ") < 8 {
					t.Errorf("no position: %s", line)
				}
			}
			return
		}
		first, err := a.Render(archetype.Env{Topics: []string{"x", "y"}})
		if err != nil {
			var re *archetype.RenderError
			if !errors.As(err, &re) {
				t.Errorf("got a %T: %v", err, err)
			}
			return
		}
		second, err := a.Render(archetype.Env{Topics: []string{"x", "y"}})
		if err != nil || !same(first, second) {
			t.Errorf("got %v, then %v (%v)", first, second, err)
		}
	})
}

// same compares what is written, since a NaN equals nothing.
func same(a, b frontmatter.Map) bool {
	as, errA := frontmatter.Marshal(a)
	bs, errB := frontmatter.Marshal(b)
	return string(as) == string(bs) && (errA == nil) == (errB == nil)
}

// FuzzTruncate: the result is a prefix in whole characters, no longer than
// asked for, and as long as possible.
func FuzzTruncate(f *testing.F) {
	f.Add("a😀b", 2)
	f.Add("\xff\xf0\x9f", 1)
	f.Fuzz(func(t *testing.T, s string, n int) {
		if n < 0 {
			t.Skip("no length")
		}
		got := archetype.Truncate(s, n)
		rest, ok := strings.CutPrefix(s, got)
		if !ok {
			t.Fatalf("%q is no prefix of %q", got, s)
		}
		units := len(utf16.Encode([]rune(got)))
		next, _ := utf8.DecodeRuneInString(rest)
		if units > n || rest != "" && units+max(1, utf16.RuneLen(next)) <= n {
			t.Errorf("Truncate(%q, %d) = %q, %d units", s, n, got, units)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("Truncate(%q, %d) = %q cuts a character", s, n, got)
		}
	})
}
