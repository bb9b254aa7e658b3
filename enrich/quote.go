package enrich

import "strconv"

// maxQuoted bounds how much of a foreign text a message repeats.
const maxQuoted = 200

// quote shows a foreign text in a message: control characters escaped, and not
// endlessly.
func quote(text string) string {
	if len(text) > maxQuoted {
		return strconv.Quote(text[:maxQuoted]) + "…"
	}
	return strconv.Quote(text)
}
