package archetype

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ingest/output/frontmatter"
)

// ShapeError is a value of a document that is not what the archetype makes.
type ShapeError struct {
	// Key is the path of the value: featuredImage.size[0].
	Key string
	// Want names the types it may have, Got the one it has; "" when the key is
	// missing.
	Want, Got string
}

// Missing tells a key that is not there from a value of another type.
func (e *ShapeError) Missing() bool { return e.Got == "" }

func (e *ShapeError) Error() string {
	if e.Missing() {
		return e.Key + " is missing"
	}
	return fmt.Sprintf("%s needs %s, this is %s", e.Key, e.Want, e.Got)
}

// Hint says how to mend it.
func (e *ShapeError) Hint() string {
	if e.Missing() {
		return "render the document again, or write the key"
	}
	return "a number, true, false or null becomes a text in quotes"
}

// Validate holds front matter to the archetype, as Schema describes it, and
// returns a *ShapeError for each value that differs.
func (a *Archetype) Validate(fm frontmatter.Map) []error {
	return a.shape.validate(fm, "", nil)
}

func (s shape) validate(v any, path string, errs []error) []error {
	got := typeOf(v)
	if len(s.types) > 0 && !s.has(got) && (got != typeInteger || !s.has(typeNumber)) {
		return append(errs, &ShapeError{Key: path, Want: typeWords(s.types), Got: typeWords([]string{got})})
	}
	switch v := v.(type) {
	case frontmatter.List:
		for i, e := range v {
			if s.elements != nil {
				errs = s.elements.validate(e, path+"["+strconv.Itoa(i)+"]", errs)
			}
		}
	case frontmatter.Map:
		for _, k := range s.keys {
			at := join(path, k.name)
			if inner, ok := v.Get(k.name); ok {
				errs = k.shape.validate(inner, at, errs)
			} else if !k.optional {
				errs = append(errs, &ShapeError{Key: at})
			}
		}
	}
	return errs
}

// typeOf names the type of a value as JSON Schema does, for which 3.0 is an
// integer.
func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return typeNull
	case bool:
		return typeBoolean
	case int64:
		return typeInteger
	case float64:
		if v == math.Trunc(v) {
			return typeInteger
		}
		return typeNumber
	case string:
		return typeString
	case frontmatter.List:
		return typeArray
	}
	return typeObject
}

// typeWords names types for people, null last.
func typeWords(types []string) string {
	names := map[string]string{typeBoolean: "true or false", typeInteger: "a whole number", typeNumber: "a number",
		typeString: "a text", typeArray: "a list", typeObject: "a mapping"}
	var list []string
	for _, t := range types {
		if t != typeNull {
			list = append(list, names[t])
		}
	}
	if slices.Contains(types, typeNull) {
		list = append(list, "null")
	}
	return strings.Join(list, " or ")
}
