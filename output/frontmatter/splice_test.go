package frontmatter_test

import (
	"errors"
	"strings"
	"testing"

	"ingest/output/frontmatter"
)

type entries = frontmatter.Map

func entry(key string, value any) frontmatter.Entry { return frontmatter.Entry{Key: key, Value: value} }

// TestSplice: the block before and after; what stands beside it never changes.
func TestSplice(t *testing.T) {
	tests := []struct {
		name, block string
		set         entries
		remove      []string
		want        string
		whole       bool
	}{
		{"equal value keeps its bytes", "a:   'x'  # mine\nb: [1, 2]\n", entries{entry("a", "x"), entry("b", frontmatter.List{int64(1), int64(2)})}, nil, "a:   'x'  # mine\nb: [1, 2]\n", false},
		{"one key changes", "# top\na: \"x\"\n\n# of b\nb: 1 # one\nc: ~\n", entries{entry("b", int64(2))}, nil, "# top\na: \"x\"\n\n# of b\nb: 2 # one\nc: ~\n", false},
		{"keys not named survive", "mine: [ x ]\na: 1\n", entries{entry("a", "w")}, nil, "mine: [ x ]\na: w\n", false},
		{"a # inside quotes is no comment", "a: 'x # y' # z\nb: \"p #q\"\n", entries{entry("a", "w"), entry("b", "w")}, nil, "a: w # z\nb: w\n", false},
		{"comment before a list", "a: # why\n- x\n- y\nb: 1\n", entries{entry("a", frontmatter.List{"x"})}, nil, "a: # why\n  - x\nb: 1\n", false},
		{"comment before a text", "a: x # why\n", entries{entry("a", "p\nq")}, nil, "a: |- # why\n  p\n  q\n", false},
		{"new key behind the one it follows", "a: 1\n\n# of z\nz: 1\n", entries{entry("a", int64(1)), entry("k", "x"), entry("m", nil)}, nil, "a: 1\nk: x\nm: null\n\n# of z\nz: 1\n", false},
		{"new key at the top", "# of a\na: 1\n", entries{entry("k", "x"), entry("a", int64(1))}, nil, "k: x\n# of a\na: 1\n", false},
		{"new key behind a text that ends with blank lines", "a: |+\n  x\n\nb: 1\n", entries{entry("a", "x\n\n"), entry("k", int64(1))}, nil, "a: |+\n  x\n\nk: 1\nb: 1\n", false},
		{"comment lines inside a value stay with it", "a:\n  - x\n  # - y\nb: 1\n", entries{entry("a", frontmatter.List{"x"}), entry("k", int64(1))}, nil, "a:\n  - x\n  # - y\nk: 1\nb: 1\n", false},
		{"comment lines inside a value go with it", "a:\n  - x\n  # - y\n# of b\nb: 1\n", entries{entry("a", "p\nq")}, nil, "a: |-\n  p\n  q\n# of b\nb: 1\n", false},
		{"removed", "a: 1\n# of b\nb:\n  - x\n\n# of c\nc: 1\n", nil, []string{"b"}, "a: 1\n# of b\n\n# of c\nc: 1\n", false},
		{"removed, the only one", "# top\na: 1\n# end\n", nil, []string{"a"}, "# top\n# end\n", false},
		{"removed behind a text with blank lines", "a: |+\n  x\n\nb: 1\n\nc: 1\n", nil, []string{"b"}, "a: |+\n  x\n\nc: 1\n", false},
		{"removed behind a text, comment below", "a: |\n  x\nb: 1\n  # of b\nc: 1\n", nil, []string{"b"}, "a: |\n  x\nc: 1\n", false},
		{"removed where it is not", "a: 1\n", nil, []string{"b"}, "a: 1\n", false},
		{"new text with blank lines before blank lines", "a: 1\n\nb: 2\n", entries{entry("a", "x\n\n")}, nil, "a: |+\n  x\n\nb: 2\n", false},
		{"texts over lines", "a: \"one\n  # two\"\nb: 'x\n\n  y'\nc: p\n  q\nd: >\n  f\n\n  # g\n\ne: 1\n", entries{entry("a", int64(1)), entry("c", int64(2)), entry("d", int64(3))}, nil, "a: 1\nb: 'x\n\n  y'\nc: 2\nd: 3\n\ne: 1\n", false},
		{"a text in quotes that goes on in the first column", "a: \"x\nb: y\"\nc: 1\n", entries{entry("c", int64(2))}, nil, "a: \"x\nb: y\"\nc: 2\n", false},
		{"all indented", "  a: 1\n  b: 1 # x\n", entries{entry("a", int64(1)), entry("k", "p\nq"), entry("b", frontmatter.List{"x"})}, nil, "  a: 1\n  k: |-\n    p\n    q\n  b: # x\n    - x\n", false},
		{"lists not indented", "tags:\n- a\n- b\nx: 1\n", entries{entry("x", int64(2))}, nil, "tags:\n- a\n- b\nx: 2\n", false},
		{"quoted keys", "\"a\": 1\n'b b': 2\n", entries{entry("a", int64(2)), entry("b b", int64(2))}, nil, "a: 2\n'b b': 2\n", false},
		{"quoted merge key is a key", "'<<': 1\n", entries{entry("<<", int64(2))}, nil, "'<<': 2\n", false},
		{"explicit key", "? a\n: 1\n? b\n: 2\n", entries{entry("b", int64(3))}, nil, "? a\n: 1\nb: 3\n", false},
		{"explicit key on a later line", "?\n  a\n: 1\nb: 2\n", entries{entry("b", int64(3))}, nil, "a: 1\nb: 3\n", true},
		{"tags and anchors", "!!str a: &x !t v\nb: 1\n", entries{entry("b", int64(2))}, nil, "!!str a: &x !t v\nb: 2\n", false},
		{"alias of a value that changes", "a: &x [1, 2] # c\nb:\n  k: *x # b's\nc: 1\n", entries{entry("a", int64(1))}, nil, "a: 1 # c\nb:\n  k:\n    - 1\n    - 2\nc: 1\n", false},
		{"alias in a value that changes", "a: &x [1, 2]\nb: *x\n", entries{entry("b", int64(1))}, nil, "a: &x [1, 2]\nb: 1\n", false},
		{"aliases in a chain", "a: &x 1\nb: &y [*x]\nc: *y\nd: 1\n", nil, []string{"a"}, "b:\n  - 1\nc:\n  - 1\nd: 1\n", false},
		{"merged key gets a value", "base: &x {p: 1, q: 2}\n<<: *x\n", entries{entry("p", int64(3))}, nil, "base: &x {p: 1, q: 2}\np: 3\n<<: *x\n", false},
		{"merged key is removed", "base: &x {p: 1, q: 2}\n<<: *x\n", nil, []string{"p"}, "base:\n  p: 1\n  q: 2\nq: 2\n", true},
		{"merged value changes", "base: &x {p: 1}\n<<: *x\n", entries{entry("base", int64(1))}, nil, "base: 1\np: 1\n", true},
		{"braces", "{a: 1, b: 2}\n", entries{entry("b", int64(3))}, nil, "a: 1\nb: 3\n", true},
		{"braces that stay", "{a: 1,\n b: 2} # x\n", entries{entry("b", int64(2))}, nil, "{a: 1,\n b: 2} # x\n", false},
		{"tag before the mapping", "!!map\na: 1\n", entries{entry("a", int64(3))}, nil, "a: 3\n", true},
		{"nothing", "", entries{entry("a", int64(1))}, nil, "a: 1\n", false},
		{"only a comment", "# none yet\n", entries{entry("a", int64(1))}, nil, "# none yet\na: 1\n", false},
		{"every key is removed", "a: 1\n", nil, []string{"a"}, "", false},
		{"key with dots", "... a: 1\nb: 1\n", entries{entry("b", int64(2))}, nil, "... a: 1\nb: 2\n", false},
		{"tab before a comment", "a: 1\t# x\nb: 1\n", entries{entry("a", int64(2))}, nil, "a: 2\t# x\nb: 1\n", false},
		{"not ASCII", "título: ü # é\nb: 😀\n", entries{entry("título", "中")}, nil, "título: 中 # é\nb: 😀\n", false},
		{"line separator in a comment", "a: 1 # x\u2028b: 2\nc: 1\n", entries{entry("c", int64(2))}, nil, "a: 1 # x\u2028b: 2\nc: 2\n", false},
		{"other numbers are equal", "a: 0x10\nb: 2.0\n", entries{entry("a", int64(16)), entry("b", int64(2))}, nil, "a: 0x10\nb: 2.0\n", false},
		{"keys of a mapping in another order", "a: {y: 1, x: 2}\n", entries{entry("a", entries{entry("x", int64(2)), entry("y", int64(1))})}, nil, "a: {y: 1, x: 2}\n", false},
	}
	frames := map[string][2]string{
		"usual":        {"---\n", "---\nbody\n"},
		"mark, blanks": {"\uFEFF---  \n", "... \n\n---\nbody"},
		"nothing else": {"---\n", "---"},
	}
	for _, test := range tests {
		for frame, around := range frames {
			t.Run(test.name+"/"+frame, func(t *testing.T) {
				checkSplice(t, around[0]+test.block+around[1], around[0]+test.want+around[1], test.set, test.remove, test.whole)
			})
		}
		t.Run(test.name+"/CRLF", func(t *testing.T) {
			crlf := func(s string) string { return strings.ReplaceAll("---\n"+s+"---\nbody\n", "\n", "\r\n") }
			checkSplice(t, crlf(test.block), crlf(test.want), test.set, test.remove, test.whole)
		})
	}
}

