package archetype

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/gosimple/slug"
)

// Slug returns s as it stands in an address: transliterated to ASCII,
// lower-case, words joined by single hyphens. A text without a letter or a
// digit in any script ("???", an emoji) has no slug: the result is then "",
// and an archetype must put something else in its place, or every such
// document gets the same address.
func Slug(s string) string { return slug.Make(s) }

// Truncate returns the first n UTF-16 code units of s, which is what
// JavaScript's slice(0, n) gives, but never the first half of a surrogate
// pair: a character that does not fit whole is left out. Bytes that are not
// UTF-8 count as one unit each and pass through.
func Truncate(s string, n int) string {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		n--
		if r > 0xFFFF {
			n--
		}
		if n < 0 {
			return s[:i]
		}
		i += size
	}
	return s
}

// after returns the part of s after the first sep, all of s without one.
func after(s, sep string) string {
	if _, rest, ok := strings.Cut(s, sep); ok {
		return rest
	}
	return s
}

// empty tells whether default() passes a value over: null, a text of blanks
// only (editors leave " " in the tracker), a list or mapping of nothing.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Slice, reflect.Map:
		return rv.Len() == 0
	case reflect.Pointer:
		return rv.IsNil()
	}
	return false
}
