package receiver

import (
	"strings"
	"unicode"
)

// opening are the signs that may stand before the keyword: emphasis, code, quotes and
// brackets. The sign of a quotation is none of them: who quotes a request makes none.
const opening = "*_~`\"'“‘„«(["

// Asks says whether a comment begins with the keyword. Emphasis around it and
// punctuation behind it do not matter; what has more letters, or goes on behind a
// hyphen, is another word.
func Asks(comment, keyword string) bool {
	words := strings.Fields(strings.ToLower(comment))
	if keyword == "" || len(words) == 0 {
		return false
	}
	before, after, found := strings.Cut(words[0], strings.ToLower(keyword))
	return found && strings.TrimFunc(before, leading) == "" && strings.TrimFunc(after, closing) == ""
}

// leading are the signs that may stand before it, closing those behind; both with what
// is pasted along unseen.
func leading(r rune) bool { return strings.ContainsRune(opening, r) || unicode.Is(unicode.Cf, r) }
func closing(r rune) bool {
	return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.Is(unicode.Cf, r)
}
