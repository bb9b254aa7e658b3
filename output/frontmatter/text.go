package frontmatter

import (
	"strings"
	"unicode/utf8"
)

// validText returns s as it can be written: a run of bytes that is not UTF-8 becomes one U+FFFD. JavaScript strings
// cannot hold such bytes, and no YAML reader accepts them.
func validText(s string) string {
	if utf8.ValidString(s) { // much faster than looking for what to replace
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// equalText reports whether two strings are the same once written.
func equalText(a, b string) bool {
	return a == b || validText(a) == validText(b)
}

// shape is what one pass over a string tells about the styles that can hold it.
type shape struct {
	escapes bool // has a character that only double quotes can hold
	breaks  bool // has a line feed
	long    bool // has a line that is too long and may be folded
	syntax  bool // has `: ` or ` #`, which would end a plain scalar
}

// shapeOf looks at every character of s once. width is in UTF-16 units; a line may be folded unless it begins with a
// blank. Once escapes is found the rest is not looked at, as nothing else matters.
func shapeOf(s string, width int) shape {
	var sh shape
	column, lineStart := 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c > '#' && c < 0x7F: // the common case first
		case c == '\n':
			sh.breaks = true
			sh.long = sh.long || column > width && s[lineStart] != ' '
			column, lineStart = 0, i+1
			continue
		case c < ' ' || c == 0x7F:
			return shape{escapes: true}
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !printable(r) {
				return shape{escapes: true}
			}
			i += size - 1
		case i > 0 && (c == ' ' && s[i-1] == ':' || c == '#' && s[i-1] == ' '):
			sh.syntax = true
		}
		column += utf16Units(c)
	}
	sh.long = sh.long || column > width && s[lineStart] != ' '
	return sh
}

// printable reports whether a character stands for itself outside ASCII. Of YAML's printable characters (1.2, section
// 5.1) js-yaml escapes those that can be mistaken: next line, no-break space, line and paragraph separator, byte
// order mark.
func printable(r rune) bool {
	switch r {
	case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
		return false
	}
	return r > 0xA0
}

// utf16Len is the length of UTF-8 text in UTF-16 units, JavaScript's measure of a string: every character counts one,
// those outside the basic plane (four bytes in UTF-8) count two.
func utf16Len(text []byte) int {
	n := 0
	for _, b := range text {
		n += utf16Units(b)
	}
	return n
}

// utf16Units is the share of one byte of UTF-8 in the length in UTF-16 units.
func utf16Units(b byte) int {
	switch {
	case b < utf8.RuneSelf:
		return 1
	case b >= 0xF0:
		return 2
	case b >= 0xC0:
		return 1
	}
	return 0
}
