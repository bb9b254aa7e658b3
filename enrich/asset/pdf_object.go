package asset

import (
	"bytes"
	"encoding/hex"
	"strconv"
)

// The objects of a PDF (ISO 32000-1, 7.3): nil, bool, int64, float64, pdfText, pdfName, []any, pdfDict and pdfRef.
type (
	pdfText string // a string's bytes, not yet decoded to characters
	pdfName string
	pdfDict map[pdfName]any
	pdfRef  int64 // the number of an indirect object; generations tell old versions apart and are not needed
)

// maxPDFDepth is how deep arrays and dictionaries may nest; real files stay below ten.
const maxPDFDepth = 50

// pdfParser reads objects from bytes. Nothing it meets makes it panic or read twice; what is not an object gives false.
type pdfParser struct {
	b     []byte
	at    int
	depth int
}

// object reads the next object. One that touches the end of the bytes may go on behind it, and is none.
func (p *pdfParser) object() (any, bool) {
	p.space()
	if p.at >= len(p.b) || p.depth > maxPDFDepth {
		return nil, false
	}
	p.depth++
	defer func() { p.depth-- }()
	switch c := p.b[p.at]; {
	case c == '/':
		return p.name()
	case c == '(':
		return p.text()
	case c == '[':
		p.at++
		return p.array(']')
	case bytes.HasPrefix(p.b[p.at:], []byte("<<")):
		p.at += 2
		return p.dict()
	case c == '<':
		return p.hex()
	case c >= '0' && c <= '9', c == '+', c == '-', c == '.':
		return p.number()
	}
	return p.keyword()
}

// space passes over white space and comments.
func (p *pdfParser) space() {
	for p.at < len(p.b) {
		switch {
		case isPDFSpace(p.b[p.at]):
			p.at++
		case p.b[p.at] == '%':
			for p.at < len(p.b) && p.b[p.at] != '\n' && p.b[p.at] != '\r' {
				p.at++
			}
		default:
			return
		}
	}
}

// word reads up to the next white space or delimiter.
func (p *pdfParser) word() string {
	begin := p.at
	for p.at < len(p.b) && !isPDFSpace(p.b[p.at]) && bytes.IndexByte([]byte("()<>[]{}/%"), p.b[p.at]) < 0 {
		p.at++
	}
	return string(p.b[begin:p.at])
}

func isPDFSpace(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func (p *pdfParser) keyword() (any, bool) {
	switch p.word() {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null":
		return nil, true
	}
	return nil, false
}

// number reads a number, or the reference that two integers and an R are.
func (p *pdfParser) number() (any, bool) {
	word := p.word()
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		f, err := strconv.ParseFloat(word, 64)
		return f, err == nil && p.at < len(p.b)
	}
	after := p.at
	if _, ok := p.whole(); ok && n >= 0 {
		if p.space(); p.word() == "R" {
			return pdfRef(n), true
		}
	}
	p.at = after
	return n, p.at < len(p.b)
}

// whole reads an integer of digits alone.
func (p *pdfParser) whole() (int64, bool) {
	p.space()
	n, err := strconv.ParseUint(p.word(), 10, 40)
	return int64(n), err == nil //nolint:gosec // 40 bits fit
}

func (p *pdfParser) name() (any, bool) {
	p.at++
	word := p.word()
	if p.at >= len(p.b) {
		return nil, false
	}
	return pdfName(word), true // names with #xx escapes are none of those we ask for
}

func (p *pdfParser) array(end byte) (any, bool) {
	all := []any{}
	for {
		p.space()
		if p.at < len(p.b) && p.b[p.at] == end {
			p.at++
			return all, true
		}
		v, ok := p.object()
		if !ok {
			return nil, false
		}
		all = append(all, v)
	}
}

func (p *pdfParser) dict() (any, bool) {
	d := pdfDict{}
	for {
		p.space()
		if bytes.HasPrefix(p.b[p.at:], []byte(">>")) {
			p.at += 2
			return d, true
		}
		if p.at >= len(p.b) || p.b[p.at] != '/' {
			return nil, false
		}
		key, ok := p.name()
		if !ok {
			return nil, false
		}
		value, ok := p.object()
		if !ok {
			return nil, false
		}
		d[key.(pdfName)] = value //nolint:forcetypeassert // name gives no other
	}
}

func (p *pdfParser) hex() (any, bool) {
	end := bytes.IndexByte(p.b[p.at:], '>')
	if end < 0 {
		return nil, false
	}
	digits := bytes.Map(func(r rune) rune {
		if r < 0x80 && isPDFSpace(byte(r)) {
			return -1
		}
		return r
	}, p.b[p.at+1:p.at+end])
	p.at += end + 1
	if len(digits)%2 == 1 {
		digits = append(digits, '0') // as the standard reads it
	}
	text := make([]byte, hex.DecodedLen(len(digits)))
	_, err := hex.Decode(text, digits)
	return pdfText(text), err == nil
}

// text reads a string in parentheses, which may hold balanced ones and escapes (7.3.4.2).
func (p *pdfParser) text() (any, bool) {
	var text []byte
	open := 0
	for ; p.at < len(p.b); p.at++ {
		c := p.b[p.at]
		switch c {
		case '\\':
			text = p.escape(text)
			continue
		case '(':
			if open++; open == 1 {
				continue
			}
		case ')':
			if open--; open == 0 {
				p.at++
				return pdfText(text), true
			}
		}
		text = append(text, c)
	}
	return nil, false
}

// escape reads what follows a backslash and stops on its last byte.
func (p *pdfParser) escape(text []byte) []byte {
	p.at++
	if p.at >= len(p.b) {
		return text
	}
	c := p.b[p.at]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(text, "\n\r\t\b\f"[i])
	}
	switch c {
	case '\n':
		return text
	case '\r':
		if p.at+1 < len(p.b) && p.b[p.at+1] == '\n' {
			p.at++
		}
		return text
	}
	if c < '0' || c > '7' {
		return append(text, c)
	}
	n := 0
	for digits := 0; digits < 3 && p.at < len(p.b) && p.b[p.at] >= '0' && p.b[p.at] <= '7'; digits++ {
		n = n*8 + int(p.b[p.at]-'0')
		p.at++
	}
	p.at--
	return append(text, byte(n)) //nolint:gosec // high bits are to be dropped (7.3.4.2)
}
