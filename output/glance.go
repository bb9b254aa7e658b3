package output

import (
	"bytes"
	"slices"
	"strings"

	"ingest/output/frontmatter"
)

// glance finds the id at a path of keys without parsing, which for a large tree
// would take minutes. In a block mapping a line "id: 3960" in the column of its
// keys, that is not continued in the next, can be nothing but the key id, and
// most keys are plain words; everything else is left to the parser.
func glance(fm []byte, path []string) (id int64, sure bool) {
	g := glancer{path: path}
	for line := range bytes.Lines(fm) {
		text := bytes.TrimLeft(line, " ")
		indent := len(line) - len(text)
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if g.line(indent, string(text)); g.over {
			break
		}
	}
	return g.id, !g.unsure
}

// glancer goes through the lines of front matter. It follows the path down as
// far as lines lead it.
type glancer struct {
	path   []string
	depth  int   // keys of the path found
	parent []int // the columns of those
	child  int   // the column of the keys below them, once known: 1 more than it, 0 unknown
	id     int64
	unsure bool
	over   bool
}

func (g *glancer) line(indent int, text string) {
	if g.id != 0 { // found: the line before is whole if this one does not continue it
		g.over = true
		g.unsure = g.unsure || indent > g.child-1 || text[0] == '\t'
		return
	}
	if text[0] == '#' {
		return
	}
	if g.depth > 0 && indent <= g.parent[g.depth-1] {
		g.over = text[0] != '-' // a list in the column of its key: the path does not go through it
		return
	}
	if g.child == 0 {
		g.child = indent + 1
		g.unsure = g.unsure || g.depth == 0 && text[0] == '{'
	}
	if indent != g.child-1 {
		return
	}
	g.key(indent, text)
}

// key looks at a line in the column of keys.
func (g *glancer) key(indent int, text string) {
	key, value, found := strings.Cut(text, ":")
	want := g.path[g.depth]
	if !found || key != want {
		g.unsure = g.unsure || strings.Trim(key, "\"' \t") == want || strings.IndexByte("?!&*<:{", text[0]) >= 0
		return
	}
	value = strings.TrimSpace(value)
	switch {
	case g.depth+1 == len(g.path):
		g.id = plainID(text[len(key)+1:])
		g.unsure = g.unsure || g.id == 0
	case value == "" || value[0] == '#':
		g.depth, g.child = g.depth+1, 0
		g.parent = append(g.parent, indent)
	default:
		g.unsure = true
	}
}

// pick reads only some outermost keys of front matter. It looks for the lines
// that begin with one and takes those below that are indented; where that may
// mislead, it reads everything. What cannot be read holds nothing.
func pick(fm []byte, keys ...string) frontmatter.Map {
	var part []byte
	taking := false
	for line := range bytes.Lines(fm) {
		if strings.IndexByte("?!&*<:{\"'%", line[0]) >= 0 {
			return all(fm)
		}
		if strings.IndexByte(" \t\r\n#-", line[0]) < 0 {
			key, _, _ := strings.Cut(string(line), ":")
			taking = slices.Contains(keys, strings.TrimSpace(key))
		}
		if taking {
			part = append(part, line...)
		}
	}
	if bytes.HasPrefix(fm, []byte(" ")) {
		return all(fm)
	}
	m, err := frontmatter.Decode(part)
	if err != nil {
		return all(fm)
	}
	return m
}

// all reads the whole of front matter.
func all(fm []byte) frontmatter.Map {
	m, err := frontmatter.Decode(fm)
	if err != nil {
		return nil
	}
	return m
}
