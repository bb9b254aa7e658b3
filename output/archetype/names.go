package archetype

import (
	"reflect"
	"slices"
)

// element is the name of the list element inside a mapping with $each.
const element = "it"

// tag returns the name of a field in expressions, "" when it has none.
func tag(f reflect.StructField) string { return f.Tag.Get("expr") }

// vars returns the names of the environment with their values. The values of
// a zero Env carry the types that expressions are checked against, so check
// and run can never disagree.
func (e Env) vars() map[string]any {
	v := reflect.ValueOf(e)
	m := make(map[string]any, v.NumField()+1)
	for i := range v.NumField() {
		m[tag(v.Type().Field(i))] = v.Field(i).Interface()
	}
	return m
}

// fields returns the names under which the fields of a struct are reached.
func fields(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		names = append(names, tag(t.Field(i)))
	}
	slices.Sort(names)
	return names
}

// objects lists the struct types an expression can meet by their Go name,
// which is how the expression engine speaks of them.
func objects() map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, v := range []any{WorkPackage{}, Link{}, Hop{}, Page{}, Asset{}, Attachment{}, Offering{}, Site{}} {
		t := reflect.TypeOf(v)
		m[t.Name()] = t
	}
	return m
}
