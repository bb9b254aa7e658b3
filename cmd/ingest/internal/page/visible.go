package page

import (
	"fmt"
	"strings"
	"unicode"
)

// visible writes characters that hide or reorder text as what they are: in an
// address or a diff they would make a reader see another one. Tabs and line breaks
// stay.
func visible(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		if hidden(c) {
			fmt.Fprintf(&b, "⟨U+%04X⟩", c)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

func hidden(c rune) bool {
	switch {
	case c == '\t' || c == '\n':
		return false
	case unicode.IsControl(c), unicode.Is(unicode.Bidi_Control, c):
		return true
	}
	return c >= '\u200b' && c <= '\u200d' || c == '\u2028' || c == '\u2029' || c == '\ufeff'
}
