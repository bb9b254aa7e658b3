package frontmatter

import "go.yaml.in/yaml/v4"

// mapping reads a mapping. The fields of a merge key stand where it stands; a key of the mapping itself wins over a
// merged one wherever it stands, and an earlier merge over a later one.
func (r *reader) mapping(n *yaml.Node, depth int) (Map, error) {
	if depth >= MaxDepth {
		return nil, at(n, ErrTooDeep)
	}
	taken, err := ownKeys(n)
	if err != nil {
		return nil, err
	}
	m := make(Map, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if err := r.pay(key); err != nil {
			return nil, err
		}
		v, err := r.value(value, depth+1)
		if err != nil {
			return nil, err
		}
		if !isMerge(key) {
			m = append(m, Entry{keyText(key), v})
			continue
		}
		sources, ok := mergeSources(v)
		if !ok {
			return nil, at(value, ErrMerge)
		}
		m = merge(m, sources, taken)
	}
	return m, nil
}

// ownKeys lists the keys of a mapping but for merge keys.
func ownKeys(n *yaml.Node) (map[string]bool, error) {
	keys := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if isMerge(key) {
			continue
		}
		if resolved(key).Kind != yaml.ScalarNode {
			return nil, at(key, ErrKey)
		}
		text := keyText(key)
		if keys[text] {
			return nil, at(key, ErrDuplicateKey)
		}
		keys[text] = true
	}
	return keys, nil
}

// isMerge tells the merge key << from the same text in quotes.
func isMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.Tag == "!!merge"
}

func keyText(key *yaml.Node) string {
	return resolved(key).Value
}

// resolved follows an alias. It cannot lead to another alias: YAML gives no anchor to one.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// mergeSources reads the value of a merge key: a mapping, or a list of mappings.
func mergeSources(v any) ([]Map, bool) {
	switch v := v.(type) {
	case Map:
		return []Map{v}, true
	case List:
		maps := make([]Map, 0, len(v))
		for _, item := range v {
			m, ok := item.(Map)
			if !ok {
				return nil, false
			}
			maps = append(maps, m)
		}
		return maps, true
	}
	return nil, false
}

func merge(m Map, sources []Map, taken map[string]bool) Map {
	for _, source := range sources {
		for _, e := range source {
			if !taken[e.Key] {
				taken[e.Key] = true
				m = append(m, e)
			}
		}
	}
	return m
}
