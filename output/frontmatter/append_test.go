package frontmatter_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"ingest/output/frontmatter"
)

// TestAppendStyles shows the form of each kind of value. The wanted lines are js-yaml's.
func TestAppendStyles(t *testing.T) {
	long := strings.Repeat("word ", 15)
	tests := []struct {
		name  string
		value any
		want  string
	}{
		{"null", nil, "null"},
		{"boolean", true, "true"},
		{"integer", int64(-3960), "-3960"},
		{"integer that JavaScript would round", int64(math.MaxInt64), "9223372036854775807"},
		{"whole float", 2.0, "2"},
		{"fraction", 98.61, "98.61"},
		{"large float", 1e20, "100000000000000000000"},
		{"larger float", 1e21, "1e+21"},
		{"small float", 0.000001, "0.000001"},
		{"smaller float", 1e-7, "1.e-7"},
		{"smaller float with fraction", 1.5e-10, "1.5e-10"},
		{"minus zero", math.Copysign(0, -1), "-0.0"},
		{"not a number", math.NaN(), ".nan"},
		{"infinity", math.Inf(1), ".inf"},
		{"minus infinity", math.Inf(-1), "-.inf"},
		{"empty list", frontmatter.List{}, "[]"},
		{"nil list", frontmatter.List(nil), "[]"},
		{"empty mapping", frontmatter.Map{}, "{}"},
		{"list", frontmatter.List{"a", int64(1)}, "\n  - a\n  - 1"},
		{"list in a list", frontmatter.List{frontmatter.List{"a", "b"}, frontmatter.List{}}, "\n  - - a\n    - b\n  - []"},
		{"mapping in a list", frontmatter.List{frontmatter.Map{{Key: "a", Value: nil}, {Key: "b", Value: nil}}}, "\n  - a: null\n    b: null"},
		{"mapping", frontmatter.Map{{Key: "a", Value: frontmatter.Map{{Key: "b", Value: "c"}}}}, "\n  a:\n    b: c"},
		{"plain", "with:colon and#sign", "with:colon and#sign"},
		{"empty string", "", "''"},
		{"blank", " ", "' '"},
		{"colon and blank", "Healthcare: Telemedicine", "'Healthcare: Telemedicine'"},
		{"colon at the end", "tail:", "'tail:'"},
		{"comment sign", "a # b", "'a # b'"},
		{"apostrophe within", "don't", "don't"},
		{"apostrophe quoted", "don't: do", "'don''t: do'"},
		{"indicator", "*bold*", "'*bold*'"},
		{"equals sign", "= 1", "'= 1'"},
		{"date", "2020-12-15", "'2020-12-15'"},
		{"short date is a word", "2020-1-5", "2020-1-5"},
		{"time with one digit is a word", "2020-12-15 1:02:3", "2020-12-15 1:02:3"},
		{"time", "2020-12-22T03:12:41.254000Z", "'2020-12-22T03:12:41.254000Z'"},
		{"base 60", "12:30", "'12:30'"},
		{"old boolean", "Yes", "'Yes'"},
		{"not quite a boolean", "yEs", "yEs"},
		{"underscores make a word of a number", "1_000", "1_000"},
		{"too large for a number", "1e400", "1e400"},
		{"merge key", "<<", "'<<'"},
		{"tab", "a\tb", `"a\tb"`},
		{"carriage return", "a\r\nb", `"a\r\nb"`},
		{"named escapes", "\x00\a\b\v\f\x1b\"\\\u0085\u00A0\u2028\u2029", `"\0\a\b\v\f\e\"\\\N\_\L\P"`},
		{"numbered escapes", "\x01\x7F\u009F\uFEFF\uFFFE", `"\x01\x7F\x9F\uFEFF\uFFFE"`},
		{"invalid UTF-8", "a\xff\xfe\xfdb", "a\uFFFDb"},
		{"emoji", "😀", "😀"},
		{"lines", "a\nb", "|-\n  a\n  b"},
		{"lines with one line feed at the end", "a\nb\n", "|\n  a\n  b"},
		{"lines with more line feeds at the end", "a\n\n\n", "|+\n  a\n\n"},
		{"only a line feed", "\n", "|+\n"},
		{"lines of which the first is indented", " a\nb", "|2-\n   a\n  b"},
		{"empty lines before an indented one", "\n\n a", "|2-\n\n\n   a"},
		{"78 units fit", long + "abc", long + "abc"},
		{"79 units are folded", long + "abcd", ">-\n  " + strings.TrimSpace(long) + "\n  abcd"},
		{"emoji count two units", strings.Repeat("😀 ", 26) + "a", ">-\n  " + strings.Repeat("😀 ", 25) + "😀\n  a"},
		{"one long word", strings.Repeat("x", 79), ">-\n  " + strings.Repeat("x", 79)},
		{"long line that begins with a blank", " " + long + long, "' " + long + long + "'"},
		{"folded with paragraphs", long + "abcd\nb\n\nc\n", ">\n  " + strings.TrimSpace(long) + "\n  abcd\n\n  b\n\n\n  c"},
		{"folded beside an indented line", long + "abcd\n  b\nc", ">-\n  " + strings.TrimSpace(long) + "\n  abcd\n    b\n  c"},
		{"no fold among blanks", long + "ab   cd", ">-\n  " + strings.TrimSpace(long) + "\n  ab   cd"},
		{"two blanks are kept at a fold", long + "  abcd", ">-\n  " + strings.TrimSpace(long) + "  \n  abcd"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := frontmatter.Map{{Key: "key", Value: test.value}}
			got, err := frontmatter.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			want := "key: " + test.want + "\n"
			if strings.HasPrefix(test.want, "\n") {
				want = "key:" + test.want + "\n"
			}
			if string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			checkReadsBack(t, m, got)
		})
	}
}

