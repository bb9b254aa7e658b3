package frontmatter

import (
	"bytes"
	"sort"
)

// lineStarts returns where each line begins, by YAML 1.1's line breaks, which the library counts: besides LF and CRLF
// a lone CR, U+0085, U+2028 and U+2029.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i := 0; i < len(text); i++ {
		switch rest := text[i:]; {
		case rest[0] == '\r' && len(rest) > 1 && rest[1] == '\n':
			i++
		case rest[0] == '\n', rest[0] == '\r':
		case bytes.HasPrefix(rest, []byte("\u0085")):
			i++
		case bytes.HasPrefix(rest, []byte("\u2028")), bytes.HasPrefix(rest, []byte("\u2029")):
			i += 2
		default:
			continue
		}
		starts = append(starts, i+1)
	}
	return starts
}

// isTrivia reports whether text is nothing but blank lines and lines that look like comments.
func isTrivia(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// extent returns where the content of an entry ends, and where the comments end that belong to it because they are
// indented below its key. Behind these come the blank lines and comments between this key and the next.
//
// A line that looks blank or like a comment may be part of a text. So what is asked is: do the lines up to here mean
// the same as those up to the next key?
func (b *block) extent(e entry) (content, inner int) {
	cuts := []int{e.end}
	inner = e.start
	for at := e.end; at > e.start; {
		line := at - len(lastLine(b.text[e.start:at]))
		if line == e.start || !isTrivia(b.text[line:at]) {
			break
		}
		if inner == e.start && b.indented(b.text[line:at]) {
			inner = at
		}
		at = line
		cuts = append(cuts, at)
	}
	if len(cuts) > 1 {
		whole, err := Decode(b.text[:e.end])
		longest := sort.Search(len(cuts)-1, func(n int) bool { // the first that cuts into the content
			m, err2 := Decode(b.text[:cuts[n+1]])
			return err != nil || err2 != nil || !Equal(m, whole)
		})
		cuts = cuts[:longest+1]
	}
	content = cuts[len(cuts)-1]
	return content, max(content, inner)
}

// indented reports whether a line is a comment below a key rather than one between keys.
func (b *block) indented(line []byte) bool {
	text := bytes.TrimLeft(line, " \t")
	return len(line)-len(text) > b.indent && text[0] == '#'
}

// lastLine returns the last line of text with its line feed.
func lastLine(text []byte) []byte {
	return text[bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n')+1:]
}
