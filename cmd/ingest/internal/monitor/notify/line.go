package notify

import (
	"strings"
	"unicode"
)

// line makes a single line of words from outside: at most n characters, nothing that
// moves a cursor or turns text round, valid UTF-8.
func line(text string, n int) string {
	if len(text) > 8*n { // no more is needed of a long one
		text = text[:8*n]
	}
	text = strings.Map(func(r rune) rune { // which makes U+FFFD of what is no UTF-8
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}

// advisedError is an error that a person can mend.
type advisedError struct{ text, help string }

func (e *advisedError) Error() string { return e.text }

// Hint says how.
func (e *advisedError) Hint() string { return e.help }
