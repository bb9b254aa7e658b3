package wall

import (
	"fmt"
	"slices"
	"strings"
)

// siteName is how many words, at most, what stands behind a dash may have to be
// the name of the site. More words go on with the title.
const siteName = 5

// title looks at a title or heading: its parts as a whole, and phrases within.
func (s *score) title(title string, i int) {
	what := "title"
	if i > 0 {
		what = "heading"
	}
	for _, part := range parts(title) {
		for _, r := range s.titleRows(part.text) {
			if part.goesOn {
				r.weight /= 2
			}
			s.add(r, fmt.Sprintf("%s %q", what, part.text))
		}
	}
	for _, r := range table().other["title~"] {
		if pattern, ok := s.fill(r.pattern); ok && strings.Contains(title, pattern) {
			s.add(r, fmt.Sprintf("%s %q", what, pattern))
		}
	}
}

// titleRows are the rows for a whole part of a title.
func (s *score) titleRows(part string) []row {
	rows := table().title[part]
	if s.host != "" && strings.Contains(part, s.host) {
		rows = append(slices.Clip(rows), table().title[strings.ReplaceAll(part, s.host, "{host}")]...)
	}
	return rows
}

// part is a piece of a title.
type part struct {
	text   string
	goesOn bool // the title is about it, as in "Access denied: a history"
}

// parts gives the title, and the pieces into which sites divide theirs, each
// with and without final punctuation.
func parts(title string) []part {
	all := []part{}
	seen := map[string]bool{}
	take := func(piece string, goesOn bool) {
		piece = strings.TrimSpace(piece)
		for _, form := range []string{strings.Trim(piece, " .!:…"), piece} {
			if form != "" && !seen[form] {
				seen[form] = true
				all = append(all, part{form, goesOn})
			}
		}
	}
	take(title, false)
	bars := func(r rune) bool { return strings.ContainsRune("|·•»›‹«", r) }
	for _, piece := range strings.FieldsFunc(title, bars) {
		take(piece, false)
	}
	pieces := strings.FieldsFunc(strings.ReplaceAll(title, " - ", "–"), func(r rune) bool { return bars(r) || r == '–' || r == '—' })
	for i, piece := range pieces {
		take(piece, i == 0 && len(pieces) == 2 && len(strings.Fields(pieces[1])) > siteName)
	}
	pieces = strings.Split(title, ": ")
	for i, piece := range pieces {
		take(piece, i < len(pieces)-1 && !isPhrase(pieces[i+1]))
	}
	return all
}

// isPhrase reports whether a piece, or what stands before the name of the site
// in it, is itself a title of a wall, as in "404: Page not found | Site".
func isPhrase(piece string) bool {
	first, _, _ := strings.Cut(strings.ReplaceAll(piece, " - ", "|"), "|")
	return len(table().title[strings.Trim(first, " .!:…")]) > 0
}
