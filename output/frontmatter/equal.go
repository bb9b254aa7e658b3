package frontmatter

import "math"

// Equal reports whether two values mean the same in front matter, so that a field that was read from a file can keep
// its bytes when the new value is equal to it:
//
//   - an int64 and a float64 are equal if they are the same number in JavaScript, 2 being 2.0, because YAML written
//     by it does not tell them apart: a large float64 is written with zeros for the digits it does not need, and read
//     back as the int64 of those digits; NaN is equal to NaN;
//   - mappings are equal if they have the same keys with equal values in any order; lists keep their order;
//   - strings are equal if they are written as the same text, which matters only for invalid UTF-8;
//   - an empty list, an empty mapping, an empty string and null are four different values.
//
// Values of other types, and values nested deeper than [MaxDepth], are equal to nothing.
func Equal(a, b any) bool {
	return equal(a, b, 0)
}

func equal(a, b any, depth int) bool {
	if depth > MaxDepth {
		return false
	}
	switch a := a.(type) {
	case nil:
		return b == nil
	case bool:
		b, ok := b.(bool)
		return ok && a == b
	case string:
		b, ok := b.(string)
		return ok && equalText(a, b)
	case int64, float64:
		return equalNumbers(a, b)
	case List:
		b, ok := b.(List)
		return ok && equalLists(a, b, depth+1)
	case Map:
		b, ok := b.(Map)
		return ok && equalMaps(a, b, depth+1)
	}
	return false
}

func equalLists(a, b List, depth int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !equal(a[i], b[i], depth) {
			return false
		}
	}
	return true
}

// equalMaps needs a table only where the order of the keys differs.
func equalMaps(a, b Map, depth int) bool {
	if len(a) != len(b) {
		return false
	}
	var byKey map[string]any
	for i, e := range a {
		other, found := b[i].Value, equalText(b[i].Key, e.Key)
		if !found {
			if byKey == nil {
				byKey = table(b)
			}
			other, found = byKey[validText(e.Key)]
		}
		if !found || !equal(e.Value, other, depth) {
			return false
		}
	}
	return byKey == nil || len(byKey) == len(table(a))
}

func table(m Map) map[string]any {
	t := make(map[string]any, len(m))
	for _, e := range m {
		t[validText(e.Key)] = e.Value
	}
	return t
}

func equalNumbers(a, b any) bool {
	i, isInt := a.(int64)
	j, isInt2 := b.(int64)
	if isInt && isInt2 {
		return i == j
	}
	f, ok := asFloat(a)
	g, ok2 := asFloat(b)
	return ok && ok2 && (f == g || math.IsNaN(f) && math.IsNaN(g))
}

func asFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}
