package fetch

import (
	"bytes"
	"mime"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

const utf8Name = "utf-8"

// Decode gives text in UTF-8, and the charset it was in by its name in the
// WHATWG Encoding Standard. The charset is, in this order: that of the byte
// order mark; of the Content-Type header; of the page's own meta element or
// XML declaration; detected. Two declarations are not believed: another
// charset for text with non-ASCII characters that is valid UTF-8 throughout,
// which text in a legacy charset hardly ever is (servers declare such charsets
// by default); and UTF-8 for text most of whose non-ASCII bytes are not.
//
// The result is always valid UTF-8 without byte order mark; what cannot be
// decoded is U+FFFD. It shares memory with body where nothing had to change.
// The last character may be cut off. err is a decoder's; none of the standard
// ones is known to give one.
func Decode(body []byte, contentType string) (text []byte, name string, err error) {
	if name, rest := byteOrderMark(body); name != "" {
		return decodeAs(name, rest)
	}
	return decodeAs(charsetOf(body, contentType), body)
}

// byteOrderMark tells the charset by the mark, and gives what follows it.
func byteOrderMark(body []byte) (name string, rest []byte) {
	for _, mark := range [][2]string{{"\xef\xbb\xbf", utf8Name}, {"\xfe\xff", "utf-16be"}, {"\xff\xfe", "utf-16le"}} {
		if rest, ok := bytes.CutPrefix(body, []byte(mark[0])); ok {
			return mark[1], rest
		}
	}
	return "", body
}

// charsetOf decides by declarations and bytes. The page's own declaration
// costs most to find and is looked for last.
func charsetOf(body []byte, contentType string) string {
	good, bad := countUTF8(body)
	if bad == 0 && (good > 0 || sameInAll(body)) {
		return utf8Name
	}
	if name := headerCharset(contentType); believable(name, body, good, bad) {
		return name
	}
	page := declaredIn(body)
	if believable(page.charset, body, good, bad) {
		return page.charset
	}
	return guess(body, page.lang, good, bad)
}

// sameInAll reports whether ASCII text reads the same in every charset: it
// does unless it holds zero bytes (UTF-16) or escapes (ISO-2022-JP).
func sameInAll(ascii []byte) bool {
	return bytes.IndexByte(ascii, 0) < 0 && bytes.IndexByte(ascii, '\x1b') < 0
}

// believable reports whether body can be in the charset declared for it.
// Markup in UTF-16 has zero bytes; text in another charset has none.
func believable(name string, body []byte, good, bad int) bool {
	switch name {
	case "":
		return false
	case utf8Name:
		return good >= bad
	case "utf-16be", "utf-16le":
		return bytes.IndexByte(body, 0) >= 0
	}
	return true
}

// headerCharset gives the charset of a Content-Type header, by its standard name.
func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return standardName(params["charset"])
}

// standardName gives a label's charset, or nothing for an unknown one and for
// those that the standard replaces by an error mark, as it knows no safe way
// to read them (hz-gb-2312, iso-2022-kr and others).
func standardName(label string) string {
	e, name := charset.Lookup(label)
	if e == nil || name == "replacement" {
		return ""
	}
	return name
}

// countUTF8 weighs the non-ASCII part of body: how much of it is valid UTF-8,
// and how many bytes belong to no character. One cut off at the end is neither.
func countUTF8(body []byte) (good, bad int) {
	if utf8.Valid(body) {
		return len(body) - utf8.RuneCount(body), 0
	}
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !utf8.FullRune(body[i:]) {
			break
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good, bad
}

// decodeAs decodes from the charset of that standard name.
func decodeAs(name string, body []byte) ([]byte, string, error) {
	if name == utf8Name {
		if !utf8.Valid(body) {
			body = bytes.ToValidUTF8(body, []byte(string(utf8.RuneError)))
		}
		return body, name, nil
	}
	text, err := newDecoder(name).Bytes(body)
	if err != nil {
		return nil, name, &kindError{Encoding, err}
	}
	return text, name, nil
}

func newDecoder(name string) *encoding.Decoder {
	e, _ := charset.Lookup(name)
	return e.NewDecoder()
}
