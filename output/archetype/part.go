package archetype

import (
	"reflect"

	"github.com/expr-lang/expr"
)

// Part returns the value of one of the parts that [Origin] lists, such as
// wp.fields.via. It is nil where there is none: what is not there, and what
// stands in an object that is not there.
func (e Env) Part(name string) any {
	v, err := expr.Eval(name, e.vars())
	if err != nil { // link.href without a link
		return nil
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return nil
	}
	return v
}
