package console

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Row is one line of a card.
type Row struct {
	Label, Text string
	Source      string // where Text came from, "" where that needs no word
}

// cardWidth is where a card's text is folded, in characters; addresses are
// left whole, so that they can be copied.
const cardWidth = 100

// Card writes rows with their labels aligned, long texts folded.
func Card(w io.Writer, rows []Row) error {
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row.Label))
	}
	var b strings.Builder
	for _, row := range rows {
		text := Clean(row.Text)
		if row.Source != "" {
			text += " [" + Clean(row.Source) + "]"
		}
		label := row.Label
		for line := range fold(text, cardWidth-width-2) {
			fmt.Fprintf(&b, "%-*s  %s\n", width, label, line)
			label = ""
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// fold breaks a text at blanks into lines of about width characters.
func fold(text string, width int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		line := ""
		for word := range strings.SplitSeq(text, " ") {
			switch {
			case line == "":
				line = word
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
				line += " " + word
			default:
				if !yield(line) {
					return
				}
				line = word
			}
		}
		yield(line)
	}
}
