package urlclean

import (
	"strings"
	"unicode/utf8"
)

// unescape takes percent escapes off once. Escapes of blanks, of control
// characters and of bytes that are no UTF-8 stay: raw, they are no address.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		c, ok := escapeAt(s, i)
		switch {
		case !ok:
			b.WriteByte(s[i])
			i++
		case c >= utf8.RuneSelf:
			n := highRun(s[i:])
			b.WriteString(plainOrAsIs(s[i : i+n]))
			i += n
		case c <= ' ' || c == 0x7f:
			b.WriteString(s[i : i+3])
			i += 3
		default:
			b.WriteByte(c)
			i += 3
		}
	}
	return b.String()
}

// escapeAt reads the escape at s[i:].
func escapeAt(s string, i int) (byte, bool) {
	if i+2 >= len(s) || s[i] != '%' || !hexDigit(s[i+1]) || !hexDigit(s[i+2]) {
		return 0, false
	}
	return unhex(s[i+1])<<4 | unhex(s[i+2]), true
}

// highRun is the length of the escapes of bytes from 0x80 that s begins with.
func highRun(s string) int {
	i := 0
	for {
		c, ok := escapeAt(s, i)
		if !ok || c < utf8.RuneSelf {
			return i
		}
		i += 3
	}
}

func plainOrAsIs(escapes string) string {
	plain := make([]byte, 0, len(escapes)/3)
	for i := 0; i < len(escapes); i += 3 {
		c, _ := escapeAt(escapes, i)
		plain = append(plain, c)
	}
	if !utf8.Valid(plain) {
		return escapes
	}
	return string(plain)
}
