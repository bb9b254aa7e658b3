package page

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters reduces a text to what counts when two texts are compared: letters and digits, lower case, accents off.
func letters(s string) string {
	if plainASCII(s) {
		return asciiLetters(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func asciiLetters(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if isAlnum(s[i]) {
			b = append(b, lowerByte(s[i]))
		}
	}
	return string(b)
}

// words splits a text at everything that is neither letter nor digit, and lowers it.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
