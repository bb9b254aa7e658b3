package frontmatter

import "slices"

// Value is what a front matter field may hold: nil, bool, int64, float64, string, List or Map.
// Anything else is refused by [Append] with [ErrType].
type Value = any

// List is a sequence of values.
type List []any

// Map is a mapping that keeps the order of its keys. A key may stand in it once.
type Map []Entry

// Entry is one field of a Map. Keys are strings, as in JavaScript: a key that looks like a number, a boolean or
// null is written in quotes and read back as the same string.
type Entry struct {
	Key   string
	Value any
}

// Get returns the value of a key and whether the Map has it, so that a null can be told from a missing field.
func (m Map) Get(key string) (any, bool) {
	for _, e := range m {
		if e.Key == key {
			return e.Value, true
		}
	}
	return nil, false
}

// With returns a copy of m in which the keys of set have their values and those of remove are gone. The others stay, and
// so does the order: a key of set that m lacks comes behind the nearest key before it in set that m has, or first.
// A value that is [Equal] to the one in m is that one.
func (m Map) With(set Map, remove ...string) Map {
	with := slices.DeleteFunc(slices.Clone(m), func(e Entry) bool { return slices.Contains(remove, e.Key) })
	behind := 0
	for _, e := range set {
		i := slices.IndexFunc(with, func(w Entry) bool { return equalText(w.Key, e.Key) })
		if i < 0 {
			with = slices.Insert(with, behind, e)
			i = behind
		} else if !Equal(with[i].Value, e.Value) {
			with[i].Value = e.Value
		}
		behind = i + 1
	}
	return with
}
