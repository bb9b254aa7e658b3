package page

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// maxJSON is how much JSON-LD of one page is read, in bytes. The largest of 571 real pages carried 380 kB.
const maxJSON = 4 << 20

// addScript keeps the JSON-LD blocks among the scripts.
func (s *signals) addScript(n *html.Node) {
	kind, _, _ := strings.Cut(attr(n, "type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/ld+json") || n.FirstChild == nil {
		return
	}
	block := n.FirstChild.Data
	if room := maxJSON - s.jsonBytes; len(block) > room {
		s.note(fmt.Sprintf("JSON-LD beyond %d bytes was not read", maxJSON))
		block = cutText(block, room)
	}
	if s.jsonBytes += len(block); block == "" {
		return
	}
	values, mended, err := readBlock(block)
	switch {
	case err != nil:
		s.note("a JSON-LD block could not be read: " + cutText(squeeze(cutText(block, 200)), 60))
	case mended:
		s.note("a JSON-LD block was mended")
	}
	for _, v := range values {
		s.addBlock(v)
	}
}

// addBlock keeps a decoded object, a list split into its elements; null, false and bare texts say nothing.
func (s *signals) addBlock(v any) {
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			s.addBlock(each)
		}
	case map[string]any:
		s.blocks = append(s.blocks, v)
	}
}
