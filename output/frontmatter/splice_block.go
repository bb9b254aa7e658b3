package frontmatter

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// block is front matter cut at the keys of its outermost mapping.
type block struct {
	text    []byte
	values  Map
	indent  int // blanks before each key
	entries []entry
	first   []Entry // to be put before all entries
	newline string
}

// entry is one key of a block with all lines up to the next key.
type entry struct {
	name       string
	merge      bool // the key << that stands for others
	key, value *yaml.Node
	start, end int
	change     change
	now        any     // its new value
	insert     []Entry // to be put behind it
}

// change is what becomes of an entry.
type change int

const (
	stays change = iota
	replaced
	removed
)

// cutBlock finds where each key begins. The nodes of the YAML library know the line and column of their first character.
func cutBlock(text []byte, values Map) (*block, *StyleError) {
	b := &block{text: text, values: values}
	root, err := parse(text)
	if err != nil {
		return nil, &StyleError{err.Error()}
	}
	if root == nil {
		return b, nil
	}
	if root.Style&yaml.FlowStyle != 0 {
		return nil, &StyleError{"its keys stand in braces"}
	}
	lines := lineStarts(text)
	for i := 0; i+1 < len(root.Content); i += 2 {
		e := entry{key: root.Content[i], value: root.Content[i+1], end: len(text)}
		e.merge = isMerge(e.key)
		e.name = keyText(e.key)
		if e.key.Line < 1 || e.key.Line > len(lines) {
			return nil, &StyleError{fmt.Sprintf("the place of the key %q cannot be told", e.name)}
		}
		e.start = lines[e.key.Line-1]
		if n := len(b.entries); n > 0 {
			b.entries[n-1].end = e.start
		}
		b.entries = append(b.entries, e)
	}
	return b, b.checkStarts()
}

// checkStarts makes sure that each entry begins on a line of its own, in the same column as the others. What it refuses
// are keys in an explicit form (`?`) with the key on a later line, and texts whose lines the library counts in its own way.
func (b *block) checkStarts() *StyleError {
	for i, e := range b.entries {
		line := b.text[e.start:e.end]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if i == 0 {
			b.indent = indent
		}
		if e.start >= e.end || indent != b.indent || indent == len(line) || strings.IndexByte("#\r\n\t", line[indent]) >= 0 {
			return &StyleError{fmt.Sprintf("the key %q does not begin a line", e.name)}
		}
		if i == 0 && e.start > 0 && !isTrivia(b.text[:e.start]) {
			return &StyleError{"something stands before the first key"}
		}
	}
	return nil
}

// mark notes at each entry what becomes of it, and what is to come behind it.
func (b *block) mark(want Map) *StyleError {
	own := make(map[string]int, len(b.entries))
	for i, e := range b.entries {
		if !e.merge {
			own[e.name] = i
			b.entries[i].change = removed
		}
	}
	insert := &b.first
	for _, w := range want {
		i, found := own[w.Key]
		was, known := b.values.Get(w.Key)
		switch {
		case found:
			e := &b.entries[i]
			e.change, e.now, insert = stays, was, &e.insert
			if !Equal(was, w.Value) {
				e.change, e.now = replaced, w.Value
			}
		case !known || !Equal(was, w.Value): // a key that << stands for and that is equal needs no entry
			*insert = append(*insert, w)
		}
	}
	return b.spread()
}

// spread takes in the entries that name, by an alias, something inside an entry that changes: it will be gone.
func (b *block) spread() *StyleError {
	gone := map[*yaml.Node]bool{}
	for again := true; again; {
		again = false
		for i := range b.entries {
			e := &b.entries[i]
			if e.change == stays && names(e.value, gone) {
				if e.merge {
					return &StyleError{"the merge key << names a value that changes"}
				}
				e.change = replaced
			}
			if e.change != stays && !gone[e.value] {
				again = true
				collect(e.value, gone)
			}
		}
	}
	return nil
}

// collect gathers the nodes of a value.
func collect(n *yaml.Node, into map[*yaml.Node]bool) {
	into[n] = true
	for _, c := range n.Content {
		collect(c, into)
	}
}

// names reports whether a value has an alias to one of the nodes.
func names(n *yaml.Node, nodes map[*yaml.Node]bool) bool {
	if n.Kind == yaml.AliasNode && nodes[n.Alias] {
		return true
	}
	for _, c := range n.Content {
		if names(c, nodes) {
			return true
		}
	}
	return false
}
