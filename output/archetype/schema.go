package archetype

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Schema returns a JSON Schema (draft 2020-12) of the front matter that the
// archetype makes, for editors and other programs; the same archetype gives the
// same bytes. What an expression gives is described by its type, as far as
// that can be told before it runs. A literal is described by its type too, and not held
// to its value, since a hand's edit is welcome; the value is the default. Every
// key but those of a mapping with $omit is required. Keys beside them are a
// site's own and allowed.
func (a *Archetype) Schema() ([]byte, error) {
	s := a.shape.schema()
	head := schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", a.file}}
	text, err := json.Marshal(append(head, s...))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// schema is a JSON object whose keys keep their order.
type schema []keyword

type keyword struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (s schema) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, k := range s {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(k.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(k.value)
		if err != nil {
			return nil, err
		}
		out = slices.Concat(out, name, []byte{':'}, value)
	}
	return append(out, '}'), nil
}

// schema describes a shape.
func (s shape) schema() schema {
	out := schema{}
	switch len(s.types) {
	case 0:
	case 1:
		out = append(out, keyword{"type", s.types[0]})
	default:
		out = append(out, keyword{"type", s.types})
	}
	if s.standing != nil {
		out = append(out, keyword{"default", s.standing})
	}
	if s.elements != nil && len(s.elements.types) > 0 {
		out = append(out, keyword{"items", s.elements.schema()})
	}
	if len(s.keys) == 0 {
		return out
	}
	properties, required := schema{}, []string{}
	for _, k := range s.keys {
		properties = append(properties, keyword{k.name, k.shape.schema()})
		if !k.optional {
			required = append(required, k.name)
		}
	}
	return append(out, keyword{"properties", properties}, keyword{"required", required}, keyword{"additionalProperties", true})
}
