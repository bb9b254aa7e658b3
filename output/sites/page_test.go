package sites_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"golang.org/x/net/html"
)

// page is what a reader, or a test, sees of a page.
type page struct {
	title, heading, article, date, wp string
	image                             string // address of the last one
	images                            []string
	canonical                         string
	links                             []string
}

// read parses a page.
func read(t *testing.T, src []byte) page {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	var p page
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "title":
			p.title = content(n)
		case "h1":
			p.heading = content(n)
		case "article":
			p.article = content(n)
		case "time":
			p.date = attribute(n, "datetime")
		case "img":
			p.image = attribute(n, "src")
			p.images = append(p.images, p.image)
		case "a":
			p.links = append(p.links, attribute(n, "href"))
		case "meta":
			if attribute(n, "name") == "wp" {
				p.wp = attribute(n, "content")
			}
		case "link":
			if attribute(n, "rel") == "canonical" {
				p.canonical = attribute(n, "href")
			}
		}
	}
	return p
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// content is the text of an element, in the letters that were typed: without
// the typographer's quotes and with single blanks.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	plain := strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "\u2060", "", "\u00a0", " ").Replace(b.String())
	return strings.Join(strings.Fields(plain), " ")
}

// shown is the text that Markdown shows when no generator runs anything in it.
func shown(t *testing.T, markdown []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return content(root)
}
