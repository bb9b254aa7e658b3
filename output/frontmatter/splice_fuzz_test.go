package frontmatter

import (
	"bytes"
	"strconv"
	"testing"
)

// FuzzSplice: edits of any readable block, one bit of choice for each key and two values for new ones.
//
//   - without an edit no byte changes;
//   - what is read afterwards is what was there with the edits;
//   - unless the whole had to be written anew, a key that was not edited has the same lines, and so have the comments
//     and blank lines behind it, but for blank lines behind an edit.
func FuzzSplice(f *testing.F) {
	for _, s := range []string{
		"", "a: 1\n", "# c\na: 1 # x\n\n# d\nb:\n- x\n\n", "a: |+\n  x\n\nb: 1\n", "a: \"x\n  # y\"\nb: 'x\n y'\n", "a: &x [1]\nb: *x\n",
		"a: &x {p: 1}\n<<: *x\nb: 2\n", "{a: 1, b: 2}\n", "? a\n: 1\n?\n  b\n: 2\n", "  a: 1\n  b: >\n    x\n   \n", "a:\n  - x\n  # y\n\n  # z\nb: 1\n",
		"a: 1\r\nb: |\r\n  x\r\n\r\nc: 1\r\n", "... a: 1\nb: 1\n", "a: 1\u2028b: 2\n", "a: x # y\rb: 1\n", "!!map\na: 1\n", "a: 1\n\t# x\nb: 1\n",
	} {
		f.Add([]byte(s), uint64(1), "x", "new")
		f.Add([]byte(s), uint64(6), "p\n\n", "a")
		f.Add([]byte(s), uint64(2|2<<2), "p\nq", "# x")
	}
	f.Fuzz(func(t *testing.T, text []byte, choice uint64, value, key string) {
		if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
			text = append(text, '\n')
		}
		file, err := Split(append(append([]byte("---\n"), text...), "---\nbody"...))
		if err != nil || !bytes.Equal(file.FrontMatter, text) {
			return
		}
		was, err := Decode(text)
		if err != nil {
			return
		}
		same, err := file.Splice(was)
		if err != nil || !bytes.Equal(same.Bytes(), file.Bytes()) {
			t.Fatalf("without an edit: %v\ngot  %q\nwant %q", err, same.Bytes(), file.Bytes())
		}
		set, remove := fuzzEdits(was, choice, value, key)
		got, err := file.Splice(set, remove...)
		if err != nil {
			t.Fatal(err)
		}
		want := was.With(set, remove...)
		back, err := Split(got.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		m, err := Decode(back.FrontMatter)
		if err != nil || !Equal(m, want) || string(back.Body) != "body" {
			t.Fatalf("reads as %v, %v; want %v\n%q became\n%q", m, err, want, text, got.FrontMatter)
		}
		if got.Whole == nil && !bytes.Equal(got.FrontMatter, text) {
			checkOutside(t, text, got.FrontMatter, was, want)
		}
	})
}

func fuzzEdits(was Map, choice uint64, value, key string) (set Map, remove []string) {
	for _, e := range was {
		switch choice & 3 {
		case 0:
			set = append(set, e)
		case 1:
			set = append(set, Entry{e.Key, value})
		case 2:
			remove = append(remove, e.Key)
		}
		choice >>= 2
	}
	if _, there := was.Get(validText(key)); !there && choice&1 == 0 {
		set = append(set, Entry{validText(key), List{value, int64(choice)}})
	}
	return set, remove
}

// checkOutside compares the lines of the keys that were not edited and of what stands between keys.
func checkOutside(t *testing.T, before, after []byte, was, want Map) {
	t.Helper()
	a, style := cutBlock(before, was)
	if style != nil {
		t.Fatal("cut before: " + style.Reason)
	}
	b, style := cutBlock(after, want)
	if style != nil {
		t.Fatal("cut after: " + style.Reason)
	}
	if err := a.mark(want); err != nil {
		t.Fatal(err)
	}
	now := map[string]entry{}
	for _, e := range b.entries {
		now[e.name+strconv.FormatBool(e.merge)] = e
	}
	for _, e := range a.entries {
		other, there := now[e.name+strconv.FormatBool(e.merge)]
		if e.change != stays || !there {
			continue
		}
		end, _ := a.extent(e)
		otherEnd, _ := b.extent(other)
		if !bytes.Equal(before[e.start:end], after[other.start:otherEnd]) {
			t.Fatalf("key %q became\n%q, was\n%q", e.name, after[other.start:otherEnd], before[e.start:end])
		}
	}
	if x, y := comments(a), comments(b); !bytes.Equal(x, y) {
		t.Fatalf("the comments between keys are\n%q, were\n%q", y, x)
	}
}

// comments returns the comment lines between the keys of a block.
func comments(b *block) []byte {
	from, all := 0, []byte(nil)
	take := func(to int) {
		for line := range bytes.Lines(b.text[from:to]) {
			if len(bytes.TrimSpace(line)) > 0 {
				all = append(all, line...)
			}
		}
	}
	for _, e := range b.entries {
		take(e.start)
		_, from = b.extent(e)
	}
	take(len(b.text))
	return all
}
