package enrich

import (
	"strconv"
	"unicode/utf8"
)

// maxQuoted bounds how much of a foreign text a message repeats, in bytes.
const maxQuoted = 200

// quote shows a foreign text in a message: control characters escaped, and not
// endlessly.
func quote(text string) string {
	if short := shorten(text, maxQuoted); short != text {
		return strconv.Quote(short) + "…"
	}
	return strconv.Quote(text)
}

// shorten cuts a text to at most so many bytes, never within a character.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
