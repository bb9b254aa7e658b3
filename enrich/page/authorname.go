package page

import (
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
	var names []string
	for _, piece := range splitNames(line) {
		if len(names) >= maxNames {
			break
		}
		if name := s.cleanName(piece, len(names) > 0); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// cutByline takes lead-ins off the front and everything off the end that is no name: dates, outlets behind a bar.
func (s *signals) cutByline(line string) string {
	line = dropLeadIn(line)
	if _, start, end, ok := locateDate(line, s.order()); ok {
		if start > 2 {
			line = line[:start]
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
	for _, word := range []string{" in ", " for ", " For ", " FOR ", " aus ", " à ", " für ", " from ", " at ", " im Gespräch ", " im Interview ", " is a ", " is the "} {
		head, tail, found := strings.Cut(line, word)
		next, _ := utf8.DecodeRuneInString(tail)
		if found && len(strings.Fields(head)) >= 2 && (unicode.IsUpper(next) || len(word) > 6 || strings.HasPrefix(word, " is")) {
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
	leads := leadsByFirst[lowerByte(line[0])]
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
	for _, and := range []string{" and ", " And ", " AND ", " und ", " et ", " och ", " og ", " with ", " mit ", " avec ", " con ", " y ", " & ", " e ", " i ", " и ", " / ", "、", "，", ";", " + ", " en ", " ja ", " ve "} {
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
	piece = dropTail(beforeLabel(strings.TrimRight(piece, ":")))
	switch {
	case utf8.RuneCountInString(piece) < 2 || len(piece) > 80 || isAddress(piece):
		return ""
	case isCredential(piece):
		return ""
	case refusedNames[strings.ToLower(piece)]:
		return ""
	case later && (hasRole(piece) || isAgency(piece) || s.isSiteName(piece) || isDomainLike(piece)):
		return ""
	case onlyDigits(piece) || hasNoName(piece):
		return ""
	}
	return piece
}

// beforeLabel cuts a piece before the first word that is a label's: "Jane Doe Published 7:07 PM".
func beforeLabel(piece string) string {
	fields := strings.Fields(piece)
	for i, f := range fields {
		if i >= 2 && noNames[strings.ToLower(strings.Trim(f, ".:,"))] {
			return strings.Join(fields[:i], " ")
		}
	}
	return piece
}

// hasNoName tells texts of buttons and labels, which class names put beside authors.
func hasNoName(piece string) bool {
	for _, w := range words(piece) {
		if noNames[w] {
			return true
		}
	}
	return false
}

func isCredential(v string) bool { return credentials[strings.ToLower(strings.ReplaceAll(v, ".", ""))] }

func onlyDigits(v string) bool { return strings.Trim(v, "0123456789 .,:/-") == "" }

// dropTail removes an agency or outlet glued to the end of a name, and what stands in brackets.
func dropTail(piece string) string {
	if i := strings.IndexAny(piece, "(["); i > 2 {
		piece = strings.TrimSpace(piece[:i])
	}
	for _, tail := range []string{" am", " on", " um", " le", " il", " el", " at", " -"} {
		piece = strings.TrimSuffix(piece, tail)
	}
	for _, tail := range glued {
		if rest, found := strings.CutSuffix(piece, tail); found && len(strings.TrimSpace(rest)) > 4 {
			piece = strings.TrimSpace(rest)
		}
	}
	return piece
}
