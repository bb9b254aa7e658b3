package frontmatter

import (
	"bytes"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Insert puts a value at a path of keys that the front matter does not hold. Where the path leads into a mapping that
// is there, its missing keys become the first of that mapping and every other byte stays: [File.Splice] alone would write
// the whole of the outermost key anew. In all other cases Insert is Splice.
//
// What stands in the way, at the path's end or as a value that is no mapping, is replaced.
func (f File) Insert(path []string, value any) (Spliced, error) {
	was, err := Decode(f.FrontMatter)
	if err != nil {
		return Spliced{}, err
	}
	grown, _ := grow(was, path, value).(Map)
	now, _ := grown.Get(path[0])
	set := Map{{path[0], now}}
	if text := f.below(path, value); text != nil && reads(f, text, was.With(set)) {
		f.FrontMatter = text
		return Spliced{File: f}, nil
	}
	return f.Splice(set)
}

// grow returns a value that holds another at a path of keys.
func grow(old any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	m, _ := old.(Map)
	inner, _ := m.Get(path[0])
	return m.With(Map{{path[0], grow(inner, path[1:], value)}})
}

// below returns the block with the missing keys of the path in the mapping that its others lead to; nil where there is
// no such mapping with lines of its own. Whether it reads as it should is for the caller to ask.
func (f File) below(path []string, value any) []byte {
	node, err := parse(f.FrontMatter)
	if err != nil {
		return nil
	}
	depth := 0
	for next := child(node, path[0]); next != nil && depth+1 < len(path); next = child(node, path[depth]) {
		node, depth = next, depth+1
	}
	if depth == 0 {
		return nil
	}
	text, err := Marshal(Map{{path[depth], grow(nil, path[depth+1:], value)}})
	lines, first := lineStarts(f.FrontMatter), node.Content[0]
	if err != nil || first.Line < 1 || first.Line > len(lines) {
		return nil
	}
	var indented []byte
	for line := range bytes.Lines(text) {
		indented = append(appendSpaces(indented, first.Column-1), line...)
	}
	return slices.Insert(bytes.Clone(f.FrontMatter), lines[first.Line-1], withNewline(indented, f.Newline())...)
}

// child returns the mapping under a key, nil unless it has lines of its own.
func child(node *yaml.Node, key string) *yaml.Node {
	for i := 0; node != nil && i+1 < len(node.Content); i += 2 {
		value := node.Content[i+1]
		if keyText(node.Content[i]) == key && value.Kind == yaml.MappingNode && value.Style&yaml.FlowStyle == 0 && len(value.Content) > 0 {
			return value
		}
	}
	return nil
}
