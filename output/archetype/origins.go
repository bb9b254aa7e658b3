package archetype

import (
	"slices"
	"strconv"

	"github.com/expr-lang/expr/ast"
)

// Origin says what the value of one key is made of.
type Origin struct {
	// Key is the path of the value: featuredImage.alt, tags[1], and
	// relatedOfferings[].label for the key of every element of a $each.
	Key string
	// Expression is its source; "" for a value that stands as written.
	Expression string
	// Line is where the expression stands in the archetype; 0 without one.
	Line int
	// Parts are the values of Env it depends on, each once, in the words of
	// expressions: title, wp.fields.via, page.meta["og:title"]. Those of the
	// $when and $each around the key come first.
	Parts []string
	// Own are those that Expression itself names.
	Own []string
	// Around are the $when and $each around the key, the outermost first.
	Around []Form
}

// Form is a $when or $each of a mapping.
type Form struct {
	// Key is the path of the mapping or, for $each, of the list.
	Key string
	// Word is "$when" or "$each".
	Word string
	// Expression is its source, Line where it stands in the archetype.
	Expression string
	Line       int
	// Parts are as those of Origin.
	Parts []string
}

// Origins lists what each value is made of, in the order of the archetype. A
// mapping is listed by its keys.
func (a *Archetype) Origins() []Origin { return a.root.origins("", nil) }

func (m mapping) origins(path string, around []Form) []Origin {
	var list []Origin
	for _, e := range m.entries {
		list = append(list, origins(e.value, join(path, e.key), around)...)
	}
	return list
}

func origins(n node, path string, around []Form) []Origin {
	switch n := n.(type) {
	case expression:
		own := n.parts()
		return []Origin{{Key: path, Expression: n.source, Line: n.line, Parts: partsOf(around, own), Own: own, Around: around}}
	case mapping:
		around = slices.Concat(around, n.forms(path))
		if n.each != nil {
			path += "[]"
		}
		return n.origins(path, around)
	case sequence:
		var list []Origin
		for i, e := range n {
			list = append(list, origins(e, path+"["+strconv.Itoa(i)+"]", around)...)
		}
		return list
	}
	return []Origin{{Key: path, Parts: partsOf(around, nil), Around: around}}
}

// forms are the $when and $each of a mapping.
func (m mapping) forms(path string) []Form {
	var list []Form
	add := func(word string, e *expression) {
		if e != nil {
			list = append(list, Form{Key: path, Word: word, Expression: e.source, Line: e.line, Parts: e.parts()})
		}
	}
	add(formWhen, m.when)
	add(formEach, m.each)
	return list
}

// partsOf joins the parts of the forms around a key with its own.
func partsOf(around []Form, own []string) []string {
	lists := make([][]string, 0, len(around)+1)
	for _, f := range around {
		lists = append(lists, f.Parts)
	}
	return merged(append(lists, own)...)
}

// merged joins lists, each element once.
func merged(lists ...[]string) []string {
	var all []string
	for _, s := range slices.Concat(lists...) {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// parts lists the values of Env that an expression names.
func (e *expression) parts() []string {
	if e == nil {
		return nil
	}
	v := &chains{env: Env{}.vars(), inner: map[ast.Node]bool{}}
	root := e.program.Node()
	ast.Walk(&root, v)
	var names []string
	for _, c := range v.found {
		if !v.inner[c.node] {
			names = append(names, c.name)
		}
	}
	return merged(names)
}

// chains is the visitor of parts: it collects wp, wp.fields and wp.fields.via,
// and notes which are only the beginning of a longer one.
type chains struct {
	env   map[string]any
	found []chain
	inner map[ast.Node]bool
}

type chain struct {
	node ast.Node
	name string
}

// Visit implements ast.Visitor. It comes to a node after those inside it.
func (c *chains) Visit(node *ast.Node) {
	if name, ok := c.name(*node); ok {
		c.found = append(c.found, chain{*node, name})
		if m, isMember := (*node).(*ast.MemberNode); isMember {
			c.inner[bare(m.Node)] = true
		}
	}
}

// name writes a chain of constant names that begins in Env.
func (c *chains) name(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		_, known := c.env[n.Value]
		return n.Value, known
	case *ast.MemberNode:
		of, ok := c.name(bare(n.Node))
		key, isText := n.Property.(*ast.StringNode)
		if !ok || !isText {
			return "", false
		}
		if plainName(key.Value) {
			return of + "." + key.Value, true
		}
		return of + "[" + strconv.Quote(key.Value) + "]", true
	}
	return "", false
}

// bare takes off what ?. wraps around a name.
func bare(n ast.Node) ast.Node {
	if c, ok := n.(*ast.ChainNode); ok {
		return bare(c.Node)
	}
	return n
}

// plainName tells whether a key can be written behind a dot.
func plainName(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}
