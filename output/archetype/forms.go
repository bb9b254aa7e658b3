package archetype

import (
	"fmt"
	"reflect"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// The forms a mapping may have.
const (
	formWhen = "$when"
	formOmit = "$omit"
	formEach = "$each"
)

// mapping reads a mapping: first its forms, then its keys, since $each gives
// the keys' expressions one name more.
func (p *parser) mapping(n *yaml.Node, s scope, depth int) mapping {
	var m mapping
	p.unique(n)
	inner := p.forms(n, &m, s)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if key, ok := p.key(k); ok {
			m.entries = append(m.entries, entry{key, p.node(v, inner, depth+1)})
		}
	}
	return m
}

// forms reads the $-keys of a mapping and returns the scope of the others.
func (p *parser) forms(n *yaml.Node, m *mapping, s scope) scope {
	inner := s
	var omit *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch k.Value {
		case formWhen:
			m.when = p.when(v, s)
		case formEach:
			m.each, inner = p.each(v, s)
		case formOmit:
			omit = k
			m.omit = p.yes(v, formOmit)
		}
	}
	if omit != nil && m.when == nil {
		p.failAt(omit, formOmit+" has no meaning without "+formWhen, "")
	}
	return inner
}

// when reads $when: an expression that is true or false.
func (p *parser) when(n *yaml.Node, s scope) *expression {
	e := p.form(n, s)
	if e == nil {
		return nil
	}
	if t := e.program.Node().Type(); t != nil && t.Kind() != reflect.Bool && t.Kind() != reflect.Interface {
		p.failAt(n, fmt.Sprintf("%s must be true or false, this is a %s", formWhen, words(t.String())), "compare it, for example with != nil or != \"\"")
	}
	return e
}

// each reads $each: an expression that is a list.
func (p *parser) each(n *yaml.Node, s scope) (*expression, scope) {
	e := p.form(n, s)
	if e == nil {
		return nil, scope{inEach: true}
	}
	inner, ok := elements(e.program)
	if !ok {
		p.failAt(n, fmt.Sprintf("%s needs a list, this is a %s", formEach, words(e.program.Node().Type().String())), "")
	}
	return e, inner
}

// form reads the expression of a form; its "=" may be left away.
func (p *parser) form(n *yaml.Node, s scope) *expression {
	if n.Kind != yaml.ScalarNode {
		p.failAt(n, "an expression is needed here", "")
		return nil
	}
	return p.expression(n, s)
}

// yes reads a value that is true or false.
func (p *parser) yes(n *yaml.Node, name string) bool {
	v, _ := p.plain(n)
	b, ok := v.(bool)
	if n.Kind != yaml.ScalarNode || !ok {
		p.failAt(n, name+" must be true or false", "")
	}
	return b
}

// key returns the key to write; false for a form or after a mistake.
func (p *parser) key(n *yaml.Node) (string, bool) {
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!merge":
		p.failAt(n, "a merge (<<) has no meaning in an archetype", "write the keys where they are needed")
		return "", false
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str":
		p.failAt(n, "a key must be a text", "put it in quotes")
		return "", false
	}
	if literally, ok := strings.CutPrefix(n.Value, "$$"); ok {
		return "$" + literally, true
	}
	if !strings.HasPrefix(n.Value, "$") {
		return n.Value, true
	}
	forms := []string{formWhen, formOmit, formEach}
	for _, f := range forms {
		if n.Value == f {
			return "", false
		}
	}
	hint := didYouMean(n.Value, forms)
	if n.Value == formDocument {
		hint = formDocument + " stands at the top of the archetype"
	}
	if hint == "" {
		hint = "a key that begins with $ is written with $$"
	}
	p.failAt(n, "unknown form "+n.Value, hint)
	return "", false
}

// unique reports the keys that a mapping has twice.
func (p *parser) unique(n *yaml.Node) {
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if line, twice := first[k.Value]; twice && k.Kind == yaml.ScalarNode {
			p.failAt(k, "the key "+k.Value+" is here twice", fmt.Sprintf("it stands in line %d already", line))
			continue
		}
		first[k.Value] = k.Line
	}
}
