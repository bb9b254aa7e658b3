package frontmatter_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"ingest/output/frontmatter"
)

// FuzzReadsBack: any Map is read back equal, and writing what was read gives the same bytes again.
func FuzzReadsBack(f *testing.F) {
	for _, s := range trickyStrings() {
		f.Add(s, s, []byte(s))
	}
	f.Fuzz(func(t *testing.T, key, text string, data []byte) {
		seeds := source{data}
		m := frontmatter.Map{{Key: key, Value: text}, {Key: "map " + key, Value: seeds.mapping(0)},
			{Key: "deep", Value: frontmatter.List{frontmatter.List{text}, frontmatter.Map{{Key: text, Value: text}}}}}
		out, err := frontmatter.Marshal(m)
		if errors.Is(err, frontmatter.ErrDuplicateKey) {
			t.Skip("made the same key twice")
		}
		if err != nil {
			t.Fatal(err)
		}
		checkReadsBack(t, m, out)
	})
}

func checkReadsBack(t *testing.T, m frontmatter.Map, out []byte) {
	t.Helper()
	back, err := frontmatter.Decode(out)
	if err != nil {
		t.Fatalf("cannot read back: %v\n%s", err, out)
	}
	if !frontmatter.Equal(m, back) {
		t.Fatalf("reads back different\ngot  %#v\nwant %#v\n%s", back, m, out)
	}
	again, err := frontmatter.Marshal(back)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, out) {
		t.Fatalf("written again it differs\ngot  %q\nwant %q", again, out)
	}
}

// FuzzDecode: any text is read or refused with a typed error; what was read can be written and read back.
func FuzzDecode(f *testing.F) {
	for _, s := range trickyStrings() {
		f.Add([]byte(s))
		f.Add([]byte("key: " + s))
	}
	f.Add([]byte("a: &a [x, *a]\n"))
	f.Add([]byte("base: &b {x: 1}\nuse:\n  <<: *b\n  y: 2\n"))
	f.Add([]byte("? - a\n: !!int 3 # comment\n"))
	f.Fuzz(func(t *testing.T, fm []byte) {
		m, err := frontmatter.Decode(fm)
		if err != nil {
			var typed *frontmatter.DecodeError
			if !errors.As(err, &typed) {
				t.Fatalf("error of type %T: %v", err, err)
			}
			return
		}
		out, err := frontmatter.Marshal(m)
		if err != nil {
			t.Fatalf("cannot write what was read: %v", err)
		}
		checkReadsBack(t, m, out)
	})
}

// FuzzSplit: a file is its parts, whatever it is; and a file joined from the parts has the same parts.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "---\na: 1\n---\nbody", "\uFEFF---\r\na: 1\r\n...\r\nbody\r\n", "---", "---\n---", "--- \n\n---\t\n---\n", "\xff\xfe", "---\ra\r---\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, err := frontmatter.Split(src)
		if got := file.Bytes(); !bytes.Equal(got, src) {
			t.Fatalf("got  %q\nwant %q", got, src)
		}
		if err != nil || !file.Found() {
			return
		}
		again, err := frontmatter.Split(frontmatter.Join(file.FrontMatter, file.Body))
		if err != nil || !bytes.Equal(again.FrontMatter, file.FrontMatter) || !bytes.Equal(again.Body, file.Body) {
			t.Fatalf("joined and split again: %v\ngot  %q %q\nwant %q %q", err, again.FrontMatter, again.Body, file.FrontMatter, file.Body)
		}
	})
}

// source makes values from fuzz input.
type source struct{ data []byte }

func (s *source) byte() byte {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b
}

func (s *source) take(n int) []byte {
	n = min(n, len(s.data))
	part := s.data[:n]
	s.data = s.data[n:]
	return part
}

func (s *source) number() uint64 {
	var b [8]byte
	copy(b[:], s.take(8))
	return binary.BigEndian.Uint64(b[:])
}

func (s *source) mapping(depth int) frontmatter.Map {
	m := frontmatter.Map{}
	for n := s.byte() % 5; n > 0; n-- {
		m = append(m, frontmatter.Entry{Key: string(s.take(int(s.byte()))), Value: s.value(depth + 1)})
	}
	return m
}

func (s *source) value(depth int) any {
	kind := s.byte() % 9
	if depth > 20 {
		kind %= 7
	}
	switch kind {
	case 0:
		return nil
	case 1:
		return s.byte()%2 == 0
	case 2:
		return int64(s.number())
	case 3:
		return math.Float64frombits(s.number())
	case 4, 5, 6:
		return string(s.take(int(s.byte())))
	case 7:
		return s.mapping(depth)
	}
	list := frontmatter.List{}
	for n := s.byte() % 5; n > 0; n-- {
		list = append(list, s.value(depth+1))
	}
	return list
}

func trickyStrings() []string {
	return []string{
		"", " ", "\n", "\n\n", " a", "a ", "\n a", "a\n", "a\n\n\n", " \n a\nb ", "a: b", "a #b", "... a", "---", "# a", "- a", "? a", "<<", "~", "null", "yes", "1:30", "0x1F",
		"1e400", "2020-12-15", "\t", "\r\n", "\u0085\u2028\u2029\uFEFF", "\x00\x1b\x7f", "\xff\xfe", "it's", `"q"\`, "😀 ",
		"a long sentence about telemedicine that goes on and on until it is longer than eighty columns\n  and an indented line\n\nend",
	}
}
