package fetch

import (
	"bytes"
	"strings"
)

// markupType tells HTML, SVG, feeds and other XML by the document type or the
// root element, past XML declaration, processing instructions and comments.
// It gives nothing for text that begins otherwise.
func markupType(text []byte) string {
	rest := trim(text)
	xml := bytes.HasPrefix(rest, []byte("<?xml"))
	for {
		rest = trim(rest)
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			rest = after(rest[len("<!--"):], "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			rest = after(rest, ">")
		default:
			return rootType(rest, xml)
		}
		if rest == nil { // it goes on past what we see
			return orNone(xml, typeXML, typeHTML)
		}
	}
}

func orNone(xml bool, yes, no string) string {
	if xml {
		return yes
	}
	return no
}

// rootType judges the first tag or document type.
func rootType(rest []byte, xml bool) string {
	name := rootName(rest)
	switch name {
	case "":
	case "svg":
		return "image/svg+xml"
	case "rss":
		return "application/rss+xml"
	case "feed":
		return "application/atom+xml"
	case "rdf":
		return "application/rdf+xml"
	default:
		if isHTMLName(name) {
			return typeHTML
		}
	}
	return orNone(xml, typeXML, "")
}

// rootName gives the name in "<!DOCTYPE name" or "<prefix:name", in lower case.
func rootName(rest []byte) string {
	const doctype = "<!doctype"
	s := strings.ToLower(string(rest[:min(len(rest), 100)]))
	if after, ok := strings.CutPrefix(s, doctype); ok {
		s = strings.TrimLeft(after, blanks)
	} else if s, ok = strings.CutPrefix(s, "<"); !ok {
		return ""
	}
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != ':' && r != '-'
	})
	if end >= 0 {
		s = s[:end]
	}
	return s[strings.IndexByte(s, ':')+1:]
}

// isHTMLName knows the elements that a page, or a fragment served as one, begins with.
func isHTMLName(name string) bool {
	switch name {
	case "html", "head", "body", "title", "meta", "link", "base", "script", "noscript", "style", "template", "iframe", "frameset",
		"div", "span", "p", "a", "b", "i", "em", "strong", "font", "center", "br", "hr", "pre", "img", "picture", "video", "form", "input",
		"table", "tbody", "tr", "td", "ul", "ol", "li", "dl", "h1", "h2", "h3", "h4", "h5", "h6",
		"main", "article", "section", "header", "footer", "nav", "aside", "figure", "blockquote":
		return true
	}
	return false
}

// after gives what follows the first mark, or nil.
func after(b []byte, mark string) []byte {
	_, rest, ok := bytes.Cut(b, []byte(mark))
	if !ok {
		return nil
	}
	return rest
}
