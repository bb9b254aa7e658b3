package archetype

import (
	"fmt"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"ingest/output/frontmatter"
)

// formDocument is the directive at the top of an archetype that tells the
// program what the front matter means to the site. It is not written.
const formDocument = "$document"

// defaultID is where the work package's id stands unless $document.id says
// otherwise.
const defaultID = "id"

// directive is what $document says.
type directive struct {
	Document
	url, file *expression
}

// directives reads $document and takes it out of the root mapping.
func (p *parser) directives(root *yaml.Node) directive {
	d := directive{Document: Document{ID: defaultID}}
	rest, found := make([]*yaml.Node, 0, len(root.Content)), 0
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		if k.Kind != yaml.ScalarNode || k.Value != formDocument {
			rest = append(rest, k, v)
			continue
		}
		if found++; found > 1 {
			p.failAt(k, "the key "+formDocument+" is here twice", "")
		}
		p.directive(v, &d)
	}
	root.Content = rest
	if len(d.Draft) == 0 && d.Generator == Jekyll {
		d.Draft = frontmatter.Map{{Key: "published", Value: false}}
	}
	d.Beside = d.Bundle && d.Generator == Astro // Hugo gives a plain file no resources
	return d
}

func (p *parser) directive(n *yaml.Node, d *directive) {
	if n.Kind != yaml.MappingNode {
		p.failAt(n, formDocument+" is a mapping", "it may hold "+strings.Join(directiveKeys(), ", "))
		return
	}
	p.unique(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		p.directiveKey(n.Content[i], n.Content[i+1], d)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "draft" {
			p.draftKeys(n.Content[i+1], d.Document)
		}
	}
}

func directiveKeys() []string {
	return []string{"generator", "id", "address", "url", "aliases", "file", "bundle", "draft"}
}

func (p *parser) directiveKey(k, v *yaml.Node, d *directive) {
	switch k.Value {
	case "generator":
		d.Generator = Generator(p.word(v))
		if !slices.Contains(Generators(), d.Generator) {
			p.failAt(v, fmt.Sprintf("unknown generator %q", d.Generator), fmt.Sprintf("there are %v; leave the key out for any other", Generators()))
		}
	case "id":
		d.ID = p.word(v)
	case "address":
		d.Address = p.paths(v)
	case "aliases":
		d.Aliases = p.word(v)
	case "url":
		d.url = p.form(v, scope{written: true})
	case "file":
		d.file = p.form(v, scope{written: true})
	case "bundle":
		d.Bundle = p.yes(v, "bundle")
	case "draft":
		d.Draft = p.draft(v)
	default:
		hint := didYouMean(k.Value, directiveKeys())
		if hint == "" {
			hint = "it may hold " + strings.Join(directiveKeys(), ", ")
		}
		p.failAt(k, "unknown key "+k.Value+" of "+formDocument, hint)
	}
}

// word reads a text that is no expression.
func (p *parser) word(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" || strings.TrimSpace(n.Value) == "" || strings.HasPrefix(n.Value, "=") {
		p.failAt(n, "a plain text is needed here", "")
		return ""
	}
	return n.Value
}

// paths reads one key or a list of keys.
func (p *parser) paths(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode {
		return []string{p.word(n)}
	}
	var list []string
	for _, c := range n.Content {
		list = append(list, p.word(c))
	}
	return list
}

// draft reads the keys that make a document a draft.
func (p *parser) draft(n *yaml.Node) frontmatter.Map {
	if n.Kind != yaml.MappingNode {
		p.failAt(n, "draft is a mapping of the keys that make a document a draft", "for example {draft: true}")
		return nil
	}
	p.unique(n)
	var m frontmatter.Map
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		value, ok := p.plain(v)
		if v.Kind != yaml.ScalarNode || !ok {
			p.failAt(v, "a plain value is needed here", "")
		}
		m = append(m, frontmatter.Entry{Key: k.Value, Value: value})
	}
	return m
}

// draftKeys refuses those that hold what a document is known or found by: a mark
// in their place would make it another's, or move it.
func (p *parser) draftKeys(n *yaml.Node, d Document) {
	if n.Kind != yaml.MappingNode {
		return
	}
	named := []struct {
		key   string
		paths []string
	}{{"id", []string{d.ID}}, {"address", d.Address}, {"aliases", []string{d.Aliases}}}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		for _, other := range named {
			if slices.ContainsFunc(other.paths, func(path string) bool { return outermost(k.Value, path) }) {
				p.failAt(k, fmt.Sprintf("%s.draft names %q, which %s.%s needs", formDocument, k.Value, formDocument, other.key),
					"mark a draft by a key of its own, for example {draft: true}")
				break
			}
		}
	}
}

// outermost tells whether a dotted path is a top-level key or leads into it.
func outermost(key, path string) bool {
	return path != "" && (path == key || strings.HasPrefix(path, key+"."))
}

// check holds the directive to the keys there are.
func (p *parser) check(a *Archetype, at *yaml.Node) {
	d, root := a.document, a.root
	e, ok := root.at(d.ID).(expression)
	if !ok || e.source != "wp.id" {
		p.failAt(at, fmt.Sprintf("the work package's id does not stand under %q", d.ID),
			"write "+d.ID[strings.LastIndexByte(d.ID, '.')+1:]+": '= wp.id' there: it is how the next run finds the file again; "+formDocument+".id names another place")
	}
	for _, path := range d.Address {
		if root.at(path) == nil {
			p.failAt(at, fmt.Sprintf("%s.address names %q, a key that is not here", formDocument, path), "")
		}
	}
}

// at returns the node under a dotted path of plain mappings, nil without one.
func (m mapping) at(path string) node {
	for _, e := range m.entries {
		if e.key == path {
			return e.value
		}
		rest, ok := strings.CutPrefix(path, e.key+".")
		inner, isMapping := e.value.(mapping)
		if ok && isMapping && inner.when == nil && inner.each == nil {
			if n := inner.at(rest); n != nil {
				return n
			}
		}
	}
	return nil
}
