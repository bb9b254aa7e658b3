package page

import (
	"errors"
	"html"
	"strconv"
	"strings"
)

// maxJSONDepth is how deep JSON may be nested before the rest of a value is dropped; real JSON-LD stays below 20.
const maxJSONDepth = 64

// errJSON says that nothing in a block could be read as JSON.
var errJSON = errors.New("not JSON")

// readBlock reads the JSON values of a JSON-LD block, which must be UTF-8, and mends what sites get wrong: comments of
// JavaScript and HTML, CDATA marks, raw line breaks in texts, quotes inside of texts that were not escaped, single quotes,
// quotes written as entities, trailing and missing commas, several values in a row, a missing end. Where nothing helps it
// keeps what stands before the fault. What encoding/json accepts comes out with the same meaning. It gives the values and
// whether anything had to be mended, and errJSON where nothing could be read.
func readBlock(block string) (values []any, mended bool, err error) {
	values, mended, err = readJSON(block)
	if err != nil && strings.Contains(block, "&quot;") {
		values, _, err = readJSON(html.UnescapeString(block))
		return values, true, err
	}
	return values, mended, err
}

func readJSON(text string) (values []any, mended bool, err error) {
	r := jsonReader{in: text}
	for {
		r.space()
		for r.peek() == ',' || r.peek() == ';' {
			r.mend(1)
			r.space()
		}
		if r.at >= len(r.in) {
			break
		}
		v, ok := r.value(0)
		if !ok {
			if len(values) > 0 {
				return values, true, nil
			}
			return nil, true, errJSON
		}
		if values = append(values, v); len(values) >= maxEntities {
			return values, true, nil
		}
	}
	return values, r.mended || len(values) > 1, nil
}

type jsonReader struct {
	in     string
	at     int
	mended bool
}

func (r *jsonReader) peek() byte {
	if r.at < len(r.in) {
		return r.in[r.at]
	}
	return 0
}

// mend skips n bytes that do not belong into JSON.
func (r *jsonReader) mend(n int) {
	r.at = min(r.at+n, len(r.in))
	r.mended = true
}

// value reads one value. Below maxJSONDepth a list or object is skipped and stands as nil.
func (r *jsonReader) value(depth int) (any, bool) {
	r.space()
	switch c := r.peek(); {
	case c == '{' || c == '[':
		if depth >= maxJSONDepth {
			r.skipNested()
			return nil, true
		}
		if c == '{' {
			return r.object(depth)
		}
		return r.list(depth)
	case c == '"' || c == '\'':
		return r.text()
	case c == '-' || isDigit(c):
		return r.number()
	default:
		return r.literal()
	}
}

func (r *jsonReader) object(depth int) (any, bool) {
	r.at++
	members := map[string]any{}
	for r.more('}') {
		if c := r.peek(); c != '"' && c != '\'' {
			return r.stop(members, len(members))
		}
		key, _ := r.text()
		if r.space(); r.peek() != ':' {
			return r.stop(members, len(members))
		}
		r.at++
		v, ok := r.value(depth + 1)
		if !ok {
			return r.stop(members, len(members))
		}
		members[key.(string)] = v //nolint:forcetypeassert // text gives strings
	}
	return members, true
}

func (r *jsonReader) list(depth int) (any, bool) {
	r.at++
	items := []any{}
	for r.more(']') {
		v, ok := r.value(depth + 1)
		if !ok {
			return r.stop(items, len(items))
		}
		items = append(items, v)
	}
	return items, true
}

// more passes over commas to the next member of an object or a list, and tells
// whether there is one before shut or the end.
func (r *jsonReader) more(shut byte) bool {
	for {
		r.space()
		switch c := r.peek(); {
		case r.at >= len(r.in):
			r.mended = true
			return false
		case c == shut:
			r.at++
			return false
		case c != ',':
			return true
		}
		r.at++
		r.space()
		if c := r.peek(); c == shut || c == ',' {
			r.mended = true
		}
	}
}

// stop ends the reading at a fault that cannot be mended: a list or object that has something already is kept as far as it
// goes.
func (r *jsonReader) stop(v any, size int) (any, bool) {
	if size == 0 {
		return nil, false
	}
	r.mend(len(r.in))
	return v, true
}

// skipNested passes over a list or object by counting brackets outside of strings.
func (r *jsonReader) skipNested() {
	r.mended = true
	open := 0
	for r.at < len(r.in) {
		switch r.in[r.at] {
		case '{', '[':
			open++
		case '}', ']':
			open--
		case '"':
			r.skipText()
			continue
		}
		r.at++
		if open == 0 {
			return
		}
	}
}

func (r *jsonReader) skipText() {
	for r.at++; r.at < len(r.in); r.at++ {
		switch r.in[r.at] {
		case '\\':
			r.at++
		case '"':
			r.at++
			return
		}
	}
	r.at = min(r.at, len(r.in))
}

// number reads an integer as int64 where it fits, everything else as float64.
func (r *jsonReader) number() (any, bool) {
	start := r.at
	for r.at < len(r.in) && strings.IndexByte("+-0123456789.eE", r.in[r.at]) >= 0 {
		r.at++
	}
	digits := r.in[start:r.at]
	if i, err := strconv.ParseInt(digits, 10, 64); err == nil {
		if digits != "-0" {
			return i, true
		}
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		r.mended = true
		return digits, true // kept as it stands: a number with two points is a text to us
	}
	return f, true
}

func (r *jsonReader) literal() (any, bool) {
	word := jsonWord(r.in[r.at:])
	r.at += len(word)
	switch word {
	case "true", "false":
		return word == "true", true
	case "undefined", "NaN":
		r.mended = true
	}
	return nil, word != ""
}

// jsonWord is the word of JSON, or of JavaScript, that s begins with; "" where it begins with none.
func jsonWord(s string) string {
	for _, word := range [...]string{"true", "false", "null", "undefined", "NaN"} {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}
