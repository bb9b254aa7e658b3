package frontmatter

import "bytes"

// maxHashes bounds how many # of a line are tried for the beginning of a comment.
const maxHashes = 8

// write puts the block together again.
func (b *block) write() ([]byte, error) {
	o := splicer{block: b}
	o.inserts(b.first)
	if len(b.entries) == 0 {
		if len(b.first) > 0 { // below the comments, if there is nothing else
			o.out = append(bytes.Clone(b.text), o.out...)
		}
		return o.out, o.err
	}
	o.out = append(o.out, b.text[:b.entries[0].start]...)
	for i, e := range b.entries {
		before := i+1 < len(b.entries) && b.entries[i+1].change == removed
		if e.change == stays && len(e.insert) == 0 && !before {
			o.out = append(o.out, b.text[e.start:e.end]...)
			o.open = false
			continue
		}
		o.entry(e)
	}
	return o.out, o.err
}

// splicer writes the lines around an edit.
type splicer struct {
	*block
	out []byte
	// open: out ends with blank lines that are part of a text, and more of them would be too.
	open bool
	err  error
}

func (o *splicer) entry(e entry) {
	content, inner := o.extent(e)
	switch e.change {
	case stays:
		o.out = append(o.out, o.text[e.start:inner]...)
		o.open = content == inner && endsBlank(o.text[e.start:content])
	case replaced:
		o.value(Entry{e.name, e.now}, o.lineComment(e))
	case removed:
	}
	o.inserts(e.insert)
	trivia := o.text[inner:e.end]
	if o.open {
		trivia = trimBlankLines(trivia)
	}
	o.open = o.open && len(trivia) == 0
	o.out = append(o.out, trivia...)
}

func (o *splicer) inserts(entries []Entry) {
	for _, e := range entries {
		o.value(e, nil)
	}
}

// value writes a key in our style, with the comment that stood on its line.
func (o *splicer) value(e Entry, comment []byte) {
	text, err := Marshal(Map{e})
	if err != nil {
		o.err = err
		return
	}
	for line := range bytes.Lines(text) {
		if len(line) > 1 {
			o.out = appendSpaces(o.out, o.indent)
		}
		o.out = append(o.out, line[:len(line)-1]...)
		o.out = append(o.out, comment...)
		o.out = append(o.out, o.newline...)
		comment = nil
	}
	o.open = endsBlank(text)
}

// lineComment returns the comment on the first line of an entry, with the blanks before it; nil when there is none.
// A # is the beginning of a comment if everything means the same without it.
func (o *splicer) lineComment(e entry) []byte {
	line, _ := cutLine(o.text[e.start:e.end])
	line = bytes.TrimRight(line, "\r\n")
	at := 0
	for range maxHashes {
		hash := bytes.IndexByte(line[at:], '#')
		if hash < 0 {
			return nil
		}
		at += hash
		if before := bytes.TrimRight(line[:at], " \t"); len(before) < at {
			cut := append(bytes.Clone(o.text[:e.start+len(before)]), o.text[e.start+len(line):]...)
			if m, err := Decode(cut); err == nil && Equal(m, o.values) {
				return line[len(before):]
			}
		}
		at++
	}
	return nil
}

// endsBlank reports whether text ends with an empty line.
func endsBlank(text []byte) bool {
	return bytes.HasSuffix(text, []byte("\n")) && len(bytes.TrimSpace(lastLine(text))) == 0
}

// trimBlankLines takes the blank lines at the beginning of text away.
func trimBlankLines(text []byte) []byte {
	for len(text) > 0 {
		line, rest := cutLine(text)
		if len(bytes.TrimSpace(line)) > 0 {
			break
		}
		text = rest
	}
	return text
}
