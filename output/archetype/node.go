package archetype

// node is a part of an archetype, ready to be rendered.
type node interface {
	// render returns the value, or keep false when its key is left out.
	render(r *run, path string) (value any, keep bool, err error)
	// shape says what the value can be.
	shape() shape
}

// literal is a scalar that stands as written: nil, bool, int64, float64, string.
type literal struct{ value any }

// sequence is a list.
type sequence []node

// mapping is a mapping, perhaps with the two forms.
type mapping struct {
	when    *expression // null unless it holds
	omit    bool        // with when: left out instead of null
	each    *expression // a list with one mapping per element
	entries []entry
}

// entry is one key of a mapping.
type entry struct {
	key   string
	value node
}
