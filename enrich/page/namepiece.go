package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanName makes a name of a piece of a byline; "" where it is a role, an outlet, a place or a credential. A piece
// behind the first is held to more, for there the roles stand.
func (s *signals) cleanName(piece string, later bool) string {
	piece = strings.Trim(dropLeadIn(strings.TrimSpace(piece)), " .,;:|-–—()[]\"“”*•")
	piece, _, _ = strings.Cut(piece, ": ")
	piece, _, _ = strings.Cut(piece, "@")
	if head, _, found := strings.Cut(piece, "/"); found && len(strings.Fields(head)) > 1 {
		piece = head // "Jane Doe/dpa"
	}
	piece = dropTail(beforeLabel(strings.TrimRight(piece, ": ")))
	switch {
	case utf8.RuneCountInString(piece) < 2 || len(piece) > 80 || isAddress(piece):
		return ""
	case isCredential(piece) || later && isInitials(piece):
		return ""
	case lex().placeholders[strings.ToLower(piece)] || unfilled(piece):
		return ""
	case later && (hasRole(piece) || isAgency(piece) || s.isSiteName(piece) || isDomainLike(piece)):
		return ""
	case onlyClock(piece) || hasNoName(piece):
		return ""
	}
	return piece
}

// beforeLabel cuts a piece before the first word that is a label's: "Jane Doe Published 7:07 PM".
func beforeLabel(piece string) string {
	fields := strings.Fields(piece)
	for i, f := range fields {
		if w := strings.ToLower(strings.Trim(f, ".:,")); i >= 2 && lex().labels[w] && !lex().surnames[w] {
			return strings.Join(fields[:i], " ")
		}
	}
	return piece
}

// hasNoName tells texts of buttons and labels, which class names put beside authors.
func hasNoName(piece string) bool {
	for i, w := range words(piece) {
		if lex().deadlines[w] || lex().labels[w] && (i == 0 || !lex().surnames[w]) {
			return true
		}
	}
	return false
}

// afterBracket is the first letter behind a closed bracket: "Richard (R.J.) Eskow".
func afterBracket(piece string) rune {
	i := strings.LastIndexAny(piece, ")]")
	if i < 0 {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(piece[i+1:], " "))
	return r
}

func isCredential(v string) bool {
	return lex().credentials[strings.ToLower(strings.ReplaceAll(v, ".", ""))]
}

// isInitials tells an agency's or a degree's letters: "AP", "CSCS".
func isInitials(v string) bool {
	return len(v) < 6 && !strings.ContainsFunc(v, func(r rune) bool { return !unicode.IsUpper(r) })
}

// onlyClock tells what is left of a date: numbers, months, days of the week, zones.
func onlyClock(v string) bool {
	for _, w := range words(v) {
		if !isDigit(w[0]) && monthOf(w) == 0 && !lex().weekdays[w] && !lex().clock[w] {
			return false
		}
	}
	return true
}

// dropWeekday takes off the day of the week that stood before a date: "Jane Doe Monday".
func dropWeekday(piece string) string {
	if i := strings.LastIndexByte(piece, ' '); i > 0 && lex().weekdays[strings.ToLower(piece[i+1:])] {
		return strings.TrimSpace(piece[:i])
	}
	return piece
}

// dropTail removes an agency or outlet glued to the end of a name, and what stands in brackets.
func dropTail(piece string) string {
	if i := strings.IndexAny(piece, "(["); i > 2 && !unicode.IsUpper(afterBracket(piece)) {
		piece = strings.TrimSpace(piece[:i])
	}
	for _, tail := range []string{" am", " on", " um", " le", " il", " el", " at", " -"} {
		piece = strings.TrimSuffix(piece, tail)
	}
	for _, tail := range lex().endings {
		if rest, found := strings.CutSuffix(piece, tail); found && len(strings.TrimSpace(rest)) > 4 {
			piece = strings.TrimSpace(rest)
		}
	}
	return piece
}
