package output

import (
	"slices"

	"ingest/output/frontmatter"
)

// keep returns today's front matter with the values of the old file at those
// missing paths where today's say nothing, and the paths of those. A key that
// today is left out comes back behind the one it followed.
func keep(today, old frontmatter.Map, missing map[string]bool, prefix string) (frontmatter.Map, []string) {
	merged := slices.Clone(today)
	var kept []string
	behind := 0
	for _, was := range old {
		path := prefix + was.Key
		i := slices.IndexFunc(merged, func(e frontmatter.Entry) bool { return e.Key == was.Key })
		switch {
		case i < 0 && missing[path]:
			merged = slices.Insert(merged, behind, was)
			kept = append(kept, path)
			i = behind
		case i < 0:
			continue
		case isGap(merged[i].Value) && !isGap(was.Value) && missing[path]:
			merged[i].Value = was.Value
			kept = append(kept, path)
		default:
			now, both := merged[i].Value.(frontmatter.Map)
			if wasMap, ok := was.Value.(frontmatter.Map); both && ok {
				inner, more := keep(now, wasMap, missing, path+".")
				merged[i].Value = inner
				kept = append(kept, more...)
			}
		}
		behind = i + 1
	}
	return merged, kept
}

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
