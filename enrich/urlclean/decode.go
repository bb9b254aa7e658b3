package urlclean

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// step is one way of writing a target, as an open row names it.
type step struct {
	name   string
	decode func(string) (string, bool) // makes the plain address
	trim   func(string) string         // takes off what follows a plain address
}

func stepFor(word string) (step, bool) {
	s := step{name: word}
	switch word {
	case "base64":
		s.decode = decodeBase64
	case "bing": // two letters, then base64
		s.decode = func(v string) (string, bool) { return decodeBase64(v[min(2, len(v)):]) }
	case "gnews":
		s.decode = decodeInside
	case "json":
		s.decode = decodeJSON
	case "proofpoint2":
		s.decode = decodeProofpoint2
	case "proofpoint3":
		s.decode = decodeProofpoint3
	case "underscores":
		s.trim = cutUnderscores
	case "brackets": // [[…]], as Awin and Zanox wrote it
		s.trim = func(v string) string { return strings.TrimSuffix(strings.TrimPrefix(v, "[["), "]]") }
	case "token":
		s.trim = cutToken
	case "bang": // "!https…", as Adobe has it
		s.trim = func(v string) string { return strings.TrimPrefix(v, "!") }
	case "https", "http", "self":
	default:
		return s, false
	}
	return s, true
}

// decodeBytes reads base64 in either alphabet, padded or not, escaped or not.
func decodeBytes(s string) ([]byte, bool) {
	s = strings.NewReplacer("-", "+", "_", "/", " ", "+").Replace(strings.TrimRight(unescape(s), "="))
	plain, err := base64.RawStdEncoding.DecodeString(s)
	return plain, err == nil
}

// decodeBase64 reads text that must be fit to be an address.
func decodeBase64(s string) (string, bool) {
	plain, ok := decodeBytes(s)
	return string(plain), ok && readable(plain)
}

func readable(text []byte) bool {
	for _, c := range text {
		if c <= ' ' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(text)
}

// decodeInside takes the first address out of base64 of binary fields, as
// Google News wrote its article ids until 2024.
func decodeInside(s string) (string, bool) {
	plain, ok := decodeBytes(s)
	i := strings.Index(string(plain), "http")
	if !ok || i < 0 {
		return "", false
	}
	end := i
	for end < len(plain) && plain[end] > ' ' && plain[end] < 0x7f {
		end++
	}
	return string(plain[i:end]), true
}

// decodeJSON reads base64 of an object that names the address: alone, or as one
// part of a signed token.
func decodeJSON(s string) (string, bool) {
	for part := range strings.SplitSeq(s, ".") {
		if to := addressOf(part); to != "" && readable([]byte(to)) {
			return to, true
		}
	}
	return "", false
}

// addressOf looks into an object for the address, under the names that mailers
// give it; Mandrill has it in a text of JSON under "p".
func addressOf(s string) string {
	plain, ok := decodeBytes(s)
	var object struct{ URL, Href, E, P string }
	if !ok || !readObject(plain, &object) || object.P != "" && !readObject([]byte(object.P), &object) {
		return ""
	}
	return cmp.Or(object.URL, object.Href, object.E)
}

// readObject fills in the fields that are texts: others have numbers under the
// same names.
func readObject(text []byte, into any) bool {
	err := json.Unmarshal(text, into)
	var other *json.UnmarshalTypeError
	return err == nil || errors.As(err, &other)
}

// cutUnderscores ends an address at the three underscores that Check Point and
// Avanan put on both sides of it.
func cutUnderscores(s string) string {
	to, _, _ := strings.Cut(s, "___")
	return to
}

// cutToken takes off the ":token" that Disqus adds.
func cutToken(s string) string {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || len(s)-i < 12 {
		return s
	}
	for _, c := range []byte(s[i+1:]) {
		if !alnum(c) && c != '-' && c != '_' {
			return s
		}
	}
	return s[:i]
}
