package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNames is how many authors one byline may have; physics papers have thousands.
const maxNames = 100

// authorNames reads a byline: "Written by Jane Doe and John Roe, Staff Writers | March 4, 2021" gives the two names.
func (s *signals) authorNames(raw string) []string {
	line := plain(raw)
	if line == "" || isAddress(line) {
		return nil
	}
	line = s.cutByline(line)
	pieces := splitNames(line)
	if len(pieces) == 2 && min(len(strings.TrimSpace(pieces[0])), len(strings.TrimSpace(pieces[1]))) < 2 {
		pieces = []string{line} // "Mac & i" is one name
	}
	var names []string
	helper, role := false, false
	for i, piece := range pieces {
		if len(names) >= maxNames {
			break
		}
		piece = strings.TrimSpace(piece)
		if helper = (helper && dropLeadIn(piece) == piece) || isHelper(piece); helper {
			continue
		}
		later := len(names) > 0
		if role && i+1 < len(pieces) && !hasRole(pieces[i+1]) {
			continue // "Jane Doe, Editor, Mud and Water": behind a role stands where it is held
		}
		role = role || later && hasRole(piece)
		if name := s.cleanName(piece, later); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// isHelper tells that a piece of a byline begins with or is a word for a part other than the author's: "Edited by", "Photos:".
func isHelper(piece string) bool {
	if piece == "" {
		return false
	}
	lower := strings.ToLower(piece)
	return slices.ContainsFunc(lex().helpers[lower[0]], func(lead string) bool { return strings.HasPrefix(lower, lead) })
}

// cutByline takes lead-ins off the front and everything off the end that is no name: dates, outlets behind a bar.
func (s *signals) cutByline(line string) string {
	line = dropLeadIn(line)
	if _, start, end, ok := locateDate(line, s.order()); ok {
		if start > 2 {
			line = dropWeekday(strings.TrimRight(line[:start], " ,"))
		} else {
			line = line[min(end, len(line)):]
		}
		line = dropLeadIn(strings.Trim(line, " ,|-–—·•:"))
	}
	for _, sep := range []string{" | ", " @ ", " • ", " · ", "|", " – ", " — ", " // ", " > ", " » "} {
		if head, _, found := strings.Cut(line, sep); found && strings.TrimSpace(head) != "" {
			line = head
		}
	}
	return strings.TrimSpace(cutPlace(line))
}

// cutPlace takes off where or for whom somebody writes: "Jane Doe in Berlin", "John Roe for Example Online".
func cutPlace(line string) string {
	for _, word := range []string{" in ", " for ", " For ", " FOR ", " aus ", " à ", " für ", " from ", " at "} {
		head, tail, found := strings.Cut(line, word)
		next, _ := utf8.DecodeRuneInString(tail)
		if found && len(strings.Fields(head)) >= 2 && unicode.IsUpper(next) {
			line = head
		}
	}
	for _, word := range []string{" im Gespräch ", " im Interview ", " has ", " writes ", " works ", " lives ", " ist ", " lebt ", " arbeitet ", " schreibt ", " est ", " è "} {
		if head, _, found := strings.Cut(line, word); found && len(strings.Fields(head)) >= 2 {
			line = head
		}
	}
	return line
}

// isAddress tells links, mail addresses and handles, which are not names.
func isAddress(v string) bool {
	return strings.Contains(v, "://") || strings.HasPrefix(v, "@") || strings.HasPrefix(v, "www.") || strings.Contains(v, "@") && !strings.Contains(v, " ") || strings.HasPrefix(v, "/") || strings.HasPrefix(v, "#")
}

// dropLeadIn removes "By", "Von", "Text:" and their like from the front, as often as they stand there.
func dropLeadIn(line string) string {
	for range 4 {
		rest := dropOneLeadIn(line)
		if rest == line {
			return line
		}
		line = rest
	}
	return line
}

func dropOneLeadIn(line string) string {
	line = strings.TrimLeft(line, " :,-–—|/•·.&")
	if line == "" {
		return line
	}
	leads := lex().leads[lowerByte(line[0])]
	if len(leads) == 0 {
		return line
	}
	lower := strings.ToLower(line)
	for _, lead := range leads {
		if !strings.HasPrefix(lower, lead) || len(lower) != len(line) {
			continue
		}
		rest := line[len(lead):]
		last, _ := utf8.DecodeLastRuneInString(lead)
		next, _ := utf8.DecodeRuneInString(rest)
		if rest == "" || unicode.IsLetter(last) && last < 0x2e80 && unicode.IsLetter(next) && !unicode.IsUpper(next) {
			continue
		}
		glued := unicode.IsUpper(next) && strings.HasSuffix(lead, "by") // "Written byJane Doe", from elements side by side
		if unicode.IsLetter(last) && last < 0x2e80 && !strings.ContainsRune(" :,\u00a0", next) && !glued {
			continue
		}
		return strings.TrimLeft(rest, " :：,-–—|/•·.")
	}
	return line
}

// splitNames cuts a byline into its names.
func splitNames(line string) []string {
	for _, and := range []string{" and ", " And ", " AND ", " und ", " et ", " och ", " og ", " with ", " mit ", " avec ", " con ", " y ", " & ", " e ", " i ", " и ", " / ", "、", "，", ";", " + ", " en ", " ja ", " ve ", "(with ", "(mit ", "(avec "} {
		if strings.Contains(line, and) {
			line = strings.ReplaceAll(line, and, ",")
		}
	}
	return strings.Split(line, ",")
}

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
	case lex().placeholders[strings.ToLower(piece)]:
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

// endsHelper tells a text that leads to the name of one who did not write.
func endsHelper(t string) bool {
	lower := strings.ToLower(strings.TrimRight(t, " :"))
	for _, leads := range lex().helpers {
		for _, lead := range leads {
			if strings.HasSuffix(lower, strings.TrimRight(lead, " :")) {
				return true
			}
		}
	}
	return false
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
