package page

import (
	"bytes"
)

// keeper tells which attributes of a tag some field reads.
type keeper struct {
	classes map[string]word // what class attributes say, as far as met
	ids     bool            // every id counts
	refers  bool            // an itemref was met: some of the ids are referred to
}

// attr tells whether an attribute is read. A class or id counts only where its words mean something.
func (k *keeper) attr(key, value []byte) bool {
	var lower [20]byte
	if len(key) > len(lower) {
		return false
	}
	if len(key) == 0 {
		return true // a lone slash, which may close the tag
	}
	for i, c := range key {
		lower[i] = lowerByte(c)
	}
	switch name := string(lower[:len(key)]); name {
	case "class":
		return k.says(value)
	case "id":
		return k.ids || k.says(value)
	case "style":
		return bytes.Contains(value, []byte("display")) || bytes.Contains(value, []byte("url("))
	case "itemref":
		k.refers = true
		return true
	default:
		return isRead(name)
	}
}

// says tells whether a class attribute means something.
func (k *keeper) says(value []byte) bool {
	known, ok := k.classes[string(value)]
	if !ok {
		known = k.learn(string(value))
	}
	return known != word{}
}

// learn reads a class or id attribute; pages repeat the same ones over and over, so the answers are kept.
func (k *keeper) learn(value string) word {
	known := readClass(value)
	if hasFormat(value) {
		known.mark |= markFormat
	}
	if len(k.classes) < maxElements {
		k.classes[value] = known
	}
	return known
}

// isRead tells the attributes that the walk and the fields read.
func isRead(name string) bool {
	switch name {
	case "href", "src", "rel", "content", "name", "property", "itemprop", "itemscope", "itemtype", "itemid", "typeof", "resource", "about", "vocab", "prefix", "datatype", "rev",
		"type", "lang", "xml:lang", "hreflang", "role", "hidden", "aria-hidden", "title", "value", "data", "datetime", "poster", "http-equiv", "charset", "sizes", "media", "width", "height", "alt",
		"srcset", "data-src", "data-srcset", "data-original", "data-lazy-src", "data-lazy", "data-lazy-srcset", "data-full-src", "data-large-file", "data-hi-res-src", "data-image", "data-url", "data-lazyload", "data-orig-file", "data-echo", "data-zoom-image":
		return true
	}
	return false
}
