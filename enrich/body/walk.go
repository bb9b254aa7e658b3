package body

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// document goes through a parsed text.
func (r *rewriter) document(t tree) {
	_ = ast.Walk(t.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // our function returns no error
		if plain, ok := n.(*ast.Text); ok {
			if entering {
				r.text(plain)
			}
			return ast.WalkContinue, nil
		}
		r.flush()
		if !entering {
			return r.leave(n), nil
		}
		return r.enter(n, t), nil
	})
	r.flush()
}

func (r *rewriter) enter(n ast.Node, t tree) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.CodeSpan:
		return ast.WalkSkipChildren
	case *ast.Link:
		r.loose[n] = n.Reference == nil && r.inline(n.Pos(), t.taken[n], n.Destination, false)
		if !r.loose[n] {
			r.links++
		}
	case *ast.Image:
		r.links++
		if n.Reference == nil {
			r.inline(n.Pos(), t.taken[n], n.Destination, true)
		}
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkURL {
			r.autolink(t.taken[n])
		}
	case *ast.LinkReferenceDefinition:
		r.definition(whole(n.Lines()), n.Destination)
	case *ast.RawHTML:
		r.html(whole(n.Segments), false)
	case *ast.HTMLBlock:
		r.htmlBlock(n)
		r.closeHTML()
	}
	return ast.WalkContinue
}

func (r *rewriter) leave(n ast.Node) ast.WalkStatus {
	switch {
	case n.Type() == ast.TypeBlock:
		r.closeHTML()
	case (n.Kind() == ast.KindLink || n.Kind() == ast.KindImage) && !r.loose[n]:
		r.links--
	}
	return ast.WalkContinue
}

// closeHTML forgets what is open: it does not outlive its block.
func (r *rewriter) closeHTML() {
	r.opened, r.anchors, r.code, r.links, r.raw = nil, nil, 0, 0, ""
}

// text collects a piece of text; the parser breaks it at every character that
// might have had a meaning.
func (r *rewriter) text(n *ast.Text) {
	if n.Segment.Start != r.run.end {
		r.flush()
		r.run.start = n.Segment.Start
	}
	r.run.end = n.Segment.Stop
	if n.SoftLineBreak() || n.HardLineBreak() {
		r.flush()
	}
}

// flush looks through the text that was collected.
func (r *rewriter) flush() {
	if r.run.start < r.run.end && r.code == 0 {
		r.plain(r.run)
	}
	r.run = span{-1, -1}
}

// whole returns the bytes of segments that follow each other without a gap; an
// empty span for others, as in a block quote.
func whole(segments *text.Segments) span {
	all := span{}
	for i := range segments.Len() {
		s := segments.At(i)
		if i == 0 {
			all.start = s.Start
		} else if s.Start != all.end {
			return span{}
		}
		all.end = s.Stop
	}
	return all
}

// htmlBlock reads a block of HTML that is not a comment or its like, in pieces
// that are whole in the source.
func (r *rewriter) htmlBlock(n *ast.HTMLBlock) {
	if n.HTMLBlockType > ast.HTMLBlockType1 && n.HTMLBlockType < ast.HTMLBlockType6 {
		return
	}
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		lines = append(lines[:len(lines):len(lines)], n.ClosureLine)
	}
	var piece span
	for _, l := range lines {
		if l.Start != piece.end {
			r.html(piece, true)
			piece.start = l.Start
		}
		piece.end = l.Stop
	}
	r.html(piece, true)
}
