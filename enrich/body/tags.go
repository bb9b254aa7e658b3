package body

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Tags names a template language that a generator runs over Markdown before
// it reads it, in code as anywhere else. Its tags are written so that they are
// shown instead.
type Tags string

// The template languages.
const (
	// AllowTags changes nothing.
	AllowTags Tags = ""
	// HugoTags are shortcodes, {{< x >}} and {{% x %}}, escaped as Hugo's
	// documentation says: {{</* x */>}}. A tag that is never closed has no such
	// form: its first brace becomes an entity and, in code, is followed by an
	// invisible word joiner (U+2060).
	HugoTags Tags = "hugo"
	// LiquidTags are Jekyll's, {{ x }} and {% x %}: what opens one becomes a tag
	// that shows it, {{ "{{" }}.
	LiquidTags Tags = "liquid"
	// EleventyTags are those of Liquid and of Nunjucks, which has comments,
	// {# x #}, too, and does not build a page where one ends that never began: an
	// Eleventy site may run either over its Markdown.
	EleventyTags Tags = "eleventy"
)

// escape writes the tags of a template language so that they are shown.
func escape(text string, tags Tags) string {
	switch tags {
	case HugoTags:
		return escapeHugo(text)
	case LiquidTags:
		return strings.NewReplacer("{{", `{{ "{{" }}`, "{%", `{{ "{%" }}`).Replace(text)
	case EleventyTags:
		return strings.NewReplacer("{{", `{{ "{{" }}`, "{%", `{{ "{%" }}`, "{#", `{{ "{#" }}`, "#}", `{{ "#}" }}`).Replace(text)
	}
	return text
}

// shortcode is how one of Hugo's opens.
var shortcode = regexp.MustCompile(`\{\{[<%]`)

func escapeHugo(text string) string {
	var b strings.Builder
	var code []span // found when it is first needed
	never := map[string]bool{}
	for at := 0; ; {
		m := shortcode.FindStringIndex(text[at:])
		if m == nil {
			b.WriteString(text[at:])
			return b.String()
		}
		open, inside := at+m[0], at+m[1]
		b.WriteString(text[at:open])
		shut, end := ">}}", -1
		if text[inside-1] == '%' {
			shut = "%}}"
		}
		if !never[shut] {
			end = strings.Index(text[inside:], shut)
			never[shut] = end < 0
		}
		if end < 0 {
			if code == nil {
				code = append(codeIn(text), span{len(text), len(text)})
			}
			for code[0].end <= open {
				code = code[1:]
			}
			b.WriteString(unclosed(text[open:inside], code[0].start <= open))
			at = inside
			continue
		}
		b.WriteString(text[open:inside] + "/*" + text[inside:inside+end] + "*/" + shut)
		at = inside + end + len(shut)
	}
}

// unclosed writes the opening of a shortcode that has no end.
func unclosed(opening string, inCode bool) string {
	if inCode {
		return "{\u2060" + opening[1:]
	}
	return "&#123;" + opening[1:]
}

// codeIn lists where the code of a text stands.
func codeIn(text string) []span {
	var code []span
	t, ok := parse(text)
	if !ok {
		return nil
	}
	_ = ast.Walk(t.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // our function returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			for i := range n.Lines().Len() {
				code = append(code, span{n.Lines().At(i).Start, n.Lines().At(i).Stop})
			}
		case *ast.Text:
			if n.Parent().Kind() == ast.KindCodeSpan {
				code = append(code, span{n.Segment.Start, n.Segment.Stop})
			}
		}
		return ast.WalkContinue, nil
	})
	return code
}