func TestAppendKeys(t *testing.T) {
	k1024 := strings.Repeat("k", 1024)
	tests := []struct{ name, key, want string }{
		{"plain", "msvalidate.01", "msvalidate.01: 1\n"},
		{"empty", "", "'': 1\n"},
		{"number", "2020", "'2020': 1\n"},
		{"null", "null", "'null': 1\n"},
		{"old boolean", "on", "'on': 1\n"},
		{"colon and blank", "a: b", "'a: b': 1\n"},
		{"line feed", "a\nb", "\"a\\nb\": 1\n"},
		{"three dots", "... and more", "... and more: 1\n"},
		{"long, but one line", strings.Repeat("word ", 30) + "end", strings.Repeat("word ", 30) + "end: 1\n"},
		{"1024 units", k1024, k1024 + ": 1\n"},
		{"1025 units", k1024 + "k", "? " + k1024 + "k\n: 1\n"},
		{"1024 units in more bytes", strings.Repeat("😀", 512), strings.Repeat("😀", 512) + ": 1\n"},
		{"quotes count", "*" + k1024[:1021], "'*" + k1024[:1021] + "': 1\n"},
		{"quotes count one too many", "*" + k1024[:1022], "? '*" + k1024[:1022] + "'\n: 1\n"},
		{"too large for a number", strings.Repeat("1", 400), strings.Repeat("1", 400) + ": 1\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := frontmatter.Map{{Key: test.key, Value: int64(1)}}
			got, err := frontmatter.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			checkReadsBack(t, m, got)
		})
	}
}

// TestAppendExplicitKeys shows what follows a key in the explicit form.
func TestAppendExplicitKeys(t *testing.T) {
	key := strings.Repeat("k", 1025)
	m := frontmatter.Map{{Key: "outer", Value: frontmatter.Map{
		{Key: key, Value: frontmatter.Map{{Key: "a", Value: int64(1)}, {Key: "b", Value: frontmatter.List{"c"}}}},
		{Key: key + "2", Value: frontmatter.List{"c", "d"}},
		{Key: key + "3", Value: frontmatter.List{}},
	}}}
	want := "outer:\n  ? " + key + "\n  : a: 1\n    b:\n      - c\n  ? " + key + "2\n  : - c\n    - d\n  ? " + key + "3\n  : []\n"
	got, err := frontmatter.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	checkReadsBack(t, m, got)
}

// TestAppendDeepText: the folded width goes down to 40 and no further.
func TestAppendDeepText(t *testing.T) {
	for _, test := range []struct{ depth, width int }{{1, 78}, {2, 76}, {20, 40}, {21, 40}, {30, 40}} {
		word := strings.Repeat("x", test.width-2)
		var v any = word + " a b"
		for i := 1; i < test.depth; i++ {
			v = frontmatter.List{v}
		}
		got, err := frontmatter.Marshal(frontmatter.Map{{Key: "k", Value: v}})
		if err != nil {
			t.Fatal(err)
		}
		indent := strings.Repeat(" ", 2*test.depth)
		if want := ">-\n" + indent + word + " a\n" + indent + "b\n"; !strings.HasSuffix(string(got), want) {
			t.Errorf("depth %d: got\n%s\nwant at the end\n%s", test.depth, got, want)
		}
	}
}

// TestAppendSameKeys: two mappings, small or large, may have the same keys.
func TestAppendSameKeys(t *testing.T) {
	for _, n := range []int{1, 100} {
		m := frontmatter.Map{}
		for i := range n {
			m = append(m, frontmatter.Entry{Key: fmt.Sprint("key", i)})
		}
		if _, err := frontmatter.Marshal(frontmatter.Map{{Key: "key0", Value: m}, {Key: "key1", Value: m}}); err != nil {
			t.Errorf("%d keys: %v", n, err)
		}
	}
}

