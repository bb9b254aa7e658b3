package page

import (
	"bytes"
	"strings"
)

// minMute is how long a mute text must be for taking it out to pay, in bytes.
const minMute = 100

// muteText finds what stands between the tag that begins at at and its end tag, where that says nothing of the page: the
// text of a script or style sheet, the shapes of a drawing. Of an average page this is a third of the bytes, which then need
// not be parsed. JSON-LD stays. Without an end tag to is -1, and no other need be looked at.
func muteText(markup []byte, at int) (from, to int) {
	open := bytes.IndexByte(markup[at:min(at+2_000, len(markup))], '>')
	if open < 1 || markup[at+open-1] == '/' {
		return at, at
	}
	from = at + open + 1
	switch lowerByte(markup[at+1]) {
	case 'v':
		return from, shapesEnd(markup, from)
	case 't':
		return from, endTag(markup, from, "style")
	}
	if tag := strings.ToLower(string(markup[at : at+open])); strings.Contains(tag, "ld+json") {
		return at, at
	}
	return from, endTag(markup, from, "script")
}

// endTag is where the end tag of name begins; -1 where there is none.
func endTag(markup []byte, at int, name string) int {
	for ; ; at += 2 {
		i := bytes.Index(markup[at:], []byte("</"))
		if i < 0 {
			return -1
		}
		at += i
		if end := at + 2 + len(name); end <= len(markup) && strings.EqualFold(string(markup[at+2:end]), name) {
			return at
		}
	}
}

// shapesEnd is where the drawing that begins at from ends, if nothing but shapes stands in it; from itself otherwise, so
// that a drawing without an end swallows no text.
func shapesEnd(markup []byte, from int) int {
	for at := from; ; {
		i := bytes.IndexByte(markup[at:], '<')
		if i < 0 || at+i-from > 200_000 {
			return from
		}
		at += i + 1
		name := markup[at:]
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
			return from
		}
	}
}

// shapes are the elements of drawings that hold no text of the page.
var shapes = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"path": true, "g": true, "circle": true, "rect": true, "use": true, "defs": true, "symbol": true, "polygon": true, "polyline": true, "line": true, "ellipse": true, "linearGradient": true, "radialGradient": true, "stop": true, "mask": true, "clipPath": true, "filter": true, "title": true, "desc": true,
}
