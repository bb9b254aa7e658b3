package page

import (
	"bytes"
	"strings"
)

// attrSpan says where one attribute of a tag stands.
type attrSpan struct {
	key, keyEnd, val, valEnd int
	end                      int  // where the next one begins, or the text behind the tag
	last                     bool // there was no attribute any more
}

// scanAttr finds the attribute that begins at at, behind the name or another attribute, as the HTML standard says (sections
// 13.2.5.32 to 13.2.5.39). A lone "/" counts as an attribute without a name.
func scanAttr(in []byte, at int) attrSpan {
	at = skipBlank(in, at)
	if at >= len(in) {
		return attrSpan{end: at, last: true}
	}
	if in[at] == '>' {
		return attrSpan{end: at + 1, last: true}
	}
	a := attrSpan{key: at}
	for at < len(in) && !endsName(in[at]) && (in[at] != '=' || at == a.key) {
		at++
	}
	a.keyEnd, a.val, a.valEnd = at, at, at
	at = skipBlank(in, at)
	switch {
	case at < len(in) && in[at] == '/':
		at++
	case at < len(in) && in[at] == '=':
		a.val, a.valEnd, at = scanValue(in, skipBlank(in, at+1))
	}
	a.end = skipBlank(in, at)
	return a
}

// scanValue finds the value that begins at at and the place behind it.
func scanValue(in []byte, at int) (from, to, end int) {
	if at >= len(in) || in[at] == '>' {
		return at, at, at
	}
	if quote := in[at]; quote == '"' || quote == '\'' {
		n := bytes.IndexByte(in[at+1:], quote)
		if n < 0 {
			return at + 1, len(in), len(in)
		}
		return at + 1, at + 1 + n, at + 2 + n
	}
	from = at
	for at < len(in) && in[at] != '>' && !isBlank(in[at]) {
		at++
	}
	return from, at, at
}

// skipTag gives the place behind the tag whose name, or the rest of it, begins at at.
func skipTag(in []byte, at int) int {
	for at < len(in) && !endsName(in[at]) {
		at++
	}
	for {
		a := scanAttr(in, at)
		if a.last {
			return a.end
		}
		at = a.end
	}
}

// commentEnd measures the comment at the beginning of s: it ends with "-->" or "--!>", and an empty one with ">".
func commentEnd(s []byte) int {
	const open = len("<!--")
	for at := open; ; {
		i := bytes.IndexByte(s[at:], '>')
		if i < 0 {
			return len(s)
		}
		at += i
		inner := s[open:at]
		if bytes.HasSuffix(inner, []byte("--")) || bytes.HasSuffix(inner, []byte("--!")) || len(inner) == 0 || string(inner) == "-" {
			return at + 1
		}
		at++
	}
}

// angle measures what ends with the first ">".
func angle(s []byte) int {
	if i := bytes.IndexByte(s, '>'); i >= 0 {
		return i + 1
	}
	return len(s)
}

// endTag is where the end tag of name begins; -1 where there is none.
func endTag(in []byte, at int, name string) int {
	for ; ; at += 2 {
		i := bytes.Index(in[at:], []byte("</"))
		if i < 0 {
			return -1
		}
		at += i
		end := at + 2 + len(name)
		if end < len(in) && endsName(in[end]) && strings.EqualFold(string(in[at+2:end]), name) {
			return at
		}
	}
}

func skipBlank(in []byte, at int) int {
	for at < len(in) && isBlank(in[at]) {
		at++
	}
	return at
}

// endsName tells the bytes at which the name of a tag or attribute ends.
func endsName(c byte) bool { return isBlank(c) || c == '/' || c == '>' }

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || isUpper(c) }
