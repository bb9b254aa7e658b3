package archetype

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// Depends returns the paths of the values (featuredImage, htmlMetaData.author)
// that are made of any of the named parts of Env, "page" or "image". When such
// a part could not be had, these are the values to distrust, and no others. A
// mapping whose $when or $each names a part counts as a whole.
func (a *Archetype) Depends(parts ...string) map[string]bool {
	paths := make(map[string]bool)
	a.root.depends(parts, "", paths)
	return paths
}

// depends enters the paths below a mapping.
func (m mapping) depends(parts []string, path string, paths map[string]bool) {
	for _, e := range m.entries {
		at := join(path, e.key)
		switch value := e.value.(type) {
		case expression:
			if value.names(parts) {
				paths[at] = true
			}
		case mapping:
			if value.when.names(parts) || value.each.names(parts) {
				paths[at] = true
			}
			if value.each == nil {
				value.depends(parts, at, paths)
			}
		}
	}
}

// names tells whether the expression names one of the parts.
func (e *expression) names(parts []string) bool {
	if e == nil {
		return false
	}
	v := &mentions{parts: parts}
	root := e.program.Node()
	ast.Walk(&root, v)
	return v.found
}

// mentions is the visitor of names.
type mentions struct {
	parts []string
	found bool
}

// Visit implements ast.Visitor.
func (m *mentions) Visit(node *ast.Node) {
	if n, ok := (*node).(*ast.IdentifierNode); ok && slices.Contains(m.parts, n.Value) {
		m.found = true
	}
}
