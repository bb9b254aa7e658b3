package archetype

import (
	"slices"
	"strings"

	"ingest/output/frontmatter"
)

// AddAlias returns front matter in which a former address of the document
// stands under d.Aliases, in the form that generators read: a list. A single
// text that is there already becomes the list's first element; an address
// that is there, in any spelling that is one to the generator, is not added.
// Where the site has no aliases, fm is returned as it is. The map that is given
// is not changed.
func (d Document) AddAlias(fm frontmatter.Map, address string) frontmatter.Map {
	if d.Aliases == "" || address == "" {
		return fm
	}
	return set(fm, d.Aliases, func(old any) any {
		list := listOf(old)
		if slices.ContainsFunc(list, func(e any) bool { s, ok := e.(string); return ok && d.SameAddress(s, address) }) {
			return old
		}
		return append(list, address)
	})
}

// SameAddress tells whether two spellings are one address to the generator.
// Hugo makes one redirect of /a and /a/; jekyll-redirect-from makes two files,
// and what the others do is the site's to say.
func (d Document) SameAddress(a, b string) bool {
	if d.Generator == Hugo {
		a, b = strings.TrimSuffix(a, "/"), strings.TrimSuffix(b, "/")
	}
	return a == b
}

// Keep returns front matter with what makes the address of a document, and its
// former addresses, as another has them. Neither map is changed.
func (d Document) Keep(fm, former frontmatter.Map) frontmatter.Map {
	for _, path := range append(slices.Clone(d.Address), d.Aliases) {
		if v := lookup(former, path); path != "" && v != nil {
			fm = set(fm, path, func(any) any { return v })
		}
	}
	return fm
}

// ListAliases returns the addresses that stand under d.Aliases.
func (d Document) ListAliases(fm frontmatter.Map) []string {
	var addresses []string
	for _, v := range listOf(lookup(fm, d.Aliases)) {
		if s, ok := v.(string); ok && s != "" {
			addresses = append(addresses, s)
		}
	}
	return addresses
}

// FindID returns the work package's id that front matter holds; 0 without one.
func (d Document) FindID(fm frontmatter.Map) int64 {
	id, ok := frontmatter.Whole(lookup(fm, d.ID))
	if !ok {
		return 0
	}
	return max(id, 0)
}

// listOf returns a value as a list of its own: nothing gives an empty one.
func listOf(v any) frontmatter.List {
	switch v := v.(type) {
	case nil:
		return nil
	case frontmatter.List:
		return slices.Clone(v)
	case string:
		if strings.TrimSpace(v) == "" {
			return nil
		}
	}
	return frontmatter.List{v}
}

// lookup returns the value under a dotted path; nil without one. A key that
// itself has the dots comes first.
func lookup(m frontmatter.Map, path string) any {
	for _, e := range m {
		if e.Key == path {
			return e.Value
		}
	}
	for _, e := range m {
		rest, ok := strings.CutPrefix(path, e.Key+".")
		if inner, isMap := e.Value.(frontmatter.Map); ok && isMap {
			return lookup(inner, rest)
		}
	}
	return nil
}

// set returns a copy of m whose value under a dotted path is what change
// makes of it. What is missing of the path is added at the end.
func set(m frontmatter.Map, path string, change func(any) any) frontmatter.Map {
	m = slices.Clone(m)
	for i, e := range m {
		if e.Key == path {
			m[i].Value = change(e.Value)
			return m
		}
	}
	key, rest, nested := strings.Cut(path, ".")
	if !nested {
		return append(m, frontmatter.Entry{Key: path, Value: change(nil)})
	}
	for i, e := range m {
		if inner, isMap := e.Value.(frontmatter.Map); isMap && e.Key == key {
			m[i].Value = set(inner, rest, change)
			return m
		}
	}
	return append(m, frontmatter.Entry{Key: key, Value: set(nil, rest, change)})
}
