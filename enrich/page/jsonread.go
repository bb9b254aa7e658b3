package page

import (
	"errors"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxJSONDepth is how deep JSON may be nested before the rest of a value is dropped; real JSON-LD stays below 20.
const maxJSONDepth = 64

var errJSON = errors.New("not JSON")

// readJSON reads the JSON values of a JSON-LD block and mends what sites get wrong: comments of JavaScript and HTML, CDATA
// marks, raw line breaks and other control characters inside strings, trailing commas, several values in a row, a
// missing end. The text must be UTF-8. What encoding/json accepts comes out with the same meaning. It gives the values and
// whether anything had to be mended, and errJSON where nothing could be read.
func readJSON(text string) (values []any, mended bool, err error) {
	r := jsonReader{in: text}
	for {
		r.space()
		for r.peek() == ',' || r.peek() == ';' {
			r.mend(1)
			r.space()
		}
		if r.at >= len(r.in) {
			break
		}
		v, ok := r.value(0)
		if !ok {
			if len(values) > 0 {
				return values, true, nil
			}
			return nil, true, errJSON
		}
		if values = append(values, v); len(values) >= maxEntities {
			return values, true, nil
		}
	}
	return values, r.mended || len(values) > 1, nil
}

// readBlock is readJSON with a second try for blocks whose quotes were written as HTML entities.
func readBlock(text string) (values []any, mended bool, err error) {
	values, mended, err = readJSON(text)
	if err != nil && strings.Contains(text, "&quot;") {
		values, _, err = readJSON(html.UnescapeString(text))
		return values, true, err
	}
	return values, mended, err
}

type jsonReader struct {
	in     string
	at     int
	mended bool
}

func (r *jsonReader) peek() byte {
	if r.at < len(r.in) {
		return r.in[r.at]
	}
	return 0
}

// mend skips n bytes that do not belong into JSON.
func (r *jsonReader) mend(n int) {
	r.at = min(r.at+n, len(r.in))
	r.mended = true
}

// space skips white space, and with a remark comments and wrappers.
func (r *jsonReader) space() {
	for r.at < len(r.in) {
		switch r.in[r.at] {
		case ' ', '\n', '\t', '\r':
			r.at++
		case '/', '<', '-', ']', 0xef, 0xc2: // the last two begin a byte order mark and a hard blank
			n := wrapper(r.in[r.at:])
			if n == 0 {
				return
			}
			r.mend(n)
		default:
			return
		}
	}
}

// wrapper measures a comment or mark at the beginning of s; 0 where there is none.
func wrapper(s string) int {
	until := func(open, end string) int {
		if !strings.HasPrefix(s, open) {
			return 0
		}
		if i := strings.Index(s[len(open):], end); i >= 0 {
			return len(open) + i + len(end)
		}
		return len(s)
	}
	for _, mark := range []string{"<![CDATA[", "]]>", "-->", "\ufeff", "\u00a0"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	if n := until("//", "\n"); n > 0 {
		// "//<![CDATA[" hides the mark from JavaScript; the JSON may follow on the same line.
		if rest := strings.TrimLeft(s[2:], " "); strings.HasPrefix(rest, "<![CDATA[") || strings.HasPrefix(rest, "]]>") {
			return 2
		}
		return n
	}
	if n := until("/*", "*/"); n > 0 {
		return n
	}
	if strings.HasPrefix(s, "<!--") {
		if rest := strings.TrimLeft(s[4:], " \t\r\n"); rest != "" && (rest[0] == '{' || rest[0] == '[') {
			return 4 // a comment around the whole block
		}
		return until("<!--", "-->")
	}
	return 0
}

// value reads one value. Below maxJSONDepth a list or object is skipped and stands as nil.
func (r *jsonReader) value(depth int) (any, bool) {
	r.space()
	switch c := r.peek(); {
	case c == '{' || c == '[':
		if depth >= maxJSONDepth {
			r.skipNested()
			return nil, true
		}
		if c == '{' {
			return r.object(depth)
		}
		return r.list(depth)
	case c == '"':
		return r.text()
	case c == '-' || isDigit(c):
		return r.number()
	default:
		return r.literal()
	}
}

func (r *jsonReader) object(depth int) (any, bool) {
	r.at++
	members := map[string]any{}
	for {
		r.space()
		switch c := r.peek(); {
		case r.at >= len(r.in):
			r.mended = true
			return members, true
		case c == '}':
			r.at++
			return members, true
		case c == ',':
			r.at++
			r.space()
			if c := r.peek(); c == '}' || c == ',' {
				r.mended = true
			}
		case c == '"':
			key, ok := r.text()
			if !ok {
				return members, true
			}
			r.space()
			if r.peek() != ':' {
				return nil, false
			}
			r.at++
			v, ok := r.value(depth + 1)
			if !ok {
				return nil, false
			}
			members[key.(string)] = v //nolint:forcetypeassert // text gives strings
		default:
			return nil, false
		}
	}
}

func (r *jsonReader) list(depth int) (any, bool) {
	r.at++
	items := []any{}
	for {
		r.space()
		switch c := r.peek(); {
		case r.at >= len(r.in):
			r.mended = true
			return items, true
		case c == ']':
			r.at++
			return items, true
		case c == ',':
			r.at++
			r.space()
			if c := r.peek(); c == ']' || c == ',' {
				r.mended = true
			}
		default:
			v, ok := r.value(depth + 1)
			if !ok {
				return nil, false
			}
			items = append(items, v)
		}
	}
}

// skipNested passes over a list or object by counting brackets outside of strings.
func (r *jsonReader) skipNested() {
	r.mended = true
	open := 0
	for r.at < len(r.in) {
		switch r.in[r.at] {
		case '{', '[':
			open++
		case '}', ']':
			open--
		case '"':
			r.skipText()
			continue
		}
		r.at++
		if open == 0 {
			return
		}
	}
}

func (r *jsonReader) skipText() {
	for r.at++; r.at < len(r.in); r.at++ {
		switch r.in[r.at] {
		case '\\':
			r.at++
		case '"':
			r.at++
			return
		}
	}
	r.at = min(r.at, len(r.in))
}

// number reads an integer as int64 where it fits, everything else as float64.
func (r *jsonReader) number() (any, bool) {
	start := r.at
	for r.at < len(r.in) && strings.IndexByte("+-0123456789.eE", r.in[r.at]) >= 0 {
		r.at++
	}
	digits := r.in[start:r.at]
	if i, err := strconv.ParseInt(digits, 10, 64); err == nil {
		if digits != "-0" {
			return i, true
		}
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		r.mended = true
		return digits, true // kept as it stands: a number with two points is a text to us
	}
	return f, true
}

func (r *jsonReader) literal() (any, bool) {
	for _, text := range [...]string{"true", "false", "null", "undefined", "NaN"} {
		if !strings.HasPrefix(r.in[r.at:], text) {
			continue
		}
		r.at += len(text)
		switch text {
		case "true", "false":
			return text == "true", true
		case "undefined", "NaN":
			r.mended = true
		}
		return nil, true
	}
	return nil, false
}

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
