package frontmatter_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"ingest/output/frontmatter"
)

// TestDecodePlain shows what plain scalars mean to us; where it differs from the YAML library's own reading, the name
// says so.
func TestDecodePlain(t *testing.T) {
	tests := []struct {
		name, text string
		want       any
	}{
		{"nothing", "", nil},
		{"tilde", "~", nil},
		{"null", "Null", nil},
		{"boolean", "TRUE", true},
		{"old boolean is a word", "yes", "yes"},
		{"integer", "+12", int64(12)},
		{"leading zero is decimal, for the library octal", "0777", int64(777)},
		{"octal", "0o17", int64(15)},
		{"hexadecimal", "-0xff", int64(-255)},
		{"binary", "0b101", int64(5)},
		{"prefix in capitals is a word, for the library a number", "0X1F", "0X1F"},
		{"underscores make a word, for the library a number", "1_000", "1_000"},
		{"largest integer", "9223372036854775807", int64(math.MaxInt64)},
		{"larger integer", "9223372036854775808", 9223372036854775808.0},
		{"float", "1.", 1.0},
		{"exponent", "5.e-7", 5e-7},
		{"no digit before the point", ".5", 0.5},
		{"nor before it a sign, for the library a number", "+.5", "+.5"},
		{"minus zero", "-0.0", math.Copysign(0, -1)},
		{"infinity", "-.Inf", math.Inf(-1)},
		{"not a number", ".NaN", math.NaN()},
		{"too large for a number", "1e400", "1e400"},
		{"too large an integer", strings.Repeat("9", 309), strings.Repeat("9", 309)},
		{"base 60 is a word", "12:30", "12:30"},
		{"date is a string, for the library a time", "2020-12-15", "2020-12-15"},
		{"merge key as a value", "<<", "<<"},
		{"quoted", `"12"`, "12"},
		{"block", "|-\n 12", "12"},
		{"folded over lines", "two\n  words", "two words"},
		{"comment", "12 # twelve", int64(12)},
		{"string by tag", "!!str 12", "12"},
		{"string by the bare tag", "! 12", "12"},
		{"integer by tag", `!!int "12"`, int64(12)},
		{"float by tag", "!!float 12", 12.0},
		{"null by tag", `!!null ""`, nil},
		{"boolean by tag", `!!bool "true"`, true},
		{"unknown tag is set aside", "!colour red", "red"},
		{"flow", "[a, {b: 1, c}]", frontmatter.List{"a", frontmatter.Map{{Key: "b", Value: int64(1)}, {Key: "c", Value: nil}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := frontmatter.Decode([]byte("key: " + test.text + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			got, _ := m.Get("key")
			if !frontmatter.Equal(got, test.want) || fmt.Sprintf("%T", got) != fmt.Sprintf("%T", test.want) && test.name != "float by tag" {
				t.Errorf("got %T %v, want %T %v", got, got, test.want, test.want)
			}
		})
	}
}

func TestDecodeMappings(t *testing.T) {
	type object = frontmatter.Map
	tests := []struct {
		name, text string
		want       object
	}{
		{"nothing", "", nil},
		{"only a comment", "# nothing\n", nil},
		{"empty mapping", "{}\n", object{}},
		{"order is kept", "b: 1\na: 2\n", object{{Key: "b", Value: int64(1)}, {Key: "a", Value: int64(2)}}},
		{"CRLF", "b: 1\r\na: x\r\n", object{{Key: "b", Value: int64(1)}, {Key: "a", Value: "x"}}},
		{"keys as spelled", "2020: a\n1.50: b\nnull: c\n~: d\n", object{{Key: "2020", Value: "a"}, {Key: "1.50", Value: "b"}, {Key: "null", Value: "c"}, {Key: "~", Value: "d"}}},
		{"alias", "a: &x [1]\nb: *x\n", object{{Key: "a", Value: frontmatter.List{int64(1)}}, {Key: "b", Value: frontmatter.List{int64(1)}}}},
		{"alias as a key", "a: &x k\n*x : 1\n", object{{Key: "a", Value: "k"}, {Key: "k", Value: int64(1)}}},
		{
			"merge", "a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n",
			object{{Key: "a", Value: object{{Key: "k", Value: int64(1)}, {Key: "l", Value: int64(2)}}}, {Key: "b", Value: object{{Key: "k", Value: int64(1)}, {Key: "l", Value: int64(3)}}}},
		},
		{
			"merge of two, the first wins", "<<: [{k: 1}, {k: 2, l: 3}]\nm: 4\n",
			object{{Key: "k", Value: int64(1)}, {Key: "l", Value: int64(3)}, {Key: "m", Value: int64(4)}},
		},
		{"quoted merge key is a key", "'<<': {k: 1}\n", object{{Key: "<<", Value: object{{Key: "k", Value: int64(1)}}}}},
		{"key that begins with three dots", "a: |+\n\n\n... b: 1\n", object{{Key: "a", Value: "\n\n"}, {Key: "... b", Value: int64(1)}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := frontmatter.Decode([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			// compared as text, since Equal does not look at the order
			if fmt.Sprintf("%#v", append(object{}, got...)) != fmt.Sprintf("%#v", append(object{}, test.want...)) {
				t.Errorf("got  %#v\nwant %#v", got, test.want)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	laughs := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf("%c: &%[1]c [*%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c]\n", c, c-1)
	}
	tests := []struct {
		name, text   string
		want         error
		line, column int
	}{
		{"list", "- a\n", frontmatter.ErrNotMapping, 1, 1},
		{"word", "\n\nword\n", frontmatter.ErrNotMapping, 3, 1},
		{"broken quotes", "a: 1\nb: \"x\n", frontmatter.ErrSyntax, 3, 1},
		{"broken indentation", "a: 1\n  b: 2\n", frontmatter.ErrSyntax, 2, 4},
		{"control character", "a: 1\nb: x\x01\n", frontmatter.ErrSyntax, 2, 0},
		{"invalid UTF-8", "a: 1\n\nb: \xff\n", frontmatter.ErrSyntax, 3, 0},
		{"unknown alias", "a: *x\n", frontmatter.ErrSyntax, 1, 4},
		{"key twice", "a: 1\nb:\n  c: 1\n  'c': 2\n", frontmatter.ErrDuplicateKey, 4, 3},
		{"list as a key", "? [a]\n: 1\n", frontmatter.ErrKey, 1, 3},
		{"merge of a word", "<<: a\n", frontmatter.ErrMerge, 1, 5},
		{"merge of a list of words", "<<: [a]\n", frontmatter.ErrMerge, 1, 5},
		{"no integer", "a: !!int 1.5\n", frontmatter.ErrTag, 1, 4},
		{"no float", "a: !!float x\n", frontmatter.ErrTag, 1, 4},
		{"no boolean", "a: !!bool yes\n", frontmatter.ErrTag, 1, 4},
		{"no null", "a: !!null 0\n", frontmatter.ErrTag, 1, 4},
		{"second document", "a: 1\n---\nb: 2\n", frontmatter.ErrDocuments, 2, 1},
		{"broken second document", "a: 1\n---\nb: 'x\n", frontmatter.ErrSyntax, 4, 1},
		{"nested aliases", laughs, frontmatter.ErrAliases, 5, 24},
		{"one long alias many times", "a: &a " + strings.Repeat("x", 1000) + "\nb: [" + strings.Repeat("*a,", 2000) + "]\n", frontmatter.ErrAliases, 2, 3101},
		{
			"one long key many times", "a: &a " + strings.Repeat("x", 1000) + "\nb: [" + strings.Repeat("{*a : 1},", 2000) + "]\n",
			frontmatter.ErrAliases, 2, 9294,
		},
		{
			"one mapping with a long key many times", "a: &a {" + strings.Repeat("x", 1000) + ": 1}\nb: [" + strings.Repeat("*a,", 2000) + "]\n",
			frontmatter.ErrAliases, 2, 3002,
		},
		{"alias to its own list", "a: &a [*a]\n", frontmatter.ErrTooDeep, 1, 4},
		{"alias to its own mapping", "a: &a\n  b: *a\n", frontmatter.ErrTooDeep, 1, 4},
		{"too deep", "a: " + strings.Repeat("[", frontmatter.MaxDepth) + strings.Repeat("]", frontmatter.MaxDepth) + "\n", frontmatter.ErrTooDeep, 1, frontmatter.MaxDepth + 3},
		{
			"mappings too deep", "a: " + strings.Repeat("{a: ", frontmatter.MaxDepth) + strings.Repeat("}", frontmatter.MaxDepth) + "\n",
			frontmatter.ErrTooDeep, 1, 4 * frontmatter.MaxDepth,
		},
		{"far too deep", strings.Repeat("- ", 100_000), frontmatter.ErrTooDeep, 1, 2*frontmatter.MaxDepth + 1},
		{"far too deep in flow", strings.Repeat("[", 100_000), frontmatter.ErrTooDeep, 1, frontmatter.MaxDepth + 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := frontmatter.Decode([]byte(test.text))
			var typed *frontmatter.DecodeError
			if !errors.As(err, &typed) || !errors.Is(err, test.want) {
				t.Fatalf("got error %v, want %v", err, test.want)
			}
			if typed.Line != test.line || typed.Column != test.column {
				t.Errorf("got line %d, column %d, want %d, %d: %v", typed.Line, typed.Column, test.line, test.column, err)
			}
			if typed.Hint() == "" || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q with hint %q, want one line and a hint", err, typed.Hint())
			}
		})
	}
}
