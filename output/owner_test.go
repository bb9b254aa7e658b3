package output

import (
	"bytes"
	"testing"

	"ingest/output/frontmatter"
)

// FuzzOwner: the look at the lines says what parsing says. It may differ only
// when a quoted text or a flow mapping goes over several lines of which one
// begins with "id:", which no writer of YAML makes; Write parses before it
// replaces a file.
func FuzzOwner(f *testing.F) {
	for _, s := range []string{
		"id: '7'\n", "id: \"7\" # c\n", "id: \"7\n  8\"\n", "id: '7\"\n", "id: \"07\"\n", "id: 7.0\n", "id: \"7.0\"\n", "id: 7.5\n",
		"id: 7\n", "title: x\nid:  12 # c\r\n", "id: 07\n", "id: +7\n", "id: 7_0\n", "id: 0x7\n", "id: -1\n", "id: 7 8\n", "id:7\n", "id:\n  7\n",
		"'id': 7", "{id: 7}", "? id\n: 7\n", "  id: 7\n", "x:\n  id: 7\n", "x: {\nid: 7}\n", "id: 7\nid: 8\n", "id: 99999999999999999999\n", "x: |\n  id: 7\n",
		"id: 7\t# c\n", "id: 7#c\n", "id : 7\n", "!!str id: 7\n", "&a id: 7\n", "a: &id 7\nid: *id\n", "<<: {id: 7}\n",
		"a:\n  id: 7\n", "a:\n  b:\n    id: 7\n  id: 8\n", "a: # x\n\n    b: 1\n    id: 7\n     8\n", "a:\n- id: 7\n", "x: |\n  a:\n    id: 7\na: 1\n", "a: x\n  id: 7\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, fm []byte) {
		m, err := frontmatter.Decode(fm)
		if err != nil {
			return
		}
		for _, key := range []string{"id", "a.id", "a.b.id"} {
			got, err := owner(fm, key)
			if want := ownerOf(m, key); err != nil || got != want && !bytes.ContainsAny(fm, "{['\"\r\u0085\u2028\u2029") {
				t.Errorf("owner(%q, %s) = %d, %v; parsed it is %d", fm, key, got, err, want)
			}
		}
	})
}
