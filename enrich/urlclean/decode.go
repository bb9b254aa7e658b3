package urlclean

import (
	"encoding/base64"
	"encoding/json"
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
	case "jwt":
		s.decode = decodeJWT
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
	case "https", "http", "self":
	default:
		return s, false
	}
	return s, true
}

// unescape takes percent escapes off once. Escapes of blanks, of control
// characters and of bytes that are no UTF-8 stay: raw, they are no address.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		c, ok := escapeAt(s, i)
		switch {
		case !ok:
			b.WriteByte(s[i])
			i++
		case c >= utf8.RuneSelf:
			n := highRun(s[i:])
			b.WriteString(plainOrAsIs(s[i : i+n]))
			i += n
		case c <= ' ' || c == 0x7f:
			b.WriteString(s[i : i+3])
			i += 3
		default:
			b.WriteByte(c)
			i += 3
		}
	}
	return b.String()
}

// escapeAt reads the escape at s[i:].
func escapeAt(s string, i int) (byte, bool) {
	if i+2 >= len(s) || s[i] != '%' || !hexDigit(s[i+1]) || !hexDigit(s[i+2]) {
		return 0, false
	}
	return unhex(s[i+1])<<4 | unhex(s[i+2]), true
}

// highRun is the length of the escapes of bytes from 0x80 that s begins with.
func highRun(s string) int {
	i := 0
	for {
		c, ok := escapeAt(s, i)
		if !ok || c < utf8.RuneSelf {
			return i
		}
		i += 3
	}
}

func plainOrAsIs(escapes string) string {
	plain := make([]byte, 0, len(escapes)/3)
	for i := 0; i < len(escapes); i += 3 {
		c, _ := escapeAt(escapes, i)
		plain = append(plain, c)
	}
	if !utf8.Valid(plain) {
		return escapes
	}
	return string(plain)
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

// decodeJSON reads base64 of an object that names the address, itself or in a
// text of JSON under "p" as Mandrill has it.
func decodeJSON(s string) (string, bool) {
	plain, ok := decodeBytes(s)
	var object struct{ URL, Href, P string }
	if !ok || json.Unmarshal(plain, &object) != nil {
		return "", false
	}
	if object.P != "" && json.Unmarshal([]byte(object.P), &object) != nil {
		return "", false
	}
	to := object.URL
	if to == "" {
		to = object.Href
	}
	return to, to != "" && readable([]byte(to))
}

// decodeJWT reads the middle part of a signed token.
func decodeJWT(s string) (string, bool) {
	_, rest, _ := strings.Cut(s, ".")
	body, _, _ := strings.Cut(rest, ".")
	return decodeJSON(body)
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
