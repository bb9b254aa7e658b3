package frontmatter

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// MaxAliasCost bounds what aliases may stand for in one block of front matter: the bytes of their keys and
// values, and 16 for each of them. It lets people share a few values, and keeps nested aliases ("billion laughs") from
// filling the memory.
const MaxAliasCost = 1 << 20

// Decode reads a block of front matter, without its fences, and keeps the order of the keys. Empty front matter gives
// an empty Map.
//
// Every Map that [Append] writes is read back equal. For what others wrote: plain scalars are read by the same rules
// as when writing (see the package comment), so a plain date is a string of the same text; keys are strings as they
// are spelled; aliases and merge keys are replaced by what they stand for; tags other than those of strings, numbers,
// booleans and null are set aside; comments are skipped.
//
// Errors are of type *[DecodeError].
func Decode(fm []byte) (Map, error) {
	root, err := parse(fm)
	if err != nil || root == nil {
		return nil, err
	}
	if root.Kind != yaml.MappingNode {
		return nil, at(root, ErrNotMapping)
	}
	var r reader
	return r.mapping(root, 0)
}

// at gives an error the place of a node.
func at(n *yaml.Node, err error) error {
	return &DecodeError{Line: n.Line, Column: n.Column, Err: err}
}

// reader turns nodes into values.
type reader struct {
	alias *yaml.Node // the outermost alias that we are inside of, or nil
	cost  int        // see MaxAliasCost
}

func (r *reader) value(n *yaml.Node, depth int) (any, error) {
	if n.Kind == yaml.AliasNode {
		return r.follow(n, depth)
	}
	if err := r.pay(n); err != nil {
		return nil, err
	}
	switch n.Kind {
	case yaml.MappingNode:
		return r.mapping(n, depth)
	case yaml.SequenceNode:
		return r.list(n, depth)
	}
	return scalarValue(n)
}

func (r *reader) follow(alias *yaml.Node, depth int) (any, error) {
	if r.alias == nil {
		r.alias = alias
		defer func() { r.alias = nil }()
	}
	return r.value(alias.Alias, depth)
}

// pay counts what a value or key costs that stands there by an alias. An error names the outermost alias, not the
// place it leads to.
func (r *reader) pay(n *yaml.Node) error {
	alias := r.alias
	if alias == nil && n.Kind == yaml.AliasNode {
		alias = n
	}
	if alias == nil {
		return nil
	}
	r.cost += 16 + len(resolved(n).Value)
	if r.cost > MaxAliasCost {
		return at(alias, ErrAliases)
	}
	return nil
}

func (r *reader) list(n *yaml.Node, depth int) (List, error) {
	if depth >= MaxDepth {
		return nil, at(n, ErrTooDeep)
	}
	l := make(List, 0, len(n.Content))
	for _, item := range n.Content {
		v, err := r.value(item, depth+1)
		if err != nil {
			return nil, err
		}
		l = append(l, v)
	}
	return l, nil
}

// scalarValue reads a scalar by its tag; without one, a plain scalar by its looks, and a quoted or block one as string.
func scalarValue(n *yaml.Node) (any, error) {
	if n.Style&yaml.TaggedStyle == 0 {
		if n.Style != 0 || n.Tag == "!" {
			return n.Value, nil
		}
		return plainValue(n.Value), nil
	}
	v, fits := any(n.Value), true
	switch n.Tag {
	case "!!null":
		v = nil
		fits = plainValue(n.Value) == nil
	case "!!bool":
		v = plainValue(n.Value)
		_, fits = v.(bool)
	case "!!int":
		v = plainValue(n.Value)
		fits = isInteger(n.Value)
	case "!!float":
		v = plainValue(n.Value)
		_, fits = asFloat(v)
	}
	if !fits {
		return nil, at(n, fmt.Errorf("%s %q: %w", n.Tag, n.Value, ErrTag))
	}
	return v, nil
}
