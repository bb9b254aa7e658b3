package frontmatter

import "strings"

// The folded width shrinks with the indentation, from lineWidth down to minWidth (js-yaml's lineWidth option and its
// lower bound), in UTF-16 units.
const (
	lineWidth = 80
	minWidth  = 40
)

// appendString writes a string value that stands at the given level, without the end of its last line.
func appendString(dst []byte, s string, level int) []byte {
	s = validText(s)
	indent := 2 * max(1, level)
	width := max(minWidth, lineWidth-indent)
	if s == "" || oldWord(s) {
		return appendSingle(dst, s)
	}
	sh := shapeOf(s, width)
	switch {
	case sh.escapes:
		return appendDouble(dst, s)
	case sh.long:
		return appendFolded(dst, s, indent, width)
	case sh.breaks:
		return appendLiteral(dst, s, indent)
	}
	return appendLine(dst, s, sh)
}

// appendKey writes a key: as a value, but always on one line.
func appendKey(dst []byte, s string) []byte {
	s = validText(s)
	if s == "" || oldWord(s) {
		return appendSingle(dst, s)
	}
	sh := shapeOf(s, lineWidth)
	if sh.escapes || sh.breaks {
		return appendDouble(dst, s)
	}
	return appendLine(dst, s, sh)
}

// appendLine writes a string that fits on one line and needs no escape: plain if that is safe, else in single quotes.
func appendLine(dst []byte, s string, sh shape) []byte {
	last := s[len(s)-1]
	if sh.syntax || indicator(s[0]) || last == ' ' || last == ':' || typed(s) {
		return appendSingle(dst, s)
	}
	return append(dst, s...)
}

// indicator reports whether a plain scalar may not begin with c: the blank, YAML's indicators (1.2, section 5.3) and
// the equals sign.
func indicator(c byte) bool {
	return strings.IndexByte(" -?:,[]{}#&*!|=>'\"%@`", c) >= 0
}

func appendSingle(dst []byte, s string) []byte {
	dst = append(dst, '\'')
	for {
		i := strings.IndexByte(s, '\'')
		if i < 0 {
			break
		}
		dst = append(append(dst, s[:i]...), "''"...)
		s = s[i+1:]
	}
	return append(append(dst, s...), '\'')
}