// TestAppendArticle writes a document with the shapes that articles of the content tree have.
func TestAppendArticle(t *testing.T) {
	want, err := os.ReadFile("testdata/article.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := frontmatter.Append([]byte("---\n"), article())
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != "---\n"+string(want) {
		t.Errorf("got\n%s\nwant\n---\n%s", got, want)
	}
	checkReadsBack(t, article(), want)
}

func TestAppendEmpty(t *testing.T) {
	got, err := frontmatter.Append([]byte("before\n"), nil)
	if err != nil || string(got) != "before\n{}\n" {
		t.Errorf("got %q, %v, want %q", got, err, "before\n{}\n")
	}
}

func TestAppendRefuses(t *testing.T) {
	many := frontmatter.Map{}
	for _, letter := range "abcdefghijklmnopqrstuvwxyzc" {
		many = append(many, frontmatter.Entry{Key: string(letter)})
	}
	tests := []struct {
		name string
		m    frontmatter.Map
		want error
		path string
	}{
		{"int", frontmatter.Map{{Key: "id", Value: 3960}}, frontmatter.ErrType, "id"},
		{"slice that is no List", frontmatter.Map{{Key: "tags", Value: []string{"a"}}}, frontmatter.ErrType, "tags"},
		{
			"deep inside", frontmatter.Map{{Key: "a", Value: frontmatter.List{nil, frontmatter.Map{{Key: "b", Value: struct{}{}}}}}},
			frontmatter.ErrType, "a[1].b",
		},
		{"list in a list", frontmatter.Map{{Key: "a", Value: frontmatter.List{frontmatter.List{uint8(1)}}}}, frontmatter.ErrType, "a[0][0]"},
		{"key twice", frontmatter.Map{{Key: "a"}, {Key: "b"}, {Key: "a"}}, frontmatter.ErrDuplicateKey, "a"},
		{"key twice in a large mapping", frontmatter.Map{{Key: "m", Value: many}}, frontmatter.ErrDuplicateKey, "m.c"},
		{"keys that are written alike", frontmatter.Map{{Key: "\xff"}, {Key: "\uFFFD"}}, frontmatter.ErrDuplicateKey, "\uFFFD"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := frontmatter.Append([]byte("before\n"), test.m)
			var typed *frontmatter.ValueError
			if !errors.As(err, &typed) || !errors.Is(err, test.want) || typed.Path != test.path {
				t.Errorf("got error %v, want %q at %q", err, test.want, test.path)
			}
			if string(got) != "before\n" {
				t.Errorf("got %q, want the slice as it was", got)
			}
		})
	}
}

// nested returns a Map with that many lists and mappings inside each other, itself counted.
func nested(depth int) frontmatter.Map {
	var v any = "inside"
	for i := 1; i < depth; i++ {
		if i%2 == 0 {
			v = frontmatter.List{v}
		} else {
			v = frontmatter.Map{{Key: "k", Value: v}}
		}
	}
	return frontmatter.Map{{Key: "k", Value: v}}
}

func TestAppendDepth(t *testing.T) {
	out, err := frontmatter.Marshal(nested(frontmatter.MaxDepth))
	if err != nil {
		t.Fatal(err)
	}
	checkReadsBack(t, nested(frontmatter.MaxDepth), out)

	endless := frontmatter.Map{{Key: "k"}}
	endless[0].Value = endless
	for name, m := range map[string]frontmatter.Map{
		"one level too many": nested(frontmatter.MaxDepth + 1), "far too many": nested(10 * frontmatter.MaxDepth), "endless": endless,
	} {
		if _, err := frontmatter.Marshal(m); !errors.Is(err, frontmatter.ErrTooDeep) {
			t.Errorf("%s: got error %v, want %v", name, err, frontmatter.ErrTooDeep)
		}
	}
}

// TestAppendLargeStrings would not come to an end if any style took more than linear time.
func TestAppendLargeStrings(t *testing.T) {
	for _, unit := range []string{"word ", "😀", "'\n", "\x01"} {
		size := 1 << 20
		if unit == "word " { // the largest body that we expect
			size *= 5
		}
		m := frontmatter.Map{{Key: "value", Value: strings.Repeat(unit, size/len(unit))}}
		out, err := frontmatter.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := frontmatter.Decode(out)
		if err != nil || !frontmatter.Equal(m, back) {
			t.Errorf("%q: does not read back equal: %v", unit, err)
		}
	}
}
