package body

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The parser's time grows with the square of a text that is made for it: each
// of many beginnings without an end is looked for to the end of its paragraph,
// each container goes through those around it. These bounds keep a text below about
// a second, and are far from what people write.
const (
	maxText = 512 << 10 // bytes; ten times the longest article
	// maxMarkers bounds the bytes of the markers of block quotes and lists, and
	// the blanks between them, that a line begins with.
	maxMarkers = 256
	// maxNesting bounds the lines of a text times the square of the most bytes
	// of markers: behind a nested list, each blank line goes through each pair.
	maxNesting = 512 << 20
	// maxDefined bounds the lines of a text times its reference definitions.
	maxDefined = 64 << 20
	// maxEffort bounds the bytes that the inline parsers look at.
	maxEffort = 256 << 20
	// lineEffort is what another line takes, perhaps with a node for it, as
	// bytes.
	lineEffort = 128
	// valueEffort is what a byte that is copied out of a block takes.
	valueEffort = 8
	// delimiterEffort is what another delimiter before the one that looks for
	// its partner takes, as bytes.
	delimiterEffort = 4
)

// tangled tells whether the blocks of a text would take the parser too long.
func tangled(text string) bool {
	if len(text) > maxText {
		return true
	}
	lines, deepest := 0, 0
	for line := range strings.Lines(text) {
		lines++
		deepest = max(deepest, markers(line))
	}
	return deepest > maxMarkers || lines*deepest*deepest > maxNesting || lines*strings.Count(text, "]:") > maxDefined
}

// markers returns how many bytes of markers of block quotes and lists a line
// begins with, and of blanks around them.
func markers(line string) int {
	taken := 0
	for rest := strings.TrimLeft(line, " \t"); rest != ""; rest = strings.TrimLeft(rest, " \t") {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		switch {
		case rest[0] == '>':
			rest = rest[1:]
		case digits == 0 && strings.IndexByte("-+*", rest[0]) < 0, digits == len(rest), digits > 0 && strings.IndexByte(".)", rest[digits]) < 0:
			return taken
		default:
			rest = rest[digits+1:]
			if rest != "" && !blank(rest[0]) {
				return taken
			}
		}
		taken = len(line) - len(rest)
	}
	return taken
}

// effort is what the inline parsers have looked at, in bytes.
type effort int

// all tells whether more is asked for than there is.
func (e *effort) all() bool { return *e > maxEffort }

// bounded is an inline parser that gives up when all effort is spent.
type bounded struct {
	parser.InlineParser
	spent *effort
	block counted
}

// Parse implements parser.InlineParser.
func (b *bounded) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if b.spent.all() {
		return nil
	}
	b.block = counted{block, b.spent, parent.Lines().Len()}
	return b.InlineParser.Parse(parent, &b.block, pc)
}

// counted is a block of text that counts what is looked at.
type counted struct {
	text.Reader
	spent *effort
	lines int // of the block
}

// PeekLine implements text.Reader.
func (c *counted) PeekLine() ([]byte, text.Segment) {
	line, at := c.Reader.PeekLine()
	*c.spent += effort(len(line) + lineEffort)
	return line, at
}

// Value implements text.Reader. It looks for the segment's line.
func (c *counted) Value(at text.Segment) []byte {
	*c.spent += effort(c.lines + valueEffort*at.Len())
	return c.Reader.Value(at)
}

// emphasis is the parser of emphasis, bounded by the delimiters of a block:
// each may look for its partner among all that are before it.
type emphasis struct {
	parser.InlineParser
	spent      *effort
	block      ast.Node
	delimiters int
}

// Parse implements parser.InlineParser.
func (e *emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if e.spent.all() {
		return nil
	}
	if parent != e.block {
		e.block, e.delimiters = parent, 0
	}
	e.delimiters++
	*e.spent += effort(delimiterEffort * e.delimiters)
	return e.InlineParser.Parse(parent, block, pc)
}
