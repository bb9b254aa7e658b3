package archetype

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr/ast"
)

// infer returns the shape of what an expression can give. Its checker knows
// the types; what it does not know is where a null can come from: optional
// chaining, a list without a first element, a pointer.
func infer(n ast.Node) shape {
	switch n := n.(type) {
	case *ast.NilNode:
		return only(typeNull)
	case *ast.ConstantNode:
		return typed(reflect.TypeOf(n.Value), 0)
	case *ast.ConditionalNode:
		return infer(n.Exp1).or(infer(n.Exp2))
	case *ast.BinaryNode:
		if n.Operator == "??" {
			return infer(n.Left).notNull().or(infer(n.Right))
		}
	case *ast.ChainNode:
		return infer(n.Node).orNull()
	case *ast.VariableDeclaratorNode:
		return infer(n.Expr)
	case *ast.SequenceNode:
		return infer(n.Nodes[len(n.Nodes)-1])
	case *ast.PredicateNode:
		return infer(n.Node)
	case *ast.ArrayNode:
		return inferList(n.Nodes)
	case *ast.CallNode:
		return inferCall(n)
	case *ast.BuiltinNode:
		return inferBuiltin(n)
	case *ast.IdentifierNode:
		if _, known := (Env{}).vars()[n.Value]; !known { // of let, whose value may be null
			return typed(n.Type(), 0).orNull()
		}
	}
	return typed(n.Type(), 0)
}

func inferList(nodes []ast.Node) shape {
	element := shape{types: []string{}}
	for _, n := range nodes {
		element = element.or(infer(n))
	}
	return shape{types: []string{typeArray}, elements: &element}
}

// inferCall knows our own functions.
func inferCall(n *ast.CallNode) shape {
	name, _ := n.Callee.(*ast.IdentifierNode)
	switch {
	case name == nil:
	case name.Value == "default" && len(n.Arguments) == 2:
		return infer(n.Arguments[0]).notNull().or(infer(n.Arguments[1]))
	case name.Value == "date":
		return only(typeNull, typeString)
	}
	return typed(n.Type(), 0)
}

// inferBuiltin knows which of the engine's functions may find nothing.
func inferBuiltin(n *ast.BuiltinNode) shape {
	switch {
	case n.Name == "map" && len(n.Arguments) == 2 && n.Map == nil:
		e := infer(n.Arguments[1])
		return shape{types: []string{typeArray}, elements: &e}
	case slices.Contains([]string{"find", "findLast", "first", "get", "last", "max", "min"}, n.Name):
		return typed(n.Type(), 0).orNull()
	}
	return typed(n.Type(), 0)
}

// typed is the shape of a Go type in front matter.
func typed(t reflect.Type, depth int) shape {
	if t == nil || depth > maxDepth {
		return shape{}
	}
	switch t.Kind() {
	case reflect.String:
		return only(typeString)
	case reflect.Bool:
		return only(typeBoolean)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return only(typeInteger)
	case reflect.Float32, reflect.Float64:
		return only(typeNumber)
	case reflect.Map:
		return only(typeObject)
	case reflect.Pointer:
		return typed(t.Elem(), depth+1).orNull()
	case reflect.Slice, reflect.Array:
		e := typed(t.Elem(), depth+1)
		return shape{types: []string{typeArray}, elements: &e}
	case reflect.Struct:
		return object(t, depth)
	}
	return shape{}
}

// object is the shape of one of the environment's objects.
func object(t reflect.Type, depth int) shape {
	if t == reflect.TypeFor[time.Time]() {
		return shape{} // an error when it is rendered
	}
	o := only(typeObject)
	for i := range t.NumField() {
		f := t.Field(i)
		o.keys = append(o.keys, property{name: tag(f), shape: typed(f.Type, depth+1)})
	}
	slices.SortFunc(o.keys, func(a, b property) int { return strings.Compare(a.name, b.name) })
	return o
}
