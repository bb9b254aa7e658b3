package archetype

import "ingest/output/frontmatter"

// The names that expressions of $document have beside the Env.
const (
	writtenDocument = "document" // the front matter as it is written
	writtenPath     = "path"     // the file's path without .md and /index.md
)

// writtenNames gives their values of a document without any, for the checker.
func writtenNames() map[string]any {
	return map[string]any{writtenDocument: map[string]any{}, writtenPath: ""}
}

// plainMap gives front matter to expressions.
func plainMap(m frontmatter.Map) map[string]any {
	out := make(map[string]any, len(m))
	for _, e := range m {
		out[e.Key] = plainValue(e.Value)
	}
	return out
}

func plainValue(v any) any {
	switch v := v.(type) {
	case frontmatter.Map:
		return plainMap(v)
	case frontmatter.List:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plainValue(e)
		}
		return list
	}
	return v
}
