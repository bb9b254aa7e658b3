package asset

import (
	"bytes"
)

// sniff tells the format by the first bytes (WHATWG MIME Sniffing, sections 6 and 7, and the formats' own standards).
func sniff(head []byte) format {
	for _, m := range magics() {
		if len(head) >= m.at+len(m.bytes) && string(head[m.at:m.at+len(m.bytes)]) == m.bytes {
			return m.format
		}
	}
	if f, ok := sniffBrand(head); ok {
		return f
	}
	if bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 12 && string(head[8:12]) == "WEBP" {
		return webpFormat
	}
	if f, ok := sniffMarkup(head); ok {
		return f
	}
	if bytes.Contains(head, []byte("%PDF-")) {
		return pdfFormat
	}
	return noFormat
}

type magic struct {
	at     int
	bytes  string
	format format
}

func magics() []magic {
	return []magic{
		{0, "\xff\xd8\xff", jpegFormat},
		{0, "\x89PNG\r\n\x1a\n", pngFormat},
		{0, "GIF87a", gifFormat},
		{0, "GIF89a", gifFormat},
		{0, "\x00\x00\x01\x00", icoFormat},
		{0, "BM", bmpFormat},
		{0, "II*\x00", tiffFormat},
		{0, "MM\x00*", tiffFormat},
		{0, "\xff\x0a", jxlFormat},
		{0, "\x00\x00\x00\x0cJXL ", jxlFormat},
		{0, "%PDF-", pdfFormat},
	}
}

// sniffBrand tells the formats of the ISO base media family by their major brand.
func sniffBrand(head []byte) (format, bool) {
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return noFormat, false
	}
	switch string(head[8:12]) {
	case "avif", "avis":
		return avifFormat, true
	case "heic", "heix", "hevc", "mif1", "msf1":
		if bytes.Contains(head[:min(len(head), 64)], []byte("avif")) {
			return avifFormat, true
		}
		return heicFormat, true
	}
	return noFormat, false
}

// sniffMarkup tells SVG from other XML and from HTML, past byte order mark, declarations and comments.
func sniffMarkup(head []byte) (format, bool) {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\f"))
	if len(text) == 0 || text[0] != '<' {
		return noFormat, false
	}
	declared := false
	for {
		switch {
		case bytes.HasPrefix(text, []byte("<svg")), bytes.HasPrefix(text, []byte("<!doctype svg")):
			return svgFormat, true
		case bytes.HasPrefix(text, []byte("<?xml")):
			declared = true
		case bytes.HasPrefix(text, []byte("<!--")):
		default:
			if bytes.Contains(text, []byte("<svg")) && declared {
				return svgFormat, true
			}
			return markupFormat(text, declared)
		}
		end := markupEnd(text)
		if end < 0 {
			return svgOrXML(declared, text), true
		}
		text = bytes.TrimLeft(text[end:], " \t\r\n\f")
	}
}

// markupEnd is where a declaration or comment at the beginning of text ends; -1 where it does not.
func markupEnd(text []byte) int {
	end := ">"
	if bytes.HasPrefix(text, []byte("<!--")) {
		end = "-->"
	}
	if i := bytes.Index(text, []byte(end)); i >= 0 {
		return i + len(end)
	}
	return -1
}

func svgOrXML(declared bool, text []byte) format {
	if bytes.Contains(text, []byte("svg")) {
		return svgFormat // a long comment of the drawing program stands before the first tag
	}
	if declared {
		return xmlFormat
	}
	return htmlFormat
}

func markupFormat(text []byte, declared bool) (format, bool) {
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<script", "<meta", "<div", "<p", "<h1", "<a", "<table", "<style", "<br"} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return htmlFormat, true
		}
	}
	if declared {
		return xmlFormat, true
	}
	return noFormat, false
}
