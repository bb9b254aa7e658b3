package archetype

import "slices"

// The types of JSON, as JSON Schema names them.
const (
	typeNull    = "null"
	typeBoolean = "boolean"
	typeInteger = "integer"
	typeNumber  = "number"
	typeString  = "string"
	typeArray   = "array"
	typeObject  = "object"
)

// shape is what is known of a value before any document is made. The zero
// shape is known nothing of: any value has it.
type shape struct {
	types    []string // in alphabetical order; nil for any, empty for none at all
	keys     []property
	elements *shape // of an array; nil when nothing is known
	standing any    // the value of a literal
}

// property is a key of an object.
type property struct {
	name     string
	shape    shape
	optional bool
}

func only(types ...string) shape { return shape{types: types} }

func (s shape) any() bool { return s.types == nil }

func (s shape) has(t string) bool { return slices.Contains(s.types, t) }

// or is the shape of a value that has one shape or the other. Of the keys of
// two different objects nothing is known.
func (s shape) or(o shape) shape {
	if s.any() || o.any() {
		return shape{}
	}
	both := shape{types: slices.Concat(s.types, o.types)}
	slices.Sort(both.types)
	both.types = slices.Compact(both.types)
	switch {
	case !o.has(typeObject):
		both.keys = s.keys
	case !s.has(typeObject):
		both.keys = o.keys
	}
	switch {
	case !o.has(typeArray):
		both.elements = s.elements
	case !s.has(typeArray):
		both.elements = o.elements
	case s.elements != nil && o.elements != nil:
		e := s.elements.or(*o.elements)
		both.elements = &e
	}
	return both
}

func (s shape) orNull() shape { return s.or(only(typeNull)) }

// notNull is the shape of what stands in a null's place.
func (s shape) notNull() shape {
	s.types = slices.DeleteFunc(slices.Clone(s.types), func(t string) bool { return t == typeNull })
	return s
}

// shape of the parts of an archetype.

func (l literal) shape() shape {
	switch l.value.(type) {
	case bool:
		return shape{types: []string{typeBoolean}, standing: l.value}
	case int64:
		return shape{types: []string{typeInteger}, standing: l.value}
	case float64:
		return shape{types: []string{typeNumber}, standing: l.value}
	case string:
		return shape{types: []string{typeString}, standing: l.value}
	}
	return shape{} // a null is there for a person to fill
}

func (e expression) shape() shape { return infer(e.program.Node()) }

func (s sequence) shape() shape {
	element := shape{types: []string{}}
	for _, n := range s {
		e := n.shape()
		e.standing = nil
		element = element.or(e)
	}
	return shape{types: []string{typeArray}, elements: &element}
}

func (m mapping) shape() shape {
	object := only(typeObject)
	for _, e := range m.entries {
		inner, isMapping := e.value.(mapping)
		object.keys = append(object.keys, property{e.key, e.value.shape(), isMapping && inner.omit})
	}
	if m.each != nil {
		element := object
		object = shape{types: []string{typeArray}, elements: &element}
	}
	if m.when != nil && !m.omit {
		object = object.orNull()
	}
	return object
}
