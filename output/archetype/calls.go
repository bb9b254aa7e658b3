package archetype

import (
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

// checkCalls holds expressions to plain names and calls: a function is called,
// and only the functions we listed are. A function that is merely named would render
// as null; a method (the engine offers those of Go's time, one of which knows
// this machine's zone) would be a name we never promised.
func checkCalls(p *vm.Program) error {
	c := &calls{called: map[ast.Node]bool{}}
	root := p.Node()
	ast.Walk(&root, c)
	for _, n := range c.named {
		if c.err == nil && !c.called[n] {
			c.fail(n, n.Value+" is a function: call it, as in "+n.Value+"(…)")
		}
	}
	if c.err == nil {
		return nil
	}
	return c.err.Bind(p.Source())
}

// calls is the visitor of checkCalls.
type calls struct {
	called map[ast.Node]bool
	named  []*ast.IdentifierNode // identifiers that are functions
	err    *file.Error
}

// Visit implements ast.Visitor.
func (c *calls) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		if n.Value == "$env" { // would reach names that no check has seen
			c.fail(n, "$env has no meaning here: write the names themselves")
		}
		if isFunction(n.Value) {
			c.named = append(c.named, n)
		}
	case *ast.CallNode:
		name, ok := n.Callee.(*ast.IdentifierNode)
		if !ok || !isFunction(name.Value) {
			c.fail(n, "only functions are called here; a time is written with date(…)")
		}
		c.called[n.Callee] = true
	}
}

func (c *calls) fail(n ast.Node, message string) {
	if c.err == nil {
		c.err = &file.Error{Location: n.Location(), Message: message}
	}
}

func isFunction(name string) bool {
	return slices.Contains(functionNames(), name) || slices.Contains(builtins(), name)
}
