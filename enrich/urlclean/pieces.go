package urlclean

import "strings"

// piece is one parameter; the bytes from sep to start part it from the one before.
type piece struct{ sep, start, end int }

// pieces walks the parameters of a query. "&" parts them, and so does the
// "&amp;" that unescaped HTML leaves behind. A second "?" and, in a query
// without "&", a ";" part them where a name and "=" follow: feeds and mailers
// glue "?utm_source=…" to an address that already has a query. Not so behind an
// address that a parameter carries unescaped: there the "?" is that address's.
type pieces struct {
	text  string
	pos   int  // the separator before the next piece
	begun bool // the first piece was handed out
	semi  bool // ";" parts as well
	plain bool // nothing but "&" parts

	carrier int // 1 + the start of the last piece seen to carry an address
}

func piecesOf(text string, at place) pieces {
	semi := at == inQuery && strings.IndexByte(text, '&') < 0
	return pieces{text: text, semi: semi, plain: !semi && strings.IndexByte(text, '?') < 0}
}

// next hands out the next piece; an empty text has one, empty, piece.
func (p *pieces) next() (piece, bool) {
	if p.begun && p.pos >= len(p.text) {
		return piece{}, false
	}
	pc := piece{sep: p.pos, start: p.pos}
	if p.begun {
		pc.start += p.width(p.pos)
	}
	pc.end = p.end(pc.start)
	p.pos, p.begun = pc.end, true
	return pc, true
}

// end is where the piece that begins at start ends.
func (p *pieces) end(start int) int {
	end := start
	if !p.plain {
		for end < len(p.text) && !p.parts(start, end) {
			end++
		}
		return end
	}
	if i := strings.IndexByte(p.text[start:], '&'); i >= 0 {
		return start + i
	}
	return len(p.text)
}

// width is the length of the separator at i.
func (p *pieces) width(i int) int {
	n := 1
	for p.text[i] == '&' && strings.HasPrefix(p.text[i+n:], "amp;") {
		n += len("amp;")
	}
	return n
}

// parts reports whether the piece that begins at start ends at i.
func (p *pieces) parts(start, i int) bool {
	switch c := p.text[i]; {
	case c == '&':
		return true
	case c == '?', c == ';' && p.semi:
		return namedAt(p.text[i+1:]) && !p.carriesAddress(start, i)
	}
	return false
}

// carriesAddress reports whether the piece so far holds an address; found
// once, it is remembered, so that no byte is searched again and again.
func (p *pieces) carriesAddress(start, i int) bool {
	part := p.text[start:i]
	if p.carrier != start+1 && (strings.Contains(part, "://") || foldIndex(part, "%3a%2f%2f") >= 0) {
		p.carrier = start + 1
	}
	return p.carrier == start+1
}

// maxName bounds the names looked at: the longest of the table has 36 bytes.
const maxName = 64

// namedAt reports whether s begins with a plain parameter name and "=".
func namedAt(s string) bool {
	for i := 0; i < len(s) && i <= maxName; i++ {
		switch c := s[i]; {
		case c == '=':
			return i > 0
		case alnum(c), strings.IndexByte("_-.:$[]%", c) >= 0:
		default:
			return false
		}
	}
	return false
}
