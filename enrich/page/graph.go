package page

import (
	"strings"
)

// node is one thing that structured data describes, with its properties.
type node map[string]any

// entity is a node with the place it came from.
type entity struct {
	node
	source string // "json-ld" or "microdata"
	top    bool   // not a mere part of another node
}

// graph holds all nodes of a page's structured data, "@graph" opened, nested nodes included.
type graph struct {
	entities []entity
	byID     map[string]node
	base     string // the page's address without its fragment
}

// maxEntities bounds the nodes that are looked at.
const maxEntities = 5_000

// newGraph collects the nodes of the decoded blocks.
func newGraph() *graph { return &graph{byID: map[string]node{}} }

// add collects v and, below it, the nodes of "@graph", lists and properties.
func (g *graph) add(v any, source string, top bool) {
	if len(g.entities) >= maxEntities {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			g.add(each, source, top)
		}
	case map[string]any:
		g.addNode(v, source, top)
	}
}

func (g *graph) addNode(v map[string]any, source string, top bool) {
	if inner, ok := v["@graph"]; ok {
		g.add(inner, source, top)
		if len(v) <= 3 {
			return
		}
	}
	n := node(v)
	if len(v) > 1 || v["@id"] == nil {
		g.entities = append(g.entities, entity{n, source, top})
	}
	if id, ok := v["@id"].(string); ok && len(v) > 1 {
		id = g.iri(id)
		if known, taken := g.byID[id]; !taken || len(known) < len(v) {
			g.byID[id] = n
		}
	}
	for _, key := range partKeys {
		if inner, ok := v[key]; ok {
			g.add(inner, source, key == "mainEntity")
		}
	}
}

// partKeys are the properties whose nodes may be referred to or may be the page's subject.
var partKeys = []string{ //nolint:gochecknoglobals // read-only table
	"mainEntity", "mainEntityOfPage", "author", "creator", "publisher", "isPartOf", "image", "primaryImageOfPage",
	"hasPart", "itemListElement", "item", "about", "breadcrumb", "logo", "sourceOrganization",
}

// Graph returns the nodes of all JSON-LD blocks: "@graph" opened, each list split, references left as they are.
// It shares its maps with JSONLD.
func (p *Page) Graph() []map[string]any {
	g := newGraph()
	for _, block := range p.JSONLD {
		g.add(block, "json-ld", true)
	}
	nodes := make([]map[string]any, 0, len(g.entities))
	for _, e := range g.entities {
		if e.top {
			nodes = append(nodes, e.node)
		}
	}
	return nodes
}

// types returns the node's types without their vocabulary: "Article" for "http://schema.org/Article".
func (n node) types() []string {
	var types []string
	for _, t := range texts(n["@type"]) {
		types = append(types, localName(t))
	}
	return types
}

func (n node) is(kinds map[string]int) (rank int) {
	best := 0
	for _, t := range n.types() {
		if r := kinds[t]; r > best {
			best = r
		}
	}
	return best
}

// localName cuts vocabulary and prefix off a name: "schema:name", "http://schema.org/name".
func localName(name string) string {
	name = strings.TrimRight(name, "/#")
	if i := strings.LastIndexAny(name, "/#:"); i >= 0 {
		return name[i+1:]
	}
	return name
}

// texts flattens a value into its strings: a list gives each, {"@value": …} its value.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, each := range v {
			all = append(all, texts(each)...)
		}
		return all
	case map[string]any:
		if inner, ok := v["@value"]; ok {
			return texts(inner)
		}
	}
	return nil
}

// first returns the first text among the properties that is not empty.
func (n node) first(keys ...string) string {
	for _, key := range keys {
		for _, t := range texts(n[key]) {
			if t = plain(t); t != "" {
				return t
			}
		}
	}
	return ""
}

// iri is an identifier in full: "#author" in one block may be the page's address with it in another.
func (g *graph) iri(id string) string {
	if strings.HasPrefix(id, "#") {
		return g.base + id
	}
	return id
}

// follow replaces a reference ({"@id": …}) by the node it points at.
func (g *graph) follow(v map[string]any) node {
	if id, ok := v["@id"].(string); ok && len(v) <= 2 && v["name"] == nil {
		if target, known := g.byID[g.iri(id)]; known {
			return target
		}
	}
	return v
}

// each calls visit with every node or text of a property's value, references followed.
func (g *graph) each(v any, visit func(text string, n node)) {
	switch v := v.(type) {
	case string:
		if target, known := g.byID[g.iri(v)]; known && strings.ContainsAny(v, "#/") {
			visit("", target)
			return
		}
		visit(v, nil)
	case []any:
		for _, each := range v {
			g.each(each, visit)
		}
	case map[string]any:
		visit("", g.follow(v))
	}
}
