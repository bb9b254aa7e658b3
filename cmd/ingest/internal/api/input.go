package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxBody bounds the body of a request: a thousand ids take a fifth of it.
const maxBody = 64 << 10

func refused(text, help string) error { return &inputError{http.StatusBadRequest, text, help} }

// read decodes a JSON object out of the body; an empty body leaves v as it is.
func read(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		return &inputError{http.StatusRequestEntityTooLarge, "the body is too long", "send at most 64 KB"}
	}
	if err != nil {
		return refused("the body broke off", "send it again")
	}
	if len(body) == 0 {
		return nil
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return &inputError{http.StatusUnsupportedMediaType, "the body is not application/json", "send JSON, with Content-Type: application/json"}
	}
	return decode(body, v)
}

func decode(body []byte, v any) error {
	const help = "send one JSON object with the keys of /api/v1/openapi.json"
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return refused("the body is no JSON object", help)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return refused(fmt.Sprintf("the value of %q cannot be a %s", wrong.Field, wrong.Value), help)
	}
	if err != nil {
		return refused("the body is not understood: "+strings.TrimPrefix(err.Error(), "json: "), help)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return refused("something follows the JSON object", help)
	}
	return slip(body)
}

// slip finds what the decoder passes over in silence: upper case in a key, and what
// Unicode takes for the same letter; a key that an object has more than once, of which
// it takes the last; and a key whose value is null, which it takes for one that is not
// there.
func slip(object []byte) error {
	d := json.NewDecoder(bytes.NewReader(object))
	seen := map[string]bool{}
	for depth, isKey := 0, false; ; {
		token, err := d.Token()
		if err != nil {
			return nil //nolint:nilerr // the decoder has read it whole
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			isKey = depth == 1
			continue
		case json.Delim('}'), json.Delim(']'):
			depth--
			isKey = depth == 1
			continue
		}
		if key, ok := token.(string); ok && isKey {
			if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") != "" {
				return refused(fmt.Sprintf("there is no key %q", key), "keys are written in lower case")
			}
			if seen[key] {
				return refused(fmt.Sprintf("the key %q is given twice", key), "give it once")
			}
			seen[key] = true
		}
		if token == nil && depth == 1 {
			return refused("a value is null", "give a value, or leave the key out")
		}
		if depth == 1 {
			isKey = !isKey
		}
	}
}

// query reads the parameters of an address, each at most once and none but the
// known.
func query(r *http.Request, known ...string) (url.Values, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, refused("the query of the address is not understood", "escape what is not a letter or number")
	}
	for name, all := range values {
		if !slices.Contains(known, name) {
			return nil, refused(fmt.Sprintf("there is no parameter %q", name), "this address takes "+cmp.Or(strings.Join(known, ", "), "none"))
		}
		if len(all) > 1 {
			return nil, refused(fmt.Sprintf("%q is given %d times", name, len(all)), "give it once")
		}
	}
	return values, nil
}

// number reads a number from 1 to most; "" is 0.
func number(name, text string, most int) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, refused(fmt.Sprintf("%s cannot be %q", name, text), fmt.Sprintf("give a number from 1 to %d", most))
	}
	return n, nil
}

// yes reads true or false; "" is false.
func yes(name, text string) (bool, error) {
	switch text {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	}
	return false, refused(fmt.Sprintf("%s cannot be %q", name, text), "give true or false")
}

// entryID reads the id of the address.
func entryID(r *http.Request) (int64, error) {
	text := r.PathValue("id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 || text != strconv.FormatInt(id, 10) { // an entry has one address
		return 0, refused(fmt.Sprintf("no work package has the id %q", text), "ids are positive numbers")
	}
	return id, nil
}
