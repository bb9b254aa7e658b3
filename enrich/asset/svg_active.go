package asset

import (
	"encoding/xml"
	"strings"
)

// svgSpace is the namespace of SVG elements (SVG 2, 1.3).
const svgSpace = "http://www.w3.org/2000/svg"

// drawing holds the elements of SVG 1.1 and 2 that draw, describe or animate, in lower case. Those missing run (script,
// handler, listener), hold foreign content (foreignObject, iframe, audio, video, canvas) or are unknown to us.
func drawing(name string) bool {
	switch name {
	case "svg", "g", "defs", "symbol", "use", "switch", "a", "view", "title", "desc", "metadata", "style",
		"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image",
		"text", "tspan", "textpath", "altglyph", "altglyphdef", "altglyphitem", "glyphref",
		"marker", "clippath", "mask", "pattern", "lineargradient", "radialgradient", "meshgradient", "meshrow", "meshpatch", "hatch", "hatchpath", "stop", "solidcolor", "color-profile",
		"animate", "animatetransform", "animatemotion", "animatecolor", "set", "mpath", "discard",
		"font", "font-face", "font-face-src", "font-face-name", "font-face-format", "glyph", "missing-glyph", "hkern", "vkern",
		"flowroot", "flowregion", "flowpara", "flowspan", "flowdiv", "flowline", "filter":
		return true
	}
	return strings.HasPrefix(name, "fe") // the parts of a filter
}

// activeElement says why an element may run or load; "" for a harmless one. Elements of other namespaces, such as a
// drawing program's notes, do nothing in a browser, but for those of HTML and its like.
func activeElement(name xml.Name) string {
	local := strings.ToLower(name.Local)
	switch local {
	case "script", "handler", "listener":
		return "the SVG holds a script"
	case "foreignobject", "iframe", "object", "embed", "audio", "video":
		return "the SVG holds foreign content"
	}
	if name.Space == svgSpace {
		if !drawing(local) {
			return "the SVG holds an element that no drawing needs: " + clip(name.Local)
		}
		return ""
	}
	if space := strings.ToLower(name.Space); space == "" || strings.Contains(space, "html") || strings.Contains(space, "xbl") ||
		strings.Contains(space, "xul") || strings.Contains(space, "xslt") || strings.Contains(space, "mathml") || strings.Contains(space, "events") {
		return "the SVG holds foreign content: " + clip(name.Local)
	}
	return ""
}

// activeAttribute says why an attribute may run or load; "" for a harmless one.
func activeAttribute(element string, a xml.Attr) string {
	name, value := strings.ToLower(a.Name.Local), squeeze(a.Value)
	switch {
	case strings.HasPrefix(name, "on"):
		return "the SVG holds a script in an attribute"
	case a.Name.Space == "xmlns" || a.Name.Local == "xmlns":
		return ""
	case strings.Contains(value, "javascript:") || strings.Contains(value, "vbscript:") || strings.Contains(value, "data:text/"):
		return "the SVG holds a script address"
	case name == "base":
		return "the SVG moves the base of its addresses"
	case name == "href" || name == "src":
		return activeReference(strings.ToLower(element), value)
	case name == "attributename":
		return activeTarget(value)
	case a.Name.Space == "" && !strings.HasPrefix(name, "data-") && (name == "style" || strings.Contains(value, "(")):
		return activeCSS(a.Value) // a presentation attribute is CSS too (SVG 2, 6.6)
	}
	return ""
}

// activeReference judges where an element points: within the file, at a raster picture it carries itself or, for a link
// that a reader may follow, at the web.
func activeReference(element, value string) string {
	switch {
	case value == "" || value[0] == '#' || carried(value):
		return ""
	case element == "a" && (strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://")):
		return ""
	case strings.HasPrefix(value, "data:image/svg"):
		return "the SVG holds another SVG"
	}
	return "the SVG loads another file"
}

// activeTarget judges what an animation changes: a link turned into a script's address, or an event attribute.
func activeTarget(name string) string {
	name = name[strings.LastIndexByte(name, ':')+1:]
	if strings.HasPrefix(name, "on") || name == "href" || name == "src" || name == "style" {
		return "the SVG animates an attribute that may run or load: " + clip(name)
	}
	return ""
}

// activeCSS says what in a style may run or load. Escapes, which could spell any of the words, are refused.
func activeCSS(css string) string {
	css = squeeze(css)
	for _, word := range []string{`\`, "@import", "image-set(", "image(", "src(", "expression(", "binding:", "behavior:", "javascript:"} {
		if strings.Contains(css, word) {
			return "the SVG's style loads another file or runs"
		}
	}
	for {
		_, after, found := strings.Cut(css, "url(")
		if !found {
			return ""
		}
		css = after
		target := strings.TrimLeft(after, `"'`)
		if !strings.HasPrefix(target, "#") && !carried(target) && !strings.HasPrefix(target, ")") {
			return "the SVG's style loads another file"
		}
	}
}

// carried tells a data: address of a raster picture or a font, neither of which can run.
func carried(value string) bool {
	for _, prefix := range []string{"data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp", "data:font/", "data:application/font", "data:application/x-font"} {
		if strings.HasPrefix(value, prefix) {
			return true
		}
	}
	return false
}

// squeeze drops white space and control characters, which browsers overlook in addresses, and folds the letter case.
func squeeze(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || r >= 0x80 && r <= 0xa0 || r == 0xfeff {
			return -1
		}
		return r
	}, text))
}

// clip shortens a foreign name for a message.
func clip(name string) string {
	const most = 40
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}
