package openproject

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Replies are checked once, as a whole, by [Client.get]; from then on they are
// valid JSON and are only split, not parsed again on every level. Decoding a
// work package this way takes a third of the time of a map of raw messages.

// checkJSON tells what is wrong with a body that is not one whole JSON value.
func checkJSON(body []byte) error {
	if json.Valid(body) {
		return nil
	}
	var whole json.RawMessage
	return json.Unmarshal(body, &whole)
}

const blanks = " \t\r\n"

// members splits a valid JSON object. The values share its memory.
func members(object []byte) (map[string]json.RawMessage, error) {
	rest := bytes.TrimLeft(object, blanks)
	if len(rest) == 0 || rest[0] != '{' {
		return nil, errors.New("not an object")
	}
	all := make(map[string]json.RawMessage, 64)
	for rest = rest[1:]; ; {
		rest = bytes.TrimLeft(rest, blanks+",")
		if rest[0] == '}' {
			return all, nil
		}
		n := valueLen(rest)
		key, err := unquote(rest[:n])
		if err != nil {
			return nil, err
		}
		rest = bytes.TrimLeft(rest[n:], blanks+":")
		n = valueLen(rest)
		all[key] = slices.Clip(rest[:n])
		rest = rest[n:]
	}
}

// items splits a valid JSON array. The elements share its memory.
func items(array []byte) ([]json.RawMessage, error) {
	rest := bytes.TrimLeft(array, blanks)
	if len(rest) == 0 || rest[0] != '[' {
		return nil, errors.New("not an array")
	}
	var all []json.RawMessage
	for rest = rest[1:]; ; {
		rest = bytes.TrimLeft(rest, blanks+",")
		if rest[0] == ']' {
			return all, nil
		}
		n := valueLen(rest)
		all = append(all, slices.Clip(rest[:n]))
		rest = rest[n:]
	}
}

// valueLen is the length of the value at the start of valid JSON.
func valueLen(b []byte) int {
	switch b[0] {
	case '"':
		return stringLen(b)
	case '{', '[':
		return nestLen(b)
	}
	if i := bytes.IndexAny(b, blanks+",]}"); i >= 0 {
		return i
	}
	return len(b)
}

func nestLen(b []byte) int {
	depth := 0
	for i := 0; ; {
		switch b[i] {
		case '"':
			i += stringLen(b[i:])
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		i++
		if depth == 0 {
			return i
		}
	}
}

func stringLen(b []byte) int {
	i := 1
	for b[i] != '"' {
		if b[i] == '\\' {
			i++
		}
		i++
	}
	return i + 1
}

func unquote(quoted []byte) (string, error) {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1]), nil
	}
	var key string
	err := json.Unmarshal(quoted, &key)
	return key, err
}

// decoder reads one object of a valid reply key by key and remembers its first
// error.
type decoder struct {
	doc   map[string]json.RawMessage
	links wireLinks
	err   error
}

func newDecoder(object []byte) (*decoder, error) {
	doc, err := members(object)
	if err != nil {
		return nil, err
	}
	d := &decoder{doc: doc}
	if raw, ok := doc["_links"]; ok {
		d.links, err = members(raw)
		d.fail("_links", err)
	}
	return d, d.err
}

func (d *decoder) fail(key string, err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("%s: %w", key, err)
	}
}

// want reads a key that may be absent or null.
func (d *decoder) want(key string, to any) {
	if raw, ok := d.doc[key]; ok {
		d.fail(key, json.Unmarshal(raw, to))
	}
}

// need reads a key that must have a value.
func (d *decoder) need(key string, to any) {
	if raw, ok := d.doc[key]; !ok || string(raw) == "null" {
		d.fail(key, errors.New("missing"))
		return
	}
	d.want(key, to)
}
