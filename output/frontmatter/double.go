package frontmatter

import (
	"strings"
	"unicode/utf8"
)

// appendDouble writes s in double quotes, with YAML's named escapes (1.2, section 5.7) where there are any. The line
// is never folded.
func appendDouble(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		dst = appendEscaped(dst, r)
	}
	return append(dst, '"')
}

// appendEscaped writes one character of it.
func appendEscaped(dst []byte, r rune) []byte {
	if name := escapeName(r); name != 0 {
		return append(dst, '\\', name)
	}
	switch {
	case r >= ' ' && r < 0x7F, r >= utf8.RuneSelf && printable(r):
		return utf8.AppendRune(dst, r)
	case r <= 0xFF:
		return appendHex(append(dst, `\x`...), r, 2)
	}
	return appendHex(append(dst, `\u`...), r, 4)
}

// escapeName returns the letter that stands after the backslash for r, or 0 if YAML has no name for it or js-yaml
// does not use it.
func escapeName(r rune) byte {
	const ascii, letters = "\x00\a\b\t\n\v\f\r\x1b\"\\", `0abtnvfre"\`
	switch r {
	case 0x85:
		return 'N'
	case 0xA0:
		return '_'
	case 0x2028:
		return 'L'
	case 0x2029:
		return 'P'
	}
	if r < utf8.RuneSelf {
		if i := strings.IndexByte(ascii, byte(r)); i >= 0 {
			return letters[i]
		}
	}
	return 0
}

func appendHex(dst []byte, r rune, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789ABCDEF"[r>>shift&0xF])
	}
	return dst
}
