package asset

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
)

// Limits on an SVG: larger or deeper ones are not drawings that a site wants.
const (
	maxSVG      = 5 << 20
	maxSVGDepth = 500
)

// svg reads an SVG as XML. It is valid only if nothing in it can run or load: no scripts, no event attributes, no foreign
// HTML, no addresses but pictures and fragments.
func (f *file) svg(info *Info) {
	if f.size > maxSVG {
		info.Reason = "the SVG is larger than 5 MB"
		return
	}
	d := xml.NewDecoder(f.reader())
	d.CharsetReader = charset.NewReaderLabel
	d.Entity = xml.HTMLEntity
	depth, root := 0, false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			info.Reason = "the SVG is not well-formed: " + err.Error()
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxSVGDepth {
				info.Reason = "the SVG is nested too deep"
				return
			}
			if !root {
				root = true
				if t.Name.Local != "svg" {
					*info = xmlFormat.info()
					info.Reason = "the file is of no supported format"
					return
				}
				info.Width, info.Height = svgSize(t.Attr)
			}
			if info.Reason = activeContent(t); info.Reason != "" {
				return
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			if strings.Contains(string(t), "<!ENTITY") {
				info.Reason = "the SVG declares entities"
				return
			}
		case xml.CharData:
			if loads(string(t)) {
				info.Reason = "the SVG's style loads another file"
				return
			}
		case xml.ProcInst:
			if t.Target == "xml-stylesheet" {
				info.Reason = "the SVG loads a style sheet"
				return
			}
		}
	}
	if !root {
		info.Reason = "the SVG has no content"
	}
}

// loads tells a style sheet's text that fetches something.
func loads(css string) bool {
	css = strings.ToLower(css)
	return strings.Contains(css, "@import") || strings.Contains(css, "url(http") || strings.Contains(css, "url(\"http") || strings.Contains(css, "url('http") || strings.Contains(css, "javascript:")
}

// activeContent says what in an element can run or load; "" for a harmless one.
func activeContent(e xml.StartElement) string {
	switch strings.ToLower(e.Name.Local) {
	case "script", "handler", "listener":
		return "the SVG holds a script"
	case "foreignobject", "iframe", "object", "embed", "audio", "video":
		return "the SVG holds foreign content"
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		switch {
		case strings.HasPrefix(name, "on"):
			return "the SVG holds a script in an attribute"
		case strings.Contains(value, "javascript:") || strings.Contains(value, "data:text/html") || strings.Contains(value, "vbscript:"):
			return "the SVG holds a script address"
		case name == "href" && value != "" && value[0] != '#' && !strings.HasPrefix(value, "data:image/") && e.Name.Local != "a":
			return "the SVG loads another file"
		case name == "href" && strings.HasPrefix(value, "data:image/svg"):
			return "the SVG holds another SVG"
		}
	}
	return ""
}

// svgSize takes the size from width and height where both are plain numbers or pixels, else from the view box.
func svgSize(attrs []xml.Attr) (width, height int) {
	var box []string
	for _, a := range attrs {
		switch a.Name.Local {
		case "width":
			width = svgLength(a.Value)
		case "height":
			height = svgLength(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
		}
	}
	if (width == 0 || height == 0) && len(box) == 4 {
		return svgLength(box[2]), svgLength(box[3])
	}
	return width, height
}

// svgLength reads a length in pixels; 0 for other units, since their size depends on where the image is shown.
func svgLength(v string) int {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(v), "px"), 64)
	if err != nil || n < 0 || n > maxSide {
		return 0
	}
	return int(n + 0.5)
}
