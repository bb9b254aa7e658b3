package output

import (
	"slices"

	"ingest/output/frontmatter"
)

// isGap tells values that say nothing: null, an empty text or list.
func isGap(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case frontmatter.List:
		return len(v) == 0
	}
	return false
}

// holds tells whether some value of front matter is the text.
func holds(value any, text string) bool {
	switch v := value.(type) {
	case string:
		return v == text
	case frontmatter.List:
		return slices.ContainsFunc(v, func(element any) bool { return holds(element, text) })
	case frontmatter.Map:
		return slices.ContainsFunc(v, func(e frontmatter.Entry) bool { return holds(e.Value, text) })
	}
	return false
}
