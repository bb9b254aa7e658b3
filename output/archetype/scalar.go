package archetype

import (
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// scalar reads a literal or an expression.
func (p *parser) scalar(n *yaml.Node, s scope) node {
	if n.Tag == "!!str" && strings.HasPrefix(n.Value, "=") {
		if literally, ok := strings.CutPrefix(n.Value, "=="); ok {
			return literal{"=" + literally}
		}
		if e := p.expression(n, s); e != nil {
			return *e
		}
		return literal{}
	}
	v, ok := p.plain(n)
	if !ok {
		p.failAt(n, "front matter cannot hold a value of type "+n.Tag, "quote it to make it a text")
	}
	return literal{v}
}

// plain returns the value of a scalar. A date is a text in front matter, as
// js-yaml's readers quote it; so it is here.
func (p *parser) plain(n *yaml.Node) (any, bool) {
	switch n.Tag {
	case "!!null":
		return nil, true
	case "!!str", "!!timestamp":
		return n.Value, true
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, false
	}
	switch v := v.(type) {
	case bool, int64, float64:
		return v, true
	case int:
		return int64(v), true
	}
	return nil, false
}

// expression compiles the expression of a scalar, with or without its "=".
// It returns nil after a mistake.
func (p *parser) expression(n *yaml.Node, s scope) *expression {
	code, prefix := strings.CutPrefix(n.Value, "=")
	program, err := compile(code, s)
	if err != nil {
		line, char, message := place(err)
		if prefix && line == 1 {
			char++
		}
		text, hint := mistake(message, s)
		l, c := p.source.at(n, line, char)
		p.fail(l, c, text, hint)
		return nil
	}
	return &expression{program: program, source: strings.TrimSpace(code), line: n.Line}
}
