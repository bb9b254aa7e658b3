package output

import (
	"slices"

	"ingest/output/frontmatter"
)

// keep returns today's front matter with the values of the old file at those
// missing paths where today's are null, and the paths of those.
func keep(today, old frontmatter.Map, missing map[string]bool, prefix string) (frontmatter.Map, []string) {
	merged := slices.Clone(today)
	var kept []string
	for i, e := range merged {
		path := prefix + e.Key
		was, _ := old.Get(e.Key)
		switch now := e.Value.(type) {
		case nil:
			if was != nil && missing[path] {
				merged[i].Value = was
				kept = append(kept, path)
			}
		case frontmatter.Map:
			if wasMap, ok := was.(frontmatter.Map); ok {
				inner, more := keep(now, wasMap, missing, path+".")
				merged[i].Value = inner
				kept = append(kept, more...)
			}
		}
	}
	return merged, kept
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
