package fetch

import "strings"

// tidy mends in an address what browsers mend, so that the strict parser of
// net/url reads it as they do. An address in good order keeps its bytes.
func tidy(ref string) string {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(ref, "\t\n\r") {
		ref = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(ref)
	}
	head, fragment, hasFragment := strings.Cut(ref, "#")
	head, query, hasQuery := strings.Cut(head, "?")
	out := escapeLonePercent(strings.ReplaceAll(head, `\`, "/"))
	if hasQuery {
		out += "?" + escapeQuery(query)
	}
	if hasFragment {
		out += "#" + escapeLonePercent(fragment)
	}
	return out
}

// escapeLonePercent writes "%25" for a percent sign without two hex digits.
func escapeLonePercent(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

// escapeQuery percent-encodes what a request line cannot carry (the query
// percent-encode set of the WHATWG URL Standard); net/url sends a query as it is.
func escapeQuery(s string) string {
	clean := true
	for i := range len(s) {
		clean = clean && !unfitForQuery(s[i])
	}
	if clean {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; unfitForQuery(c) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unfitForQuery(c byte) bool {
	return c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>'
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
