package frontmatter

import (
	"bytes"
	"fmt"
)

// Spliced is a file after [File.Splice].
type Spliced struct {
	File
	// Whole says why all of the front matter had to be written anew; nil if single keys could be edited.
	Whole *StyleError
}

// StyleError says why the keys of a block of front matter cannot be edited one by one. Nothing is lost by it but
// comments and the author's style.
type StyleError struct{ Reason string }

func (e *StyleError) Error() string {
	return "the front matter was written anew as a whole, without its comments: " + e.Reason
}

// Splice edits the front matter of a file by the keys of its outermost mapping, in whatever style it is written. In the
// file that comes back
//
//   - a key of set whose value reads back [Equal] keeps its bytes, its comments and its place;
//   - one with another value is written anew, as [Append] writes it, in the same place, with the file's line ends and
//     with the comment that stood on its first line; comments inside the old value go with it;
//   - one that the file lacks is put behind the nearest key before it in set that the file has, or at the top;
//   - the keys of remove are gone;
//   - all else is as it was: other keys, blank lines and comments between keys, byte order mark, fences, body.
//
// Two things reach further: a key whose value names (by a YAML alias) something inside a key that changes is written
// anew with the same value, and blank lines that would become part of a text before them are dropped.
//
// The result is read back before it is returned. Where it does not read as it should, and for a mapping in braces or
// with keys in an unusual form, the whole block is written anew with all its keys in their order, and Whole says so.
//
// Errors are those of [Decode] and [Append]; the file is then to stay as it is. A file without front matter gets some.
func (f File) Splice(set Map, remove ...string) (Spliced, error) {
	was, err := Decode(f.FrontMatter)
	if err != nil {
		return Spliced{}, err
	}
	want := was.With(set, remove...)
	if f.Found() && len(want) == len(was) && Equal(was, want) {
		return Spliced{File: f}, nil
	}
	if !f.Found() {
		f.Open, f.Close = []byte("---\n"), []byte("---\n")
	}
	anew, err := Marshal(want)
	if err != nil {
		return Spliced{}, err
	}
	text, style := splice(f, was, want)
	if style == nil && !reads(f, text, want) {
		style = &StyleError{"it would not read as it should"}
	}
	if style != nil {
		text = withNewline(anew, f.Newline())
	}
	f.FrontMatter = text
	return Spliced{File: f, Whole: style}, nil
}

// reads reports whether the spliced block is found in its file again and says what it should.
func reads(f File, text []byte, want Map) bool {
	f.FrontMatter = text
	again, err := Split(f.Bytes())
	if err != nil || !bytes.Equal(again.FrontMatter, text) {
		return false
	}
	m, err := Decode(text)
	return err == nil && Equal(m, want)
}

// splice edits the block; an error says why that cannot be done.
func splice(f File, was, want Map) ([]byte, *StyleError) {
	b, err := cutBlock(f.FrontMatter, was)
	if err != nil {
		return nil, err
	}
	b.newline = f.Newline()
	if err := b.mark(want); err != nil {
		return nil, err
	}
	text, failed := b.write()
	if failed != nil {
		return nil, &StyleError{fmt.Sprint(failed)}
	}
	return text, nil
}

// withNewline gives the lines of written YAML another ending. They hold no other line feeds than these: those of a
// value are what a reader makes of either ending.
func withNewline(text []byte, newline string) []byte {
	if newline == "\n" {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte(newline))
}
