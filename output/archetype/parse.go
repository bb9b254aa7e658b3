package archetype

import (
	"bytes"
	"errors"
	"fmt"

	yaml "go.yaml.in/yaml/v4"
)

// maxSource bounds the bytes of an archetype.
const maxSource = 1 << 20

// Archetype is a checked archetype. It is immutable: one serves any number of
// documents at the same time.
type Archetype struct {
	file     string
	root     mapping
	document directive
	shape    shape // of root
}

// Parse reads and checks an archetype; name is what errors call its file.
// Every mistake is found at once: the error joins an *Error for each, with
// line, column and hint (bad YAML is the exception, since nothing can be read
// behind it).
func Parse(name string, src []byte) (*Archetype, error) {
	return parse(name, src, (*parser).check)
}

// parse reads an archetype and holds it, if nothing else is wrong, to a check.
func parse(name string, src []byte, check func(*parser, *Archetype, *yaml.Node)) (*Archetype, error) {
	if len(src) > maxSource {
		return nil, &Error{File: name, Line: 1, Column: 1, Text: fmt.Sprintf("larger than %d bytes", maxSource)}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	p := &parser{file: name, source: newSource(src)}
	if root := p.document(src); root != nil {
		a := &Archetype{file: name, document: p.directives(root), root: p.root(root)}
		if len(p.errs) == 0 {
			check(p, a, root)
		}
		if len(p.errs) == 0 {
			a.shape = a.root.shape()
			return a, nil
		}
	}
	return nil, errors.Join(p.errs...)
}

// parser collects the mistakes of one archetype.
type parser struct {
	file   string
	source source
	errs   []error
}

func (p *parser) fail(line, column int, text, hint string) {
	p.errs = append(p.errs, &Error{File: p.file, Line: line, Column: column, Text: text, hint: hint})
}

func (p *parser) failAt(n *yaml.Node, text, hint string) { p.fail(n.Line, n.Column, text, hint) }

// document reads the YAML; it returns nil after a mistake.
func (p *parser) document(src []byte) *yaml.Node {
	var docs []yaml.Node
	if err := yaml.Load(src, &docs, yaml.WithAllDocuments()); err != nil {
		p.syntax(err)
		return nil
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 {
		p.fail(1, 1, "the archetype is empty", "an archetype looks like the front matter it makes")
		return nil
	}
	for _, d := range docs[1:] {
		if len(d.Content) == 0 || d.Content[0].Tag == "!!null" {
			continue // the closing line of a copied front matter
		}
		p.failAt(&d, "a second YAML document", "an archetype holds the front matter only, without a body")
		return nil
	}
	return docs[0].Content[0]
}

func (p *parser) syntax(err error) {
	line, column, text := 1, 1, err.Error()
	var le *yaml.LoadError
	if errors.As(err, &le) {
		line, column, text = max(1, le.Mark.Line), max(1, le.Mark.Column), le.Message
	}
	p.fail(line, column, "bad YAML: "+text, "quote a value that holds ': ' or ' #' or begins with a special character")
}

func (p *parser) root(n *yaml.Node) mapping {
	if n.Kind != yaml.MappingNode {
		p.failAt(n, "an archetype is a mapping of keys to values", "")
		return mapping{}
	}
	m := p.mapping(n, scope{}, 0)
	if m.when != nil || m.each != nil {
		p.failAt(n, formWhen+" and "+formEach+" have no place at the top", "a document always has its front matter")
	}
	if len(m.entries) == 0 && len(p.errs) == 0 {
		p.failAt(n, "the archetype is empty", "an archetype looks like the front matter it makes")
	}
	return m
}

// node reads a value.
func (p *parser) node(n *yaml.Node, s scope, depth int) node {
	if depth > maxDepth {
		p.failAt(n, fmt.Sprintf("nested deeper than %d levels", maxDepth), "")
		return literal{}
	}
	if n.Anchor != "" {
		p.failAt(n, "an anchor (&"+n.Anchor+") has no meaning in an archetype", "write the value where it is needed")
	}
	switch n.Kind {
	case yaml.MappingNode:
		return p.mapping(n, s, depth)
	case yaml.SequenceNode:
		list := make(sequence, 0, len(n.Content))
		for _, c := range n.Content {
			list = append(list, p.node(c, s, depth+1))
		}
		return list
	case yaml.AliasNode:
		p.failAt(n, "an alias (*"+n.Value+") has no meaning in an archetype", "write the value where it is needed")
		return literal{}
	}
	return p.scalar(n, s)
}
