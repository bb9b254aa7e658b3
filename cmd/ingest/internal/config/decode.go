package config

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"ingest/cmd/ingest/internal/suggest"
)

// decoder fills a Config from YAML nodes and collects every mistake on the
// way. The library's own strict mode knows neither "did you mean" nor the
// dotted path of a key, so the walk is ours; the kinds of values are few.
type decoder struct {
	file     string
	getenv   func(string) (string, bool)
	lines    map[string]int // dotted path to the line of its key
	mistakes Mistakes
}

func (d *decoder) mistake(line int, path, text, help string) {
	d.mistakes = append(d.mistakes, &Mistake{File: d.file, Line: line, Key: path, Text: text, Help: help})
}

// value decodes one node into one field of the configuration. An explicit null
// (or a key with nothing behind it) leaves the default.
func (d *decoder) value(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null" {
		return
	}
	switch into.Kind() {
	case reflect.Struct:
		d.structure(node, into, path)
	case reflect.Map:
		d.mapping(node, into, path)
	case reflect.Slice:
		d.list(node, into, path)
	default:
		d.scalar(node, into, path)
	}
}

func (d *decoder) structure(node *yaml.Node, into reflect.Value, path string) {
	fields := make(map[string]reflect.Value)
	var known []string
	for field, value := range into.Fields() {
		if key := field.Tag.Get("yaml"); key != "-" {
			fields[key] = value
			known = append(known, key)
		}
	}
	d.pairs(node, path, func(key *yaml.Node, value *yaml.Node, path string) {
		field, ok := fields[key.Value]
		if !ok {
			d.mistake(key.Line, path, "unknown key", suggest.DidYouMean(key.Value, known))
			return
		}
		d.value(value, field, path)
	})
}

// mapping replaces the default map as a whole: a file that lists the custom
// fields it wants must not get others besides.
func (d *decoder) mapping(node *yaml.Node, into reflect.Value, path string) {
	made := reflect.MakeMap(into.Type())
	d.pairs(node, path, func(key *yaml.Node, value *yaml.Node, path string) {
		element := reflect.New(into.Type().Elem()).Elem()
		if element.Kind() == reflect.Interface {
			if v := d.free(value, path); v != nil {
				element.Set(reflect.ValueOf(v))
			}
		} else {
			d.value(value, element, path)
		}
		made.SetMapIndex(reflect.ValueOf(key.Value), element)
	})
	into.Set(made)
}

// pairs walks the keys of a mapping and reports those that stand twice.
func (d *decoder) pairs(node *yaml.Node, path string, visit func(key, value *yaml.Node, path string)) {
	if node.Kind != yaml.MappingNode {
		d.mistake(node.Line, path, "wants keys with values, not "+describe(node, path), "config.example.yaml shows its form")
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		if seen[key.Value] {
			d.mistake(key.Line, at, "the key stands twice", "keep one of them")
			continue
		}
		seen[key.Value] = true
		d.lines[at] = key.Line
		visit(key, node.Content[i+1], at)
	}
}

func (d *decoder) list(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind != yaml.SequenceNode {
		d.mistake(node.Line, path, "wants a list, not "+describe(node, path), "write [a, b] or one \"- a\" a line")
		return
	}
	made := reflect.MakeSlice(into.Type(), 0, len(node.Content))
	for _, item := range node.Content {
		element := reflect.New(into.Type().Elem()).Elem()
		d.value(item, element, path)
		made = reflect.Append(made, element)
	}
	into.Set(made)
}

func (d *decoder) scalar(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind != yaml.ScalarNode {
		d.mistake(node.Line, path, "wants one value, not "+describe(node, path), "config.example.yaml shows its form")
		return
	}
	text, err := expand(node.Value, d.getenv)
	if err != nil {
		message := err.Error()
		if into.Type() == reflect.TypeFor[Secret]() && !errors.Is(err, errNotSet) {
			message = "holds a ${ that names no environment variable" // and perhaps a secret
		}
		d.mistake(node.Line, path, message, "set it, or give a default as ${NAME:-default}")
		return
	}
	if want, example := setScalar(into, text); want != "" {
		d.mistake(node.Line, path, strconv.Quote(text)+" is not "+want, "for example "+example)
	}
}

// setScalar converts text into the field; on failure it says what was wanted.
func setScalar(into reflect.Value, text string) (want, example string) {
	if into.Type() == reflect.TypeFor[time.Duration]() {
		v, err := parseDuration(text)
		if err != nil {
			return "a duration", "20s, 500ms or 30d"
		}
		into.SetInt(int64(v))
		return "", ""
	}
	if into.Type() == reflect.TypeFor[Share]() {
		v, err := ParseShare(text)
		if err != nil {
			return "a percentage above 0% and up to 100%", "10%"
		}
		into.SetFloat(float64(v))
		return "", ""
	}
	switch into.Kind() {
	case reflect.Bool:
		v, err := strconv.ParseBool(text)
		if err != nil {
			return "true or false", "true"
		}
		into.SetBool(v)
	case reflect.Int:
		v, err := strconv.Atoi(text)
		if err != nil {
			return "a whole number", "8"
		}
		into.SetInt(int64(v))
	default:
		into.SetString(text)
	}
	return "", ""
}

// parseDuration is time.ParseDuration that also knows whole days.
func parseDuration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(text)
}

// free decodes a value of site.params, whose shape is the site's own affair.
func (d *decoder) free(node *yaml.Node, path string) any {
	switch node.Kind {
	case yaml.MappingNode:
		made := make(map[string]any)
		d.pairs(node, path, func(key, value *yaml.Node, path string) { made[key.Value] = d.free(value, path) })
		return made
	case yaml.SequenceNode:
		made := make([]any, 0, len(node.Content))
		for _, item := range node.Content {
			made = append(made, d.free(item, path))
		}
		return made
	case yaml.AliasNode:
		d.mistake(node.Line, path, "aliases are not followed here", "write the value out")
		return nil
	}
	if node.ShortTag() == "!!str" {
		var text string
		d.scalar(node, reflect.ValueOf(&text).Elem(), path)
		return text
	}
	var v any
	if err := node.Decode(&v); err != nil {
		d.mistake(node.Line, path, err.Error(), "")
	}
	return v
}

// describe names a node in a message. A text where the tracker's keys should be
// may be a secret with a blank missing, and is not repeated.
func describe(node *yaml.Node, path string) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "keys with values"
	case yaml.SequenceNode:
		return "a list"
	}
	if path == "tracker" {
		return "a text"
	}
	return strconv.Quote(node.Value)
}
