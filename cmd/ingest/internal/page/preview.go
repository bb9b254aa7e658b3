package page

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Bounds of what is rendered. Some texts cost goldmark the square of their length,
// such as "[a](" again and again: 256 KB took minutes, 32 KB half a second. A row of a
// table has as many cells as its head, however short it is written: unbounded, a
// text of 32 KB makes millions.
const (
	maxPreview = 32 << 10 // bytes of a body
	maxCells   = 50_000   // of tables, reckoned from above
)

// preview renders a document's body for the page: without its raw HTML, with links
// to the web only, with pictures named instead of fetched, and with headings that
// go on from this page's. base is the document's address on the site.
func preview(body, base string) (html template.HTML, cut bool, err error) {
	if cut = len(body) > maxPreview; cut {
		body = body[:maxPreview]
	}
	source := []byte(strings.ToValidUTF8(body, "\uFFFD"))
	extensions := []goldmark.Extender{extension.Strikethrough, extension.Linkify}
	if cells(source) <= maxCells {
		extensions = append(extensions, extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)))
	}
	markdown := goldmark.New(goldmark.WithExtensions(extensions...))
	markdown.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(&safely{base}, 1)))
	document := markdown.Parser().Parse(text.NewReader(source))
	nest(document)
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, source, document); err != nil {
		return "", cut, fmt.Errorf("render the preview: %w", err)
	}
	return template.HTML(b.String()), cut, nil // goldmark escapes, and links and pictures are ours
}

// cells is more than the cells that the tables of a body can have.
func cells(source []byte) int {
	rows, columns := 0, 0
	for line := range bytes.Lines(source) {
		rows, columns = rows+1, max(columns, bytes.Count(line, []byte("|"))+1)
	}
	return rows * columns
}

// nest puts a document's headings below an h2, none deeper than one level below
// the one before.
func nest(document ast.Node) {
	level := 2
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function has no errors
		if h, ok := n.(*ast.Heading); ok && entering {
			h.Level = min(h.Level+2, level+1, 6)
			level = h.Level
		}
		return ast.WalkContinue, nil
	})
}

// safely renders what could lead a reader or a browser elsewhere.
type safely struct{ base string }

// RegisterFuncs is goldmark's way to take over kinds of nodes.
func (s *safely) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindLink, s.link)
	r.Register(ast.KindAutoLink, s.autoLink)
	r.Register(ast.KindImage, s.image)
}

func (s *safely) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	address := webFrom(s.base, string(n.(*ast.Link).Destination))
	switch {
	case address == "":
	case entering:
		open(w, address)
	default:
		_, _ = w.WriteString("</a>") // bufio keeps the error for its Flush
	}
	return ast.WalkContinue, nil
}

func (s *safely) autoLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	link := n.(*ast.AutoLink)
	label := template.HTMLEscapeString(visible(string(link.Label(source))))
	address := ""
	if link.AutoLinkType == ast.AutoLinkURL {
		address = web(string(link.URL(source)))
	}
	if address == "" {
		_, _ = w.WriteString(label)
		return ast.WalkContinue, nil
	}
	open(w, address)
	_, _ = w.WriteString(label + "</a>")
	return ast.WalkContinue, nil
}

func open(w util.BufWriter, address string) {
	href := string(util.URLEscape([]byte(address), false))
	_, _ = w.WriteString(`<a href="` + template.HTMLEscapeString(href) + `" rel="noopener noreferrer">`)
}

// image names a picture: its file lies on the site or on a stranger's.
func (s *safely) image(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<span class="picture"><span class="picture-word">Picture</span> `)
	} else {
		_, _ = w.WriteString(`</span>`)
	}
	return ast.WalkContinue, nil // the alternative text lies within
}
