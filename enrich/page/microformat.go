package page

import (
	"strings"

	"golang.org/x/net/html"
)

// formatRoot is the kind of item that a class begins (microformats.org/wiki/h-entry and its like; for a classic class, what
// it is called today); "" for other classes.
func formatRoot(class string) string {
	switch class {
	case "h-entry", "h-card", "h-feed", "h-event", "h-review", "h-product", "h-recipe", "h-cite", "h-adr", "h-geo", "h-item", "h-resume":
		return class
	case "vcard":
		return "h-card"
	case "hentry", "hfeed", "hreview", "hproduct", "hrecipe":
		return "h-" + class[1:]
	case "vevent":
		return "h-event"
	}
	return ""
}

// classicProp is the property that a class of the classic formats names, as it is called today.
func classicProp(class string) string {
	switch class {
	case "fn", "entry-title", "summary":
		return "p-name"
	case "entry-summary":
		return "p-summary"
	case "entry-content", "description":
		return "e-content"
	case "published", "dtpublished", "dtreviewed":
		return "dt-published"
	case "updated":
		return "dt-updated"
	case "author", "reviewer":
		return "p-author"
	case "photo", "url":
		return "u-" + class
	case "org", "location":
		return "p-" + class
	case "dtstart":
		return "dt-start"
	case "dtend":
		return "dt-end"
	}
	return ""
}

// hasFormat tells a class attribute that may matter to microformats.
func hasFormat(class string) bool {
	for token := range strings.FieldsSeq(class) {
		if formatProp(token) != "" || formatRoot(token) != "" || classicProp(token) != "" || token == "value" || token == "value-title" {
			return true
		}
	}
	return false
}

// formatProp is the property that a class names ("p-name"), "" for other classes, among them the spacing classes of style
// sheets ("p-3").
func formatProp(token string) string {
	name := 2
	if len(token) > 3 && token[2] == '-' && token[:2] == "dt" {
		name = 3
	} else if len(token) < 3 || token[1] != '-' || token[0] != 'p' && token[0] != 'u' && token[0] != 'e' {
		return ""
	}
	for _, c := range []byte(token[name:]) {
		if (c < 'a' || c > 'z') && c != '-' {
			return ""
		}
	}
	return token
}

// microformat notes what an element's classes say, and makes it the item that its children stand in where it begins one.
func (w *walker) microformat(n *html.Node, class string, in *frame) {
	var kinds, props []string
	for token := range strings.FieldsSeq(class) {
		if root := formatRoot(token); root != "" {
			kinds = append(kinds, root)
		}
		if w.format != nil {
			p := formatProp(token)
			if p == "" && w.format.classic {
				p = classicProp(token)
			}
			if p != "" {
				props = append(props, p)
			}
		}
	}
	if len(kinds)+len(props) == 0 || w.props >= maxProps {
		return
	}
	w.props++
	var inner *scope
	if len(kinds) > 0 {
		inner = &scope{kinds: kinds, in: in, node: n, classic: !strings.Contains(class, "h-")}
	}
	switch {
	case len(props) > 0:
		w.format.props = append(w.format.props, prop{names: strings.Join(props, " "), node: n, inner: inner})
	case inner != nil:
		w.s.formats = append(w.s.formats, inner)
	}
	if inner != nil {
		w.format = inner
	}
}

// microformats gives the items in the shape of JSON-LD, properties without their prefix.
func (s *signals) microformats() []any {
	var all []any
	for _, sc := range s.formats {
		if n := s.formatNode(sc); len(n) > 1 {
			all = append(all, n)
		}
	}
	return all
}

func (s *signals) formatNode(sc *scope) map[string]any {
	n := map[string]any{"@type": sc.kinds[0]}
	if len(sc.kinds) > 1 {
		kinds := make([]any, len(sc.kinds))
		for i, k := range sc.kinds {
			kinds[i] = k
		}
		n["@type"] = kinds
	}
	texts, nested := false, false
	for _, p := range sc.props {
		nested = nested || p.inner != nil
		for name := range strings.FieldsSeq(p.names) {
			kind, key, _ := strings.Cut(name, "-")
			texts = texts || kind == "p" || kind == "e"
			if p.inner != nil {
				put(n, key, s.formatNode(p.inner))
			} else if v := s.formatValue(kind, p.node); v != "" {
				put(n, key, v)
			}
		}
	}
	s.imply(n, sc.node, texts, nested)
	return n
}
