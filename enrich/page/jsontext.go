package page

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string. Raw control characters, which JSON forbids, become themselves.
func (r *jsonReader) text() (any, bool) {
	r.at++
	start := r.at
	for r.at < len(r.in) {
		switch c := r.in[r.at]; {
		case c == '"':
			s := r.in[start:r.at]
			r.at++
			return s, true
		case c == '\\':
			return r.escaped(start)
		case c < ' ':
			r.mended = true
			r.at++
		default:
			r.at++
		}
	}
	r.mended = true
	return r.in[start:], true
}

// escaped reads the rest of a string that has escapes.
func (r *jsonReader) escaped(start int) (any, bool) {
	var b strings.Builder
	b.WriteString(r.in[start:r.at])
	for r.at < len(r.in) {
		switch c := r.in[r.at]; c {
		case '"':
			r.at++
			return b.String(), true
		case '\\':
			r.escape(&b)
		default:
			r.mended = r.mended || c < ' '
			b.WriteByte(c)
			r.at++
		}
	}
	r.mended = true
	return b.String(), true
}

// escape reads one escape at the backslash. An unknown one stands for the character behind it.
func (r *jsonReader) escape(b *strings.Builder) {
	r.at++
	c := r.peek()
	r.at = min(r.at+1, len(r.in))
	switch c {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'r':
		b.WriteByte('\r')
	case 'b':
		b.WriteByte('\b')
	case 'f':
		b.WriteByte('\f')
	case '"', '\\', '/':
		b.WriteByte(c)
	case 'u':
		r.unicode(b)
	case 0:
	default:
		r.mended = true
		b.WriteByte(c)
	}
}

// unicode reads \uXXXX, with its second half where it is a surrogate pair.
func (r *jsonReader) unicode(b *strings.Builder) {
	c, ok := r.hex4(r.at)
	if !ok {
		r.mended = true
		b.WriteByte('u')
		return
	}
	r.at += 4
	if utf16.IsSurrogate(c) {
		if r.at+1 < len(r.in) && r.in[r.at] == '\\' && r.in[r.at+1] == 'u' {
			if low, ok := r.hex4(r.at + 2); ok {
				if pair := utf16.DecodeRune(c, low); pair != utf8.RuneError {
					r.at += 6
					b.WriteRune(pair)
					return
				}
			}
		}
		c = utf8.RuneError
	}
	b.WriteRune(c)
}

func (r *jsonReader) hex4(at int) (rune, bool) {
	if at+4 > len(r.in) {
		return 0, false
	}
	v, err := strconv.ParseUint(r.in[at:at+4], 16, 16)
	return rune(v), err == nil
}
