package body

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tree is a parsed text and what the parser itself does not keep.
type tree struct {
	root ast.Node
	// taken are the bytes that a parser took when it made a link or image (its
	// closing bracket and all that follows) or an autolink (all of it).
	taken map[ast.Node]span
}

// parse reads CommonMark.
func parse(src []byte) tree {
	t := tree{taken: map[ast.Node]span{}}
	link := parser.NewLinkParser()
	p := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(&closing{noting{link, t.taken}, link.(parser.CloseBlocker)}, 200),
			util.Prioritized(&noting{parser.NewAutoLinkParser(), t.taken}, 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(util.Prioritized(parser.LinkReferenceParagraphTransformer, 100)),
	)
	t.root = p.Parse(text.NewReader(src))
	return t
}

// noting is an inline parser that notes which bytes it took.
type noting struct {
	parser.InlineParser
	taken map[ast.Node]span
}

// Parse implements parser.InlineParser.
func (n *noting) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, before := block.Position()
	made := n.InlineParser.Parse(parent, block, pc)
	if made == nil {
		return nil
	}
	_, after := block.Position()
	n.taken[made] = span{before.Start, after.Start}
	return made
}

// closing is a noting that is told of the end of its block.
type closing struct {
	noting
	parser.CloseBlocker
}

const (
	// maxText bounds what is parsed: ten times the longest article, and a few
	// seconds where the parser's time grows with the square of the length, as it does
	// for a list of nothing but reference definitions.
	maxText = 512 << 10
	// maxQuotes bounds how deep a line begins block quotes: the parser takes
	// time that grows with the square of the depth.
	maxQuotes = 100
)

// parses tells whether a text is one to parse.
func parses(text string) bool {
	if len(text) > maxText {
		return false
	}
	quotes := 0
	for i := range len(text) {
		switch text[i] {
		case '>':
			if quotes++; quotes > maxQuotes {
				return false
			}
		case ' ', '\t':
		default:
			quotes = 0
		}
	}
	return true
}
