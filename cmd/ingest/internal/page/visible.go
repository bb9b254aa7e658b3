package page

import (
	"fmt"
	"strings"
	"unicode"
)

// visible writes characters that hide or reorder text as what they are, where it has
// to be read letter by letter: in an address or a diff they would make a reader see
// another one. Tabs and line breaks stay.
func visible(text string) string { return revealed(text, hidden) }

// readable does the same to a whole page, so that no template can forget a
// stranger's text. It leaves what words and emoji are made with: joiners, soft
// hyphens.
func readable(page string) string { return revealed(page, obscuring) }

func revealed(text string, meant func(rune) bool) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if !strings.ContainsFunc(text, meant) {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		if meant(c) {
			fmt.Fprintf(&b, "⟨U+%04X⟩", c)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// hidden finds every character that is not seen, and none that is: some of the
// formats (Cf) are, as the Arabic sign of a number.
func hidden(c rune) bool {
	return c == '\r' || obscuring(c) || unicode.Is(unicode.Cf, c) && !unicode.Is(unicode.Prepended_Concatenation_Mark, c)
}

// obscuring finds those that control, turn or part a text unseen.
func obscuring(c rune) bool {
	switch c {
	case '\t', '\n', '\r':
		return false
	case '\u200b', '\ufeff': // blanks of no width
		return true
	}
	return unicode.In(c, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}
