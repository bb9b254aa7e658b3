package body

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/util"
)

// decode returns what a target in Markdown means: backslashes before
// punctuation and HTML's entities are taken away.
func decode(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}

// encode writes a target so that decode gives it back and the link ends where
// it should; what no target can hold is percent-encoded (RFC 3986).
func encode(target string, angled bool) string {
	if target == "" && !angled {
		return "<>"
	}
	parens := !angled && !balanced(target)
	var b strings.Builder
	for i := range len(target) {
		switch c := target[i]; {
		case c == '\\' || c <= ' ' || c == 0x7F || strings.IndexByte("<>`|", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		case parens && (c == '(' || c == ')'):
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '&' && entity(target[i:]):
			b.WriteString("&amp;")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// balanced tells whether every parenthesis has its partner.
func balanced(s string) bool {
	open := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			open++
		case ')':
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0
}

// entity tells whether s, which begins with &, could be read as an entity.
func entity(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == ';' {
			return i > 1
		}
		if !util.IsAlphaNumeric(s[i]) && (i > 1 || s[i] != '#') {
			return false
		}
	}
	return false
}

// escapeText writes a text so that Markdown shows it as it is.
func escapeText(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte("\\`*_[]<>&", s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
