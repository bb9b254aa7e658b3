package page

import (
	"bytes"
	"strings"
)

// muteEnd is where an element ends that says nothing of the page: a script but for JSON-LD, a style sheet, a drawing of
// nothing but shapes. It is 0 for any other element, and for one without an end tag. The element begins at at; its name ends
// at name.
func muteEnd(in []byte, at, name int, kind tagKind) int {
	if kind != scriptTag && kind != styleTag && kind != foreignTag {
		return 0
	}
	open := skipTag(in, name)
	var end int
	switch {
	case kind == foreignTag:
		end = shapesEnd(in, open)
	case kind == scriptTag && isJSONLD(in[name:open]):
		return 0
	default:
		end = endTag(in, open, string(in[at+1:name]))
	}
	if end <= 0 {
		return 0
	}
	return skipTag(in, end+len("</"))
}

// isJSONLD tells the attributes of a script that holds JSON-LD.
func isJSONLD(attributes []byte) bool {
	for {
		i := bytes.IndexByte(attributes, '+')
		if i < 0 {
			return false
		}
		if i >= 2 && i+5 <= len(attributes) && strings.EqualFold(string(attributes[i-2:i+5]), "ld+json") {
			return true
		}
		attributes = attributes[i+1:]
	}
}

// shapesEnd is where the drawing that begins at from ends, if nothing but shapes stands in it; 0 otherwise, so that a
// drawing without an end swallows no text.
func shapesEnd(in []byte, from int) int {
	for at := from; ; {
		i := bytes.IndexByte(in[at:], '<')
		if i < 0 || at+i-from > 200_000 {
			return 0
		}
		at += i + 1
		name := in[at:]
		ends := len(name) > 0 && name[0] == '/'
		if ends {
			name = name[1:]
		}
		n := 0
		for n < len(name) && n < 20 && isAlnum(name[n]) {
			n++
		}
		if ends && n == 3 && strings.EqualFold(string(name[:3]), "svg") {
			return at - 1
		}
		if !shapes[string(name[:n])] {
			return 0
		}
	}
}

// shapes are the elements of drawings that hold no text of the page.
var shapes = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"path": true, "g": true, "circle": true, "rect": true, "use": true, "defs": true, "symbol": true, "polygon": true, "polyline": true, "line": true, "ellipse": true, "linearGradient": true, "radialGradient": true, "stop": true, "mask": true, "clipPath": true, "filter": true, "title": true, "desc": true,
}
