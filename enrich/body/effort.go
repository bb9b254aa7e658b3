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
	// maxDepth bounds the block quotes and lists around a line.
	maxDepth = 128
	// maxNesting bounds the lines of a text times the square of the greatest
	// depth: behind a nested list, each blank line goes through each pair.
	maxNesting = 128 << 20
	// maxDefined bounds the lines of a text times its reference definitions.
	maxDefined = 64 << 20
	// maxEffort bounds what the inline parsers do, in steps of some nanoseconds.
	maxEffort = 256 << 20
	// lineEffort is what another line takes, perhaps with a node for it.
	lineEffort = 128
	// lookEffort is what a byte takes that is read to find an end.
	lookEffort = 2
	// valueEffort is what a byte that is copied out of a block takes.
	valueEffort = 8
	// delimiterEffort is what a delimiter takes that another one looks at.
	delimiterEffort = 4
)

// tangled tells whether the blocks of a text would take the parser too long.
func tangled(text string) bool {
	if len(text) > maxText {
		return true
	}
	lines, deepest := 0, 0
	var open nesting
	for line := range strings.Lines(text) {
		lines++
		open = open.follow(markers(line))
		if deepest = max(deepest, len(open)); deepest > maxDepth {
			return true
		}
	}
	return lines*deepest*deepest > maxNesting || lines*strings.Count(text, "]:") > maxDefined
}

// effort is what the inline parsers have done, in steps.
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
	b.block = counted{Reader: block, spent: b.spent, lines: parent.Lines().Len()}
	made := b.InlineParser.Parse(parent, &b.block, pc)
	b.block.giveBack()
	return made
}

// counted is a block of text that counts what is looked at.
type counted struct {
	text.Reader
	spent  *effort
	lines  int  // of the block
	begun  bool // whether it was looked at
	looked span // what was looked at last
}

// PeekLine implements text.Reader. At their first look, all parsers see only
// what they begin with.
func (c *counted) PeekLine() ([]byte, text.Segment) {
	line, at := c.Reader.PeekLine()
	*c.spent += lineEffort
	if c.looked = (span{}); c.begun && line != nil {
		c.looked = span{at.Start, at.Stop}
		*c.spent += lookEffort * effort(len(line))
	}
	c.begun = true
	return line, at
}

// giveBack takes off what a parser left that found what it looked for.
func (c *counted) giveBack() {
	_, at := c.Position()
	if c.looked.start < at.Start && at.Start <= c.looked.end {
		*c.spent -= lookEffort * effort(c.looked.end-at.Start)
	}
}

// Value implements text.Reader. It looks for the segment's line.
func (c *counted) Value(at text.Segment) []byte {
	*c.spent += effort(c.lines + valueEffort*at.Len())
	return c.Reader.Value(at)
}
