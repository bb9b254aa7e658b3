package asset

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// maxTitle bounds a title, in characters.
const maxTitle = 300

// title gives the document's title: of its information dictionary (ISO 32000-1, 14.3.3), else of its XMP description
// (ISO 16684-1, dc:title). In an encrypted file the former is unreadable; the latter may be left plain.
func (d *pdfFile) title(encrypted bool) string {
	if !encrypted {
		text, _ := d.resolve(d.dict(d.trailer["Info"])["Title"]).(pdfText)
		if title := usable(characters(text)); title != "" {
			return title
		}
	}
	ref, ok := d.dict(d.trailer["Root"])["Metadata"].(pdfRef)
	if !ok {
		return ""
	}
	value, data := d.lookup(ref)
	dict, ok := value.(pdfDict)
	if !ok || data == 0 {
		return ""
	}
	packet, _ := d.decode(dict, data)
	return usable(xmpTitle(packet))
}

// characters decodes a text string (7.9.2.2): UTF-16 or UTF-8 by its byte order mark; else PDFDocEncoding, but for the
// many programs that write UTF-8 without saying so.
func characters(text pdfText) string {
	b := []byte(text)
	switch {
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\xff\xfe")):
		decoded, err := utf16.UTF16(utf16.BigEndian, utf16.UseBOM).NewDecoder().Bytes(b)
		if err != nil {
			return ""
		}
		return string(decoded)
	case utf8.Valid(b):
		return strings.TrimPrefix(string(b), "\ufeff")
	}
	var out strings.Builder
	for _, c := range b {
		out.WriteRune(docEncoded(c))
	}
	return out.String()
}

// docEncoded gives the character of a byte in PDFDocEncoding (ISO 32000-1, annex D.2): Latin-1 but for one range.
func docEncoded(c byte) rune {
	const high = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"
	if c >= 0x80 && c <= 0x9e {
		return []rune(high)[c-0x80]
	}
	if c == 0xa0 {
		return '€'
	}
	return charmap.ISO8859_1.DecodeByte(c)
}

// xmpTitle finds dc:title, of several languages the first, which is the default one (ISO 16684-1, 8.2.2.4).
func xmpTitle(packet []byte) string {
	const dublinCore = "http://purl.org/dc/elements/1.1/"
	d := xml.NewDecoder(bytes.NewReader(packet))
	var title strings.Builder
	inside, depth := 0, 0
	for {
		t, err := d.Token()
		if err != nil {
			return "" // the end, or no XML
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			if inside == 0 && t.Name.Local == "title" && t.Name.Space == dublinCore {
				inside = depth
			}
		case xml.CharData:
			if inside > 0 {
				title.Write(t)
			}
		case xml.EndElement:
			if inside > 0 && (depth == inside || strings.TrimSpace(title.String()) != "") {
				return title.String()
			}
			depth--
		}
	}
}

// usable tidies a title. Programs fill in the name of the file they were given, or a word for "none"; that is no title.
func usable(title string) string {
	title = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, title)
	title = strings.Join(strings.Fields(title), " ")
	plain := strings.ToLower(title)
	switch plain {
	case "untitled", "title", "document", "document1", "unknown", "none", "(none)", "no title", "slide 1", "powerpoint presentation":
		return ""
	}
	if strings.HasPrefix(plain, "microsoft word - ") || strings.HasPrefix(plain, "microsoft powerpoint - ") || strings.HasPrefix(plain, "untitled-") {
		return ""
	}
	switch path.Ext(plain) {
	case ".doc", ".docx", ".rtf", ".odt", ".ppt", ".pptx", ".xls", ".xlsx", ".pdf", ".ps", ".eps", ".dvi", ".tex", ".indd", ".qxd", ".qxp", ".pmd", ".fm", ".ai", ".txt", ".html", ".htm", ".tmp":
		return ""
	}
	if runes := []rune(title); len(runes) > maxTitle {
		return string(runes[:maxTitle-1]) + "…"
	}
	return title
}
