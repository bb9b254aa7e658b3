package body

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Rewrite returns the Markdown as a site may publish it, and notes about what
// was left or lost, in the order of the text. Any text is good input; the time
// grows with its length.
func Rewrite(markdown string, o Options) (string, []Note) {
	if o.RepairMojibake {
		markdown = RepairMojibake(markdown)
	}
	text, notes := markdown, []Note(nil)
	if o.Attachment != nil || o.Macros || o.CleanURL != nil {
		text, notes = rewrite(markdown, o)
	}
	return escape(text, o.Tags), notes
}

// rewrite does what needs the text parsed.
func rewrite(markdown string, o Options) (string, []Note) {
	t, ok := parse(markdown)
	if !ok {
		return markdown, []Note{{1, "the text is too long, or too tangled, to be looked through: its links stay as they are"}}
	}
	r := &rewriter{src: markdown, options: o, tracker: newTracker(o.Tracker), loose: map[ast.Node]bool{}}
	r.document(t)
	return r.apply(), r.sorted()
}

// rewriter collects the changes to one text.
type rewriter struct {
	src     string
	options Options
	tracker tracker
	edits   []edit
	notes   []noted

	run     span // text that is being collected, for its macros
	links   int  // how many links and images we are inside of
	code    int  // how many HTML elements with code we are inside of
	opened  []opened
	anchors []anchor
	loose   map[ast.Node]bool // links that go, while their text stays
	raw     string            // the HTML element we are inside of whose content is no HTML
}

// span is a range of bytes; empty where end is not behind start.
type span struct{ start, end int }

// edit replaces a range of bytes.
type edit struct {
	span
	text string
}

type noted struct {
	at   int
	text string
}

func (r *rewriter) replace(start, end int, text string) int {
	r.edits = append(r.edits, edit{span{start, end}, text})
	return len(r.edits) - 1
}

func (r *rewriter) note(at int, format string, args ...any) {
	r.notes = append(r.notes, noted{at, fmt.Sprintf(format, args...)})
}

// apply makes the edits. Of two that overlap the first counts.
func (r *rewriter) apply() string {
	if len(r.edits) == 0 {
		return r.src
	}
	slices.SortStableFunc(r.edits, func(a, b edit) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, e := range r.edits {
		if e.start < at {
			continue
		}
		b.WriteString(r.src[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.WriteString(r.src[at:])
	return b.String()
}

// sorted returns the notes with their lines.
func (r *rewriter) sorted() []Note {
	slices.SortStableFunc(r.notes, func(a, b noted) int { return a.at - b.at })
	var notes []Note
	line, at := 1, 0
	for _, n := range r.notes {
		line += strings.Count(r.src[at:n.at], "\n")
		at = n.at
		notes = append(notes, Note{Line: line, Text: n.text})
	}
	return notes
}
