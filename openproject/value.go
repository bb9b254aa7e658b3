package openproject

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Value is the value of one custom field. Texts are as the tracker has them,
// blanks included: the caller trims. The zero Value is null.
type Value struct {
	field Field
	plain any // nil, string, bool, json.Number, or what an unknown format holds
	refs  []Ref
	many  bool
}

// Field is the schema's entry for this value.
func (v Value) Field() Field { return v.field }

// IsNull tells that nothing is set. A blank text is set.
func (v Value) IsNull() bool { return v.plain == nil && len(v.refs) == 0 }

// Multiple tells that the value is a list of values.
func (v Value) Multiple() bool {
	_, array := v.plain.([]any)
	return v.many || array || strings.HasPrefix(v.field.Type, "[]")
}

// Text is the value as text: a long text in its raw form, a list entry, user,
// version or hierarchy item by its title, several of them joined by ", ", a
// number as the tracker wrote it, "true" or "false"; null is "".
func (v Value) Text() string { return strings.Join(v.Texts(), ", ") }

// Texts are the single values as texts; null has none. A target without a title
// is given by its href.
func (v Value) Texts() []string {
	var texts []string
	for _, r := range v.refs {
		texts = append(texts, r.label())
	}
	switch plain := v.plain.(type) {
	case nil:
	case []any:
		for _, element := range plain {
			texts = append(texts, plainText(element))
		}
	default:
		texts = append(texts, plainText(plain))
	}
	return texts
}

// Refs are the targets of a list, user, version or hierarchy field.
func (v Value) Refs() []Ref { return v.refs }

// Bool is the value of a yes-no field; ok is false for anything else.
func (v Value) Bool() (value, ok bool) {
	value, ok = v.plain.(bool)
	return value, ok
}

// Int is the value of a number without fraction; ok is false for anything else.
func (v Value) Int() (value int64, ok bool) {
	n, isNumber := v.plain.(json.Number)
	if !isNumber {
		return 0, false
	}
	value, err := n.Int64()
	return value, err == nil
}

// Float is the value of any number; ok is false for anything else.
func (v Value) Float() (value float64, ok bool) {
	n, isNumber := v.plain.(json.Number)
	if !isNumber {
		return 0, false
	}
	value, err := n.Float64()
	return value, err == nil
}

// Date is the value of a date field, at midnight UTC; ok is false for anything
// else.
func (v Value) Date() (value time.Time, ok bool) {
	text, isText := v.plain.(string)
	value, err := time.Parse(time.DateOnly, text)
	return value, isText && err == nil
}

// Any is the value in the Go type that fits best: nil, string (dates too), bool,
// int64, float64, or []string for a field with multiple values, empty rather
// than nil when nothing is chosen. A number beyond those types stays text.
func (v Value) Any() any {
	if v.Multiple() {
		return append([]string{}, v.Texts()...)
	}
	if len(v.refs) > 0 {
		return v.Text()
	}
	if _, isNumber := v.plain.(json.Number); !isNumber {
		return v.plain
	}
	if i, ok := v.Int(); ok && v.field.Type != "Float" {
		return i
	}
	if f, ok := v.Float(); ok {
		return f
	}
	return v.Text()
}

func plainText(plain any) string {
	switch p := plain.(type) {
	case string:
		return p
	case json.Number:
		return p.String()
	case bool:
		return strconv.FormatBool(p)
	}
	text, err := json.Marshal(plain)
	if err != nil { // it came from JSON
		return fmt.Sprint(plain)
	}
	return string(text)
}

// decodePlain reads the value of a property: a scalar, null, or the object of a
// long text.
func decodePlain(raw []byte) (any, error) {
	var plain any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&plain); err != nil {
		return nil, err
	}
	text, isObject := plain.(map[string]any)
	if !isObject {
		return plain, nil
	}
	if long, ok := text["raw"]; ok {
		if _, isText := long.(string); !isText && long != nil {
			return nil, fmt.Errorf("raw text is %T", long)
		}
		return long, nil
	}
	return plain, nil
}
