package body

import (
	"slices"
	"strings"
)

// nesting are the columns of the markers of the block quotes and list items that
// may be open, outermost first. Some may be closed, or none, as in code: it is for
// a bound.
type nesting []int

// follow returns what may be open behind a line with markers at these columns.
// One without any may go on with the text of the innermost.
func (n nesting) follow(at []int) nesting {
	if len(at) == 0 {
		return n
	}
	last := at[len(at)-1]
	around := slices.IndexFunc(n, func(column int) bool { return column > last-2 }) // a marker, a blank
	if around < 0 {
		around = len(n)
	}
	open := slices.Concat(n[:around], at)
	slices.Sort(open)
	return slices.Compact(open)
}

// markers returns the columns of the markers of block quotes and lists that a
// line begins with; no more than are too many.
func markers(line string) []int {
	var at []int
	for column := 0; line != "" && len(at) <= maxDepth; {
		width := 1
		switch line[0] {
		case ' ':
			column++
		case '\t':
			column += 4 - column%4
		default:
			if width = marker(line); width == 0 {
				return at
			}
			at = append(at, column)
			column += width
		}
		line = line[width:]
	}
	return at
}

// marker returns the length of the marker that a text begins with, 0 for none.
func marker(text string) int {
	if text[0] == '>' {
		return 1
	}
	width := len(text) - len(strings.TrimLeft(text, "0123456789")) + 1
	switch {
	case width > len(text),
		width > 1 && strings.IndexByte(".)", text[width-1]) < 0,
		width == 1 && (strings.IndexByte("-+*", text[0]) < 0 || text[0] != '+' && rule(text)),
		width < len(text) && !blank(text[width]):
		return 0
	}
	return width
}

// rule tells whether a text that begins with - or * is a thematic break.
func rule(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	sign := line[:1]
	return strings.Count(line, sign) >= 3 && strings.Trim(line, sign+" \t\r") == ""
}
