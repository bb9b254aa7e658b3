package frontmatter

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
