package page

import "strings"

// space skips white space, and with a remark comments and wrappers.
func (r *jsonReader) space() {
	for r.at < len(r.in) {
		switch r.in[r.at] {
		case ' ', '\n', '\t', '\r':
			r.at++
		case '/', '<', '-', ']', 0xef, 0xc2: // the last two begin a byte order mark and a hard blank
			n := wrapper(r.in[r.at:])
			if n == 0 {
				return
			}
			r.mend(n)
		default:
			return
		}
	}
}

// wrapper measures a comment or mark at the beginning of s; 0 where there is none.
func wrapper(s string) int {
	until := func(open, end string) int {
		if !strings.HasPrefix(s, open) {
			return 0
		}
		if i := strings.Index(s[len(open):], end); i >= 0 {
			return len(open) + i + len(end)
		}
		return len(s)
	}
	for _, mark := range []string{"<![CDATA[", "]]>", "-->", "\ufeff", "\u00a0"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	if n := until("//", "\n"); n > 0 {
		// "//<![CDATA[" hides the mark from JavaScript; the JSON may follow on the same line.
		if rest := strings.TrimLeft(s[2:], " "); strings.HasPrefix(rest, "<![CDATA[") || strings.HasPrefix(rest, "]]>") {
			return 2
		}
		return n
	}
	if n := until("/*", "*/"); n > 0 {
		return n
	}
	if strings.HasPrefix(s, "<!--") {
		if rest := strings.TrimLeft(s[4:], " \t\r\n"); rest != "" && (rest[0] == '{' || rest[0] == '[') {
			return 4 // a comment around the whole block
		}
		return until("<!--", "-->")
	}
	return 0
}
