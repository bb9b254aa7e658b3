package asset

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// Limits on an SVG: larger or deeper ones are not drawings that a site wants.
const (
	maxSVG      = 5 << 20
	maxSVGDepth = 500
)

// svg reads an SVG as XML. It is valid only if nothing in it can run or load, wherever a browser may open it: what is
// published on a site's own address runs with that site's rights. Where a browser could read the file otherwise than
// we do (a document type with declarations of its own, a rare encoding, XML that is not well-formed) it is refused.
func (f *file) svg(info *Info) {
	if f.size > maxSVG {
		info.Reason = "the SVG is larger than 5 MB"
		return
	}
	d := xml.NewDecoder(f.reader())
	d.CharsetReader = plainCharset
	s := svgScan{info: info}
	for info.Reason == "" {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			info.Reason = "the SVG is not well-formed: " + err.Error()
			return
		}
		info.Reason = s.token(t)
	}
	if info.Reason == "" && !s.root {
		info.Reason = "the SVG has no content"
	}
}

// plainCharset reads the encodings that drawing programs write besides UTF-8, which xml reads by itself.
func plainCharset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii", "utf8":
		return r, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(r), nil // what browsers take these names for (WHATWG Encoding)
	}
	return nil, fmt.Errorf("an encoding that is not read: %q", label)
}

// svgScan goes through an SVG's tokens.
type svgScan struct {
	info  *Info
	root  bool
	depth int
	style int             // depth of the style element we are in; 0 outside
	css   strings.Builder // its text, whole: comments and CDATA may cut a word in two
}

// token says what is wrong with a token, or "".
func (s *svgScan) token(t xml.Token) string {
	switch t := t.(type) {
	case xml.StartElement:
		return s.start(t)
	case xml.EndElement:
		return s.end()
	case xml.CharData:
		if s.style > 0 {
			s.css.Write(t)
		}
	case xml.Directive:
		if strings.ContainsAny(string(t), "[%") {
			return "the SVG declares entities or attributes of its own"
		}
	case xml.ProcInst:
		if t.Target != "xml" {
			return "the SVG holds an instruction to programs (" + strconv.Quote(t.Target) + "), which may load a style sheet"
		}
	}
	return ""
}

func (s *svgScan) start(e xml.StartElement) string {
	if s.depth++; s.depth > maxSVGDepth {
		return "the SVG is nested too deep"
	}
	if !s.root {
		s.root = true
		if e.Name.Local != "svg" {
			*s.info = xmlFormat.info()
			return "the file is of no supported format"
		}
		if e.Name.Space != svgSpace {
			return "the SVG lacks its namespace, without which no browser draws it"
		}
		s.info.Width, s.info.Height = svgSize(e.Attr)
	}
	if s.style > 0 {
		return "the SVG holds an element within a style"
	}
	if e.Name.Local == "style" {
		s.style = s.depth
	}
	if reason := activeElement(e.Name); reason != "" {
		return reason
	}
	for _, a := range e.Attr {
		if reason := activeAttribute(e.Name.Local, a); reason != "" {
			return reason
		}
	}
	return ""
}

func (s *svgScan) end() string {
	s.depth--
	if s.depth >= s.style {
		return ""
	}
	css := s.css.String()
	s.css.Reset()
	s.style = 0
	return activeCSS(css)
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
	if err != nil || !(n >= 0 && n <= maxSide) {
		return 0
	}
	return int(n + 0.5)
}
