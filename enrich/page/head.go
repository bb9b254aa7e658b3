package page

import (
	"strings"

	"golang.org/x/net/html"
)

// addMeta keeps a meta tag under each of its names. The Open Graph belongs under property and everything else under
// name, but pages mix them up, so the attribute does not matter.
func (s *signals) addMeta(n *html.Node) {
	var content string
	var names [4]string
	count := 0
	for _, a := range attributes(n) {
		switch a.Key {
		case "content":
			content = a.Val
		case "value":
			if content == "" {
				content = a.Val
			}
		case "charset":
			return
		case "name", "property", "http-equiv", "itemprop":
			if count < len(names) {
				names[count] = a.Val
				count++
			}
		}
	}
	for i, list := range names[:count] {
		if i > 0 && list == names[0] || len(s.metas) >= maxMetas {
			continue
		}
		s.keepMeta(list, content)
	}
}

// keepMeta keeps one meta tag. RDFa allows several names in one property.
func (s *signals) keepMeta(list, content string) {
	if len(list) > 300 {
		return
	}
	lower := strings.ToLower(strings.TrimSpace(list))
	if lower == "" {
		return
	}
	content = strings.TrimSpace(cutText(content, maxContent))
	if strings.ContainsAny(lower, " \t\n") && strings.Contains(lower, ":") {
		for name := range strings.FieldsSeq(lower) {
			s.metas = append(s.metas, Property{name, content})
		}
		return
	}
	s.metas = append(s.metas, Property{lower, content})
}

// addLink keeps a link that has a relation and an address.
func (s *signals) addLink(n *html.Node) {
	if len(s.links) >= maxLinks {
		return
	}
	var l linkTag
	for _, a := range attributes(n) {
		v := a.Val
		switch a.Key {
		case "rel":
			l.rel = v
		case "href":
			l.href = v
		case "type":
			l.kind = strings.ToLower(strings.TrimSpace(v))
		case "sizes":
			l.sizes = v
		case "title":
			l.title = v
		case "hreflang":
			l.lang = v
		case "media":
			l.media = v
		}
	}
	if l.rel != "" && l.href != "" {
		s.links = append(s.links, l)
	}
}

// addBase applies the first <base href> (HTML standard, section 4.2.3).
func (s *signals) addBase(n *html.Node) {
	href := attr(n, "href")
	if href == "" || s.served == nil || s.base != s.served {
		return
	}
	if u := parseAgainst(s.served, href); u != nil {
		s.base = u
	}
}

// index prepares what the fields look up by name.
func (s *signals) index() {
	s.first = make(map[string]string, len(s.metas))
	for _, m := range s.metas {
		if m.Content != "" && s.first[m.Name] == "" {
			s.first[m.Name] = m.Content
		}
	}
	s.dom = s.domain()
	s.readItems()
	s.graph = newGraph()
	if s.served != nil {
		s.graph.base, _, _ = strings.Cut(s.served.String(), "#")
	}
	for _, b := range s.blocks {
		s.graph.add(b, "json-ld", true)
	}
	for _, i := range s.items {
		s.graph.add(i, "microdata", true)
	}
}

// addLang keeps the languages that <html> or, failing that, <body> declares.
func (s *signals) addLang(n *html.Node, a *attrs) {
	s.htmlLang = firstOf(s.htmlLang, a.lang)
	s.xmlLang = firstOf(s.xmlLang, attr(n, "xml:lang"))
}
