package explain

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"ingest/output/frontmatter"
)

// Value is a value of front matter. As JSON its mappings keep the order of
// their keys; a number that JSON has no word for is a text.
type Value struct{ V any }

// MarshalJSON writes the value.
func (v Value) MarshalJSON() ([]byte, error) { return appendJSON(nil, v.V) }

// String is the value as JSON on one line, for people.
func (v Value) String() string {
	text, err := v.MarshalJSON()
	if err != nil {
		return "a value that cannot be shown"
	}
	return string(text)
}

// none tells values that say nothing.
func (v Value) none() bool {
	switch v := v.V.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case frontmatter.List:
		return len(v) == 0
	case frontmatter.Map:
		return len(v) == 0
	case []string:
		return len(v) == 0
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

func appendJSON(dst []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case frontmatter.Map:
		return appendAll(dst, '{', '}', len(v), func(dst []byte, i int) ([]byte, error) {
			dst, err := appendJSON(dst, v[i].Key)
			if err != nil {
				return nil, err
			}
			return appendJSON(append(dst, ':'), v[i].Value)
		})
	case frontmatter.List:
		return appendAll(dst, '[', ']', len(v), func(dst []byte, i int) ([]byte, error) { return appendJSON(dst, v[i]) })
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return strconv.AppendQuote(dst, strconv.FormatFloat(v, 'g', -1, 64)), nil
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...), nil
}

func appendAll(dst []byte, begin, end byte, n int, element func(dst []byte, i int) ([]byte, error)) (_ []byte, err error) {
	dst = append(dst, begin)
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = element(dst, i); err != nil {
			return nil, err
		}
	}
	return append(dst, end), nil
}

// brief is a part of an expression's environment as a value: texts, numbers,
// times and short lists. Objects say nothing that their parts do not say better.
func brief(v any) Value {
	switch v := v.(type) {
	case string:
		return Value{cut(v)}
	case int64, int, float64, bool:
		return Value{v}
	case time.Time:
		return Value{v}
	case *time.Time:
		return Value{*v}
	case []string:
		list := make(frontmatter.List, 0, min(len(v), MaxLost))
		for _, s := range v[:min(len(v), MaxLost)] {
			list = append(list, cut(s))
		}
		return Value{list}
	}
	return Value{}
}

// cut shortens a text to MaxText characters.
func cut(s string) string {
	n := 0
	for i := range s {
		if n == MaxText {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
