package archetype

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

const (
	// maxNodes bounds one expression: the longest of the built-in archetypes
	// has about thirty.
	maxNodes = 2000
	// memoryBudget bounds the elements that one expression may create.
	memoryBudget = maxValues
)

// expression is a compiled expression and where it stands.
type expression struct {
	program *vm.Program
	source  string
	line    int
}

// scope is what an expression may name beside the Env.
type scope struct {
	inEach  bool         // it has a meaning
	element reflect.Type // the type of it; nil when that is not known
	written bool         // the names of a written document have a meaning
}

// compile checks and compiles an expression. The error is the engine's.
func compile(source string, s scope) (*vm.Program, error) {
	if strings.TrimSpace(source) == "" {
		return nil, errors.New("the expression is empty")
	}
	options := append([]expr.Option{
		expr.Env(Env{}.vars()),
		s.declare,
		expr.DisableAllBuiltins(),
		expr.MaxNodes(maxNodes),
	}, functions()...)
	for _, name := range builtins() {
		options = append(options, expr.EnableBuiltin(name))
	}
	program, err := expr.Compile(source, options...)
	if err != nil {
		return nil, err
	}
	return program, checkCalls(program)
}

// declare adds the scope's names with their types, as far as those are known.
func (s scope) declare(c *conf.Config) {
	if s.written {
		for name, value := range writtenNames() {
			c.Env.Fields[name] = c.NtCache.FromType(reflect.TypeOf(value))
		}
	}
	if s.inEach {
		c.Env.Fields[element] = c.NtCache.FromType(s.element)
	}
}

// names lists what can be written where a name stands, the likeliest first.
func (s scope) names() []string {
	names := slices.Sorted(maps.Keys(Env{}.vars()))
	if s.inEach {
		names = append(names, element)
	}
	if s.written {
		names = append(names, writtenDocument, writtenPath)
	}
	return slices.Concat(names, functionNames(), builtins())
}

// elements returns the scope of a $each over the list that an expression
// gives, and whether that can be a list at all.
func elements(p *vm.Program) (scope, bool) {
	n := p.Node().Nature()
	if n == nil || n.Nil || n.IsUnknown(nil) {
		return scope{inEach: true}, true
	}
	if !n.IsArray() {
		return scope{inEach: true}, false
	}
	e := n.Elem(nil)
	if e.IsUnknown(nil) {
		return scope{inEach: true}, true
	}
	return scope{inEach: true, element: e.Type}, true
}

// place finds where in the source an error of the engine lies: the line from
// 1, the column in characters from 0.
func place(err error) (line, column int, message string) {
	var fe *file.Error
	if errors.As(err, &fe) {
		return fe.Line, fe.Column, fe.Message
	}
	message, _, _ = strings.Cut(err.Error(), "\n")
	return 1, 0, message
}
