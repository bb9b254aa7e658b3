package page

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blank tells whether a text is only white space.
func blank(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f':
		default:
			return false
		}
	}
	return true
}

// text returns what a reader sees of an element: its text without scripts and hidden parts, white space collapsed.
func text(n *xhtml.Node) string { return textWithout(n, nil) }

// textWithout is text, leaving out the elements that skip says.
func textWithout(n *xhtml.Node, skip func(*xhtml.Node) bool) string {
	var b strings.Builder
	gather(&b, n, skip)
	return squeeze(b.String())
}

func gather(b *strings.Builder, n *xhtml.Node, skip func(*xhtml.Node) bool) {
	for c := n.FirstChild; c != nil && b.Len() < maxText; c = c.NextSibling {
		if c.Type == xhtml.TextNode {
			b.WriteString(c.Data[:min(len(c.Data), maxText)])
			continue
		}
		if c.Type != xhtml.ElementNode || silent(c.DataAtom) || skip != nil && skip(c) {
			continue
		}
		gap := !inline(c.DataAtom)
		if gap {
			b.WriteByte(' ')
		}
		gather(b, c, skip)
		if gap {
			b.WriteByte(' ')
		}
	}
}

func silent(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Button:
		return true
	}
	return false
}

// inline tells the tags that may stand inside a word.
func inline(tag atom.Atom) bool {
	switch tag {
	case atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.Span, atom.Font, atom.Abbr, atom.Sup, atom.Sub, atom.Mark, atom.U, atom.Wbr, atom.Bdi, atom.Q, atom.Code:
		return true
	}
	return false
}

// squeeze makes one clean line of a text: white space collapsed, invisible characters and broken bytes dropped.
func squeeze(s string) string {
	s = strings.TrimFunc(s, isSpace)
	clean := tidy(s)
	if clean == len(s) {
		return s
	}
	out := append(make([]byte, 0, len(s)), s[:clean]...)
	gap := false
	for i := clean; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		switch {
		case isSpace(r):
			gap = true
			continue
		case invisible(r):
			continue
		}
		if gap && len(out) > 0 {
			out = append(out, ' ')
		}
		gap = false
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// tidy is how much of the beginning of s squeeze would leave as it is; no white space at its end, for more may follow.
func tidy(s string) int {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == ' ' && i > 0 && s[i-1] == ' ' {
			for i > 0 && s[i-1] == ' ' {
				i--
			}
			return i
		}
	}
	return len(s)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// invisible characters carry nothing in a line of text: controls, soft hyphens, zero-width marks, directional
// marks. The joiners U+200C and U+200D stay, since Persian, Indic scripts and emoji need them.
func invisible(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return false
	}
	switch r {
	case '\u00ad', '\u200b', '\u200e', '\u200f', '\ufeff', '\u2060':
		return true
	}
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// plain cleans a text that came in an attribute or in JSON, where sites put entities and tags once too often.
func plain(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
		if strings.Contains(s, "&amp;") || strings.Contains(s, "&#") || strings.Contains(s, "&quot;") {
			s = html.UnescapeString(s)
		}
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = stripTags(s)
	}
	return squeeze(s)
}

// stripTags drops what looks like an HTML tag; "a < b" stays.
func stripTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		if i+1 >= len(s) || !tagStart(s[i+1:]) {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i+j+1:]
	}
	b.WriteString(s)
	return b.String()
}

func tagStart(s string) bool {
	if s[0] == '/' && len(s) > 1 {
		s = s[1:]
	}
	c := lowerByte(s[0])
	return c >= 'a' && c <= 'z' || c == '!'
}

// cutText shortens a text to at most n bytes, at a rune's border.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
