package body

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// emphasis is the parser of emphasis. At the end of a block each delimiter that
// may close looks for its partner among those before it that have none: that is
// counted in advance, by doing the same without making anything of it.
type emphasis struct {
	parser.InlineParser
	spent *effort
	block ast.Node
	open  []delimiter // of the block, without those that are done with
}

// delimiter is a run of * or _.
type delimiter struct {
	sign             byte
	opens, closes    bool
	length, original int
}

// Parse implements parser.InlineParser.
func (e *emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if e.spent.all() {
		return nil
	}
	if parent != e.block {
		e.block, e.open = parent, e.open[:0]
	}
	made := e.InlineParser.Parse(parent, block, pc)
	if d, ok := made.(*parser.Delimiter); ok {
		e.add(delimiter{d.Char, d.CanOpen, d.CanClose, d.Length, d.OriginalLength})
	}
	return made
}

// add pairs a delimiter with those before it, and keeps what is left of it.
func (e *emphasis) add(d delimiter) {
	for d.closes && !e.spent.all() {
		i, used, other := e.partner(d)
		if used == 0 {
			if other || d.opens {
				break
			}
			return
		}
		e.open = e.open[:i+1]
		if e.open[i].length -= used; e.open[i].length == 0 {
			e.open = e.open[:i]
		}
		if d.length -= used; d.length == 0 {
			return
		}
	}
	e.open = append(e.open, d)
}

// partner finds the last delimiter that a closing one goes with, and how many
// signs of both are used; none where there is none, and other where there was one
// but for its length.
func (e *emphasis) partner(d delimiter) (at, used int, other bool) {
	for at = len(e.open) - 1; at >= 0; at-- {
		*e.spent += delimiterEffort
		if o := e.open[at]; o.opens && o.sign == d.sign {
			if used = o.goesWith(d); used > 0 {
				return at, used, true
			}
			other = true
		}
	}
	return 0, 0, other
}

// goesWith returns how many signs an opening and a closing delimiter of one sign
// use (CommonMark, section 6.2, rules 9 to 16).
func (d delimiter) goesWith(closing delimiter) int {
	switch {
	case (d.closes || closing.opens) && (d.original+closing.original)%3 == 0 && closing.original%3 != 0:
		return 0
	case d.length >= 2 && closing.length >= 2:
		return 2
	}
	return 1
}
