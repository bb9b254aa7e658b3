package page

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string. Raw control characters, which JSON forbids, become themselves, and so do quotes after which the
// string clearly goes on.
func (r *jsonReader) text() (any, bool) {
	quote := r.in[r.at]
	r.mended = r.mended || quote != '"'
	r.at++
	start := r.at
	for r.at < len(r.in) {
		switch c := r.in[r.at]; {
		case c == quote && r.ends():
			s := r.in[start:r.at]
			r.at++
			return s, true
		case c == '\\':
			return r.escaped(start, quote), true
		default:
			r.mended = r.mended || c < ' ' || c == quote
			r.at++
		}
	}
	r.mended = true
	return r.in[start:], true
}

// escaped reads the rest of a string that has escapes.
func (r *jsonReader) escaped(start int, quote byte) string {
	var b strings.Builder
	b.WriteString(r.in[start:r.at])
	for r.at < len(r.in) {
		switch c := r.in[r.at]; {
		case c == quote && r.ends():
			r.at++
			return b.String()
		case c == '\\':
			r.escape(&b)
		default:
			r.mended = r.mended || c < ' ' || c == quote
			b.WriteByte(c)
			r.at++
		}
	}
	r.mended = true
	return b.String()
}

// maxGap is how much white space is passed over to see what follows a quote; with it a string that is nothing but quotes
// and blanks still costs linear time.
const maxGap = 200

// ends tells whether the quote here ends its string: what follows must be able to follow a string in JSON, a comma
// only with a new member or value behind it. Anything else is a quote inside of the string that was not escaped.
func (r *jsonReader) ends() bool {
	rest := r.in[r.at+1:]
	if len(rest) > 1 && rest[0] == r.in[r.at] && strings.IndexByte(",}]:", rest[1]) >= 0 {
		return false // the next one ends it
	}
	if rest = trimLeft(rest); rest == "" {
		return true
	}
	switch rest[0] {
	case '}', ']', ':', '"', '\'', '/', '{', '[', '<', ';', ' ', '\t', '\n', '\r': // white space still means a long gap
		return true
	case ',':
		rest = trimLeft(rest[1:])
		return rest == "" || strings.IndexByte("\"'}]{[-/<, \t\n\r0123456789", rest[0]) >= 0 || jsonWord(rest) != ""
	}
	return wrapper(rest) > 0
}

func trimLeft(s string) string {
	n := 0
	for n < len(s) && n < maxGap && (s[n] == ' ' || s[n] == '\n' || s[n] == '\t' || s[n] == '\r') {
		n++
	}
	return s[n:]
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
