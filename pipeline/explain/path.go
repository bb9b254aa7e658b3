package explain

import (
	"strconv"
	"strings"

	"ingest/output/frontmatter"
)

// at returns the value at a path such as featuredImage.alt or tags[1]. Keys may
// have dots in them.
func at(value any, path string) (any, bool) {
	if path == "" {
		return value, true
	}
	switch v := value.(type) {
	case frontmatter.Map:
		for _, e := range v {
			rest, ok := strings.CutPrefix(path, e.Key)
			if !ok || rest != "" && rest[0] != '.' && rest[0] != '[' {
				continue
			}
			if found, ok := at(e.Value, strings.TrimPrefix(rest, ".")); ok {
				return found, true
			}
		}
	case frontmatter.List:
		digits, rest, ok := strings.Cut(strings.TrimPrefix(path, "["), "]")
		i, err := strconv.Atoi(digits)
		if ok && err == nil && i >= 0 && i < len(v) {
			return at(v[i], strings.TrimPrefix(rest, "."))
		}
	}
	return nil, false
}

// covers tells whether a path is outer or below it.
func covers(outer, path string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// join is the path of a key in a mapping.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// each is what stands for the elements of a list in the keys of origins.
const each = "[]"

// names takes a part of an expression apart: page.meta["og:title"] is page,
// meta, og:title.
func names(part string) []string {
	var list []string
	for part != "" {
		if quoted, ok := strings.CutPrefix(part, "["); ok {
			prefix, err := strconv.QuotedPrefix(quoted)
			if err != nil {
				break
			}
			name, err := strconv.Unquote(prefix)
			if err != nil {
				break
			}
			list = append(list, name)
			part = strings.TrimPrefix(quoted[len(prefix):], "]")
		} else {
			end := strings.IndexAny(part, ".[")
			if end < 0 {
				end = len(part)
			}
			list = append(list, part[:end])
			part = part[end:]
		}
		part = strings.TrimPrefix(part, ".")
	}
	return list
}