func checkSplice(t *testing.T, file, want string, set entries, remove []string, whole bool) {
	t.Helper()
	f, err := frontmatter.Split([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Splice(set, remove...)
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Bytes()) != want || (got.Whole != nil) != whole {
		t.Errorf("whole: %v\ngot  %q\nwant %q", got.Whole, got.Bytes(), want)
	}
	if string(f.Bytes()) != file {
		t.Errorf("the file given was changed: %q", f.Bytes())
	}
}

func TestSpliceErrors(t *testing.T) {
	for _, c := range []struct {
		block string
		set   entries
		want  error
	}{
		{"a: 1\na: 2\n", nil, frontmatter.ErrDuplicateKey},
		{"a: [\n", nil, frontmatter.ErrSyntax},
		{"- a\n", nil, frontmatter.ErrNotMapping},
		{"a: 1\n", entries{entry("a", t)}, frontmatter.ErrType},
	} {
		f := frontmatter.File{Open: []byte("---\n"), FrontMatter: []byte(c.block), Close: []byte("---\n")}
		if got, err := f.Splice(c.set); !errors.Is(err, c.want) || got.Found() {
			t.Errorf("%q: got %v, %v; want %v", c.block, got, err, c.want)
		}
	}
}

// TestSpliceWithoutFrontMatter: a page that has none gets some.
func TestSpliceWithoutFrontMatter(t *testing.T) {
	checkSplice(t, "\uFEFF# Title\n", "\uFEFF---\na: 1\n---\n# Title\n", entries{entry("a", int64(1))}, nil, false)
}

// TestSpliceManyComments: a value before a hundred thousand comment lines is changed in no time.
func TestSpliceManyComments(t *testing.T) {
	comments := strings.Repeat("# x\n\n", 50_000)
	checkSplice(t, "---\na: 1\n"+comments+"---\n", "---\na: 2\n"+comments+"---\n", entries{entry("a", int64(2))}, nil, false)
}
