package output

import (
	"ingest/output/frontmatter"
)

// Difference is a key on which two texts of a document differ, or a file and
// what is offered to it.
type Difference struct {
	// Path leads to the value, keys joined by dots; BodyKey for the body.
	Path string
	// Old and New show the values on one line each, cut where they are long; ""
	// where there is no such key. Those of the body are not shown.
	Old, New string
}

// Compare returns what differs between two texts of a document, mappings key by
// key, in the order of the keys. Nothing differs where only the style does.
func Compare(before, after []byte) ([]Difference, error) {
	a, was, err := readText(before)
	if err != nil {
		return nil, err
	}
	b, is, err := readText(after)
	if err != nil {
		return nil, err
	}
	all := differences("", was, is)
	if plainBody(string(a.Body)) != plainBody(string(b.Body)) {
		all = append(all, Difference{Path: BodyKey})
	}
	return all, nil
}

func readText(text []byte) (frontmatter.File, frontmatter.Map, error) {
	file, err := frontmatter.Split(text)
	if err != nil {
		return file, nil, err
	}
	m, err := frontmatter.Decode(file.FrontMatter)
	return file, m, err
}

func differences(prefix string, was, is frontmatter.Map) (all []Difference) {
	old, now := table(was), table(is)
	for _, e := range append(is[:len(is):len(is)], was...) {
		a, b := old[e.Key], now[e.Key]
		if a.equal(b) {
			continue
		}
		old[e.Key], now[e.Key] = slot{}, slot{} // told
		inA, mapA := a.asMap()
		inB, mapB := b.asMap()
		if mapA && mapB {
			all = append(all, differences(prefix+e.Key+".", inA, inB)...)
			continue
		}
		all = append(all, Difference{prefix + e.Key, a.brief(), b.brief()})
	}
	return all
}

// Difference is the edit as what the file holds (Old) and what it is offered.
func (e HandEdit) Difference() Difference {
	if e.Path == BodyKey {
		return Difference{Path: BodyKey}
	}
	return Difference{e.Path, slot{e.Hand, !e.Deleted}.brief(), slot{e.Ours, !e.Dropped}.brief()}
}

// brief shows a slot on one line; "" for an empty one.
func (s slot) brief() string {
	if !s.there {
		return ""
	}
	return brief(s.value)
}
