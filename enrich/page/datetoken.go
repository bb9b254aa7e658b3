package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of a text with a date in it.
type token struct {
	n      int    // the number; -1 for a word
	digits int    // how many digits it was written with
	word   string // lower case
	before string // punctuation between the token before and this one
	at     int    // byte offset
}

// tokens splits a text into numbers and words.
func tokens(text string) []token {
	var ts []token
	end := 0
	for i := 0; i < len(text) && len(ts) < 120; {
		r, size := utf8.DecodeRuneInString(text[i:])
		digit, value := digitOf(r)
		if !digit && !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			i += size
			continue
		}
		t := token{n: -1, before: text[end:i], at: i}
		j := i
		if digit {
			t.n = 0
			for digit && t.digits < 15 {
				t.n, t.digits, j = t.n*10+value, t.digits+1, j+size
				r, size = utf8.DecodeRuneInString(text[j:])
				digit, value = digitOf(r)
			}
		} else {
			for j < len(text) && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r)) {
				j += size
				r, size = utf8.DecodeRuneInString(text[j:])
			}
			t.word = strings.ToLower(text[i:j])
		}
		ts = append(ts, t)
		end, i = j, max(j, i+1)
	}
	return ts
}

// digitOf reads the decimal digits of Latin, Arabic, Persian, Devanagari and fullwidth scripts.
func digitOf(r rune) (bool, int) {
	for _, zero := range []rune{'0', '٠', '۰', '०', '０', '๐', '০'} {
		if r >= zero && r <= zero+9 {
			return true, int(r - zero)
		}
	}
	return false, 0
}
