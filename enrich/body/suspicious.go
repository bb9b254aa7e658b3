package body

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Finding is something in a text that a person should look at.
type Finding struct {
	// Line counts from 1.
	Line int
	Text string
}

// Suspicious lists the signs that a text went wrong on its way: UTF-8 that was
// read as Windows-1252 or replaced by U+FFFD, and headings without a text. It
// reports each kind once per line.
func Suspicious(text string) []Finding {
	var found []Finding
	number := 0
	for line := range strings.Lines(text) {
		number++
		if mended := RepairMojibake(line); mended != line || strings.Contains(line, "â€") {
			found = append(found, Finding{number, fmt.Sprintf("looks like UTF-8 that was read as Windows-1252: %q", excerpt(line))})
		}
		if strings.ContainsRune(line, '\uFFFD') {
			found = append(found, Finding{number, "holds U+FFFD, which stands for a character that was lost"})
		}
	}
	line, at := 1, 0
	for _, heading := range emptyHeadings(text) {
		heading = max(heading, at)
		line += strings.Count(text[at:heading], "\n")
		at = heading
		found = append(found, Finding{line, "a heading without a text"})
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return a.Line - b.Line })
	return found
}

// excerpt is the first word of a line that holds something beyond ASCII.
func excerpt(line string) string {
	for word := range strings.FieldsSeq(line) {
		if strings.ContainsFunc(word, func(r rune) bool { return r > 0x7F }) {
			return word
		}
	}
	return ""
}

// emptyHeadings returns where headings stand that show nothing.
func emptyHeadings(text string) []int {
	var at []int
	t, ok := parse(text)
	if !ok {
		return nil
	}
	_ = ast.Walk(t.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // our function returns no error
		if n.Kind() == ast.KindHeading && entering && !shows(n, text) {
			at = append(at, max(0, n.Pos()))
		}
		return ast.WalkContinue, nil
	})
	return at
}

// shows tells whether anything in a node can be seen.
func shows(n ast.Node, text string) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if strings.Trim(text[c.Segment.Start:c.Segment.Stop], " \t\u00a0*_#") != "" {
				return true
			}
		case *ast.Image, *ast.AutoLink, *ast.RawHTML:
			return true
		default:
			if shows(c, text) {
				return true
			}
		}
	}
	return false
}
