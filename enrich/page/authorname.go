package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNames is how many authors one byline may have; physics papers have thousands.
const maxNames = 100

// authorNames reads a byline: "Written by Jane Doe and John Roe, Staff Writers | March 4, 2021" gives the two names.
func (s *signals) authorNames(raw string) []string {
	line := strings.TrimSpace(withoutSource(plain(raw)))
	if line == "" || isAddress(line) || unfilled(line) {
		return nil
	}
	line = s.cutByline(withoutMail(line))
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

// statedSource is where Chinese papers say whom a text was taken from, beside its author: "来源:新华社 作者:王小明".
var statedSource = regexp.MustCompile(`(?:文章)?(?:来源|來源|稿源|出处)\s*[:：]\s*[^\s\p{Z}|]+`)

func withoutSource(line string) string {
	if !strings.ContainsAny(line, "源处") {
		return line
	}
	return statedSource.ReplaceAllString(line, "")
}

// withoutMail gives the name beside a mail address, as feeds and mails write both: "jane@example.org (Jane Doe)", "Jane Doe
// <jane@example.org>".
func withoutMail(line string) string {
	if head, inside, found := strings.Cut(line, " ("); found && isAddress(head) && strings.HasSuffix(inside, ")") {
		return strings.TrimSuffix(inside, ")")
	}
	if head, inside, found := strings.Cut(line, " <"); found && strings.HasSuffix(inside, ">") && isAddress(strings.TrimSuffix(inside, ">")) {
		return head
	}
	return line
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
