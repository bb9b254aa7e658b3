package page

import (
	"strings"
	"unicode/utf8"
)

// separators are what stands between a headline and a site's name. The ones that need no spaces come at the end.
var separators = []string{ //nolint:gochecknoglobals // read-only table
	" | ", " - ", " – ", " — ", " :: ", " : ", ": ", " · ", " • ", " » ", " « ", " › ", " / ", " ~ ", " _ ", " − ", " ― ", " ‹ ", " < ", " > ", " \\ ", " ⋆ ", " ★ ", " // ", " -- ", " ‐ ", " ‑ ", " ▷ ", " • ", " @ ",
	"｜", "│", "|", "_", " -", "- ", " –", "– ", "—", "：", "／", "»", "- ",
}

// separatorSigns has a sign of every separator.
const separatorSigns = "|-–—:·•»«›‹/~_−―<>\\⋆★‐‑▷@｜│：／"

// separatorsIn gives the separators that a title has.
func separatorsIn(title string) []string {
	if !strings.ContainsAny(title, separatorSigns) {
		return nil
	}
	var present []string
	for _, sep := range separators {
		if strings.Contains(title, sep) {
			present = append(present, sep)
		}
	}
	return present
}

// maxSuffix is how long a piece of a title may be to be taken for a site's name, in runes.
const maxSuffix = 60

// bare takes the site's name off a title: at its end or at its beginning, behind or before any separator, and more
// than once ("Headline | Section | Site"). A title that is nothing but the name comes back empty.
func (s *signals) bare(title string) string {
	if known, ok := s.bared[title]; ok {
		return known
	}
	if s.bared == nil {
		s.bared = map[string]string{}
	}
	bare := s.takeNamesOff(title)
	s.bared[title] = bare
	return bare
}

func (s *signals) takeNamesOff(title string) string {
	title = strings.TrimRight(title, " |:»·•–—_-")
	present := separatorsIn(title)
	for i := range 4 {
		if s.isSiteName(title) {
			if i > 0 {
				return title // "Acme | Directory" on a page about Acme
			}
			return ""
		}
		shorter := s.cutEnd(title, present)
		if shorter == "" {
			shorter = s.cutBegin(title, present)
		}
		if shorter == "" {
			return title
		}
		title = shorter
	}
	return title
}

// cutEnd removes the last piece if it names the site; "" if it does not.
func (s *signals) cutEnd(title string, present []string) string {
	for _, sep := range present {
		head, tail, found := cutLast(title, sep)
		for range 3 { // a name may hold the separator itself: "Headline - Foo - Bar" by "Foo - Bar"
			if !found || utf8.RuneCountInString(tail) > maxSuffix {
				break
			}
			if (s.namesSite(tail) || s.dom.brands(tail)) && utf8.RuneCountInString(head) >= 2 {
				return trimPiece(head)
			}
			i := strings.LastIndex(head, sep)
			if i < 0 {
				break
			}
			head, tail = title[:i], title[i+len(sep):]
		}
	}
	return ""
}

// cutBegin removes the first piece if it names the site.
func (s *signals) cutBegin(title string, present []string) string {
	for _, sep := range present {
		head, tail, found := strings.Cut(title, sep)
		if found && utf8.RuneCountInString(head) <= maxSuffix && utf8.RuneCountInString(tail) >= 2 && s.namesSite(head) {
			return trimPiece(tail)
		}
	}
	return ""
}

// namesSite tells whether a piece of a title is the site's name, perhaps with its domain's ending or a slogan's words
// around the name.
func (s *signals) namesSite(piece string) bool {
	piece = strings.TrimSpace(piece)
	if s.isSiteName(piece) {
		return true
	}
	key := letters(piece)
	if key == "" {
		return false
	}
	if i := strings.LastIndexByte(piece, '.'); i > 0 && !strings.Contains(piece, " ") && s.isSiteName(piece[:i]) {
		return true // "example.com" where the site is known as Example
	}
	return s.dom.abbreviates(piece) && utf8.RuneCountInString(piece) > len(s.dom.core)
}

// brands tells whether the last piece of a title bears the domain's name without being it: "Wag!" at wagwalking.com, "Logitech
// Ergo" at logitech.com, or the name in Latin letters behind the one in the site's own script.
func (d domain) brands(piece string) bool {
	for _, end := range lex().mastheads {
		if strings.HasSuffix(piece, end) {
			return true
		}
	}
	fields := strings.Fields(piece)
	if len(d.core) < 3 || len(fields) == 0 || len(fields) > 4 {
		return false
	}
	if key := letters(piece); len(fields) == 1 {
		return len(key) >= 3 && (strings.HasPrefix(d.core, key) || strings.HasSuffix(d.core, key))
	}
	head := ""
	for _, f := range fields[:len(fields)-1] {
		if head += letters(f); head == d.core {
			return true
		}
	}
	return len(fields) == 2 && letters(fields[1]) == d.core
}

func trimPiece(piece string) string {
	return strings.TrimSpace(strings.Trim(piece, " |-–—·•»«›‹:_/"))
}

func cutLast(s, sep string) (head, tail string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
