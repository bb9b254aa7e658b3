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

// parse reads CommonMark; false for a text that would take the parser too long.
func parse(src string) (tree, bool) {
	if tangled(src) {
		return tree{}, false
	}
	t, spent := tree{taken: map[ast.Node]span{}}, new(effort)
	note := func(p parser.InlineParser) noting { return noting{bounded{InlineParser: p, spent: spent}, t.taken} }
	link := parser.NewLinkParser()
	p := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(&bounded{InlineParser: parser.NewCodeSpanParser(), spent: spent}, 100),
			util.Prioritized(&closing{note(link), link.(parser.CloseBlocker)}, 200),
			util.Prioritized(new(note(parser.NewAutoLinkParser())), 300),
			util.Prioritized(&bounded{InlineParser: parser.NewRawHTMLParser(), spent: spent}, 400),
			util.Prioritized(&emphasis{InlineParser: parser.NewEmphasisParser(), spent: spent}, 500),
		),
		parser.WithParagraphTransformers(util.Prioritized(parser.LinkReferenceParagraphTransformer, 100)),
	)
	t.root = p.Parse(text.NewReader([]byte(src)))
	return t, !spent.all()
}

// noting is an inline parser that notes which bytes it took.
type noting struct {
	bounded
	taken map[ast.Node]span
}

// Parse implements parser.InlineParser.
func (n *noting) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, before := block.Position()
	made := n.bounded.Parse(parent, block, pc)
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
