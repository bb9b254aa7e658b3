package frontmatter

import (
	"fmt"
	"strconv"
)

// MaxDepth is the number of lists and mappings that may stand inside each other, the outermost mapping counted. It
// bounds the stack, and the indentation, which grows with the square of the depth. Front matter met in practice has
// fewer than ten levels.
const MaxDepth = 1000

// keyLimit is the length in UTF-16 units above which a written key needs the explicit `? ` form: YAML 1.2, chapter 7.4,
// allows any other key 1024 characters.
const keyLimit = 1024

// Marshal returns the YAML block of m. See [Append].
func Marshal(m Map) ([]byte, error) {
	return Append(nil, m)
}

// Append appends m as a block of YAML lines, each ended by "\n", without the fences, and returns the longer slice.
// The bytes are those of js-yaml 4 (see the package comment). An empty Map is `{}`.
//
// Errors are of type *[ValueError] ([ErrType], [ErrDuplicateKey], [ErrTooDeep]); dst then comes back as it was given.
func Append(dst []byte, m Map) ([]byte, error) {
	if len(m) == 0 {
		return append(dst, "{}\n"...), nil
	}
	w := writer{dst: dst}
	if err := w.mapping(m, 0, true); err != nil {
		return dst, err
	}
	return w.dst, nil
}

// writer appends to dst line by line.
type writer struct {
	dst  []byte
	keys keySet
}

// value writes what follows the `:` of a key or the `-` of an item, up to and with the end of its last line.
// A compact collection begins on the same line.
func (w *writer) value(v any, level int, compact bool) error {
	switch v := v.(type) {
	case Map:
		if len(v) > 0 {
			w.open(compact)
			return w.mapping(v, level, compact)
		}
	case List:
		if len(v) > 0 {
			w.open(compact)
			return w.list(v, level, compact)
		}
	}
	return w.scalar(v, level)
}

func (w *writer) open(compact bool) {
	if compact {
		w.dst = append(w.dst, ' ')
	} else {
		w.dst = append(w.dst, '\n')
	}
}

func (w *writer) mapping(m Map, level int, compact bool) error {
	if level >= MaxDepth {
		return &ValueError{Err: ErrTooDeep}
	}
	if key, found := w.keys.duplicate(m); found {
		return &ValueError{Path: key, Err: ErrDuplicateKey}
	}
	for i, e := range m {
		if i > 0 || !compact {
			w.dst = appendSpaces(w.dst, 2*level)
		}
		explicit := w.key(e.Key)
		if explicit {
			w.dst = append(w.dst, '\n')
			w.dst = appendSpaces(w.dst, 2*level)
		}
		w.dst = append(w.dst, ':')
		if err := w.value(e.Value, level+1, explicit); err != nil {
			return within(e.Key, err)
		}
	}
	return nil
}

func (w *writer) list(l List, level int, compact bool) error {
	if level >= MaxDepth {
		return &ValueError{Err: ErrTooDeep}
	}
	for i, v := range l {
		if i > 0 || !compact {
			w.dst = appendSpaces(w.dst, 2*level)
		}
		w.dst = append(w.dst, '-')
		if err := w.value(v, level+1, true); err != nil {
			return within("["+strconv.Itoa(i)+"]", err)
		}
	}
	return nil
}

// scalar writes a blank, everything that is not a filled collection, and the end of the line.
func (w *writer) scalar(v any, level int) error {
	w.dst = append(w.dst, ' ')
	switch v := v.(type) {
	case nil:
		w.dst = append(w.dst, "null"...)
	case bool:
		w.dst = strconv.AppendBool(w.dst, v)
	case int64:
		w.dst = strconv.AppendInt(w.dst, v, 10)
	case float64:
		w.dst = appendFloat(w.dst, v)
	case string:
		w.dst = appendString(w.dst, v, level)
	case Map:
		w.dst = append(w.dst, "{}"...)
	case List:
		w.dst = append(w.dst, "[]"...)
	default:
		return &ValueError{Err: fmt.Errorf("%T: %w", v, ErrType)}
	}
	w.dst = append(w.dst, '\n')
	return nil
}

// key writes a key and reports whether it needed the explicit form.
func (w *writer) key(key string) bool {
	start := len(w.dst)
	w.dst = appendKey(w.dst, key)
	if len(w.dst)-start <= keyLimit || utf16Len(w.dst[start:]) <= keyLimit {
		return false
	}
	w.dst = append(w.dst, "  "...)
	copy(w.dst[start+2:], w.dst[start:])
	copy(w.dst[start:], "? ")
	return true
}
