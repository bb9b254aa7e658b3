package frontmatter

import (
	"bytes"
	"slices"
)

// File is an existing file cut at its front matter. The parts are slices of the text given to [Split]; together, in
// the order of the fields, they are that text. Bytes that are not UTF-8, mixed line endings and fences with blanks
// behind them are all kept.
type File struct {
	// BOM is the UTF-8 byte order mark, or empty.
	BOM []byte
	// Open is the first line `---` with its line ending, or empty if the file has no front matter.
	Open []byte
	// FrontMatter is the YAML block between the fences, its last line ending included.
	FrontMatter []byte
	// Close is the line `---` or `...` after it with its line ending, if it has one. Empty without front matter.
	Close []byte
	// Body is everything after the closing fence, or the whole file (but for BOM) if it has no front matter.
	Body []byte
}

// Split finds the front matter of a file. It begins on the first line, which must be `---`, and ends at the next line
// that is `---` or `...`; blanks may follow either, lines end with LF or CRLF. A file without such a first line has
// no front matter, which is no error; one that does not close it gives *[UnclosedError] and a File that is all Body.
func Split(src []byte) (File, error) {
	rest := bytes.TrimPrefix(src, []byte("\uFEFF"))
	f := File{BOM: slices.Clip(src[:len(src)-len(rest)]), Body: rest}
	open, rest := cutLine(rest)
	if !isFence(open, "---") {
		return f, nil
	}
	start := rest
	for len(rest) > 0 {
		var line []byte
		before := rest
		line, rest = cutLine(rest)
		if isFence(line, "---") || isFence(line, "...") {
			f.Open = slices.Clip(open)
			f.FrontMatter = slices.Clip(start[:len(start)-len(before)])
			f.Close = slices.Clip(line)
			f.Body = rest
			return f, nil
		}
	}
	return f, &UnclosedError{}
}

// Found reports whether the file has front matter, be it empty.
func (f File) Found() bool { return len(f.Open) > 0 }

// Newline returns the line ending of the file's front matter, "\n" or "\r\n", as its first line has it. It is "\n" for
// a file without front matter.
func (f File) Newline() string {
	if bytes.HasSuffix(f.Open, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// Bytes puts the parts together again: Split(src).Bytes() is src.
func (f File) Bytes() []byte {
	return slices.Concat(f.BOM, f.Open, f.FrontMatter, f.Close, f.Body)
}

// Join makes a new file from a block of front matter, as [Append] writes it, and a body: the block between two lines
// `---`, then the body as it is. A last line of fm that is not ended gets its line feed.
func Join(fm, body []byte) []byte {
	const fence = "---\n"
	file := make([]byte, 0, len(fm)+len(body)+2*len(fence)+1)
	file = append(append(file, fence...), fm...)
	if len(fm) > 0 && fm[len(fm)-1] != '\n' {
		file = append(file, '\n')
	}
	return append(append(file, fence...), body...)
}

// cutLine cuts text after its first line ending.
func cutLine(text []byte) (line, rest []byte) {
	end := bytes.IndexByte(text, '\n') + 1
	if end == 0 {
		end = len(text)
	}
	return text[:end], text[end:]
}

// isFence reports whether a line is the mark, followed by nothing but blanks and the line ending.
func isFence(line []byte, mark string) bool {
	after, found := bytes.CutPrefix(line, []byte(mark))
	after = bytes.TrimSuffix(bytes.TrimSuffix(after, []byte("\n")), []byte("\r"))
	return found && len(bytes.Trim(after, " \t")) == 0
}
