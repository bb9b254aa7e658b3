package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

const (
	typeHTML  = "text/html"
	typePlain = "text/plain"
	typeBytes = "application/octet-stream"
	typeXML   = "application/xml"
)

// sniff gives the MIME type of a body by its first bytes; empty for none. It
// begins with what the WHATWG MIME Sniffing Standard knows
// (http.DetectContentType) and adds what a program that reads the web needs.
// The declared type only decides which kind of text a text is: it never makes
// text of binary data, nor an image of text.
func sniff(start []byte, declared string) string {
	if len(start) == 0 {
		return ""
	}
	if t := imageType(start); t != "" {
		return t
	}
	detected, params, _ := strings.Cut(http.DetectContentType(start), ";")
	switch detected {
	case typePlain, typeHTML, "text/xml":
		return textType(decodeUTF16(start, params), detected, declared)
	case typeBytes:
		if isPDF(start) {
			return "application/pdf"
		}
	}
	return detected
}

// textType tells kinds of text apart.
func textType(text []byte, detected, declared string) string {
	if t := markupType(text); t != "" {
		return t
	}
	switch {
	case detected == typeHTML:
		return typeHTML
	case isPDF(text):
		return "application/pdf"
	case isJSON(text):
		return "application/json"
	}
	t, _, err := mime.ParseMediaType(declared)
	if err != nil {
		return typePlain
	}
	switch {
	case t == "application/xhtml+xml":
		return typeHTML
	case strings.HasPrefix(t, "text/"), t == "application/javascript":
		return t
	}
	return typePlain
}

// imageType knows the image formats that http.DetectContentType does not.
func imageType(b []byte) string {
	if len(b) >= 12 && string(b[4:8]) == "ftyp" {
		switch string(b[8:12]) { // the major brand, ISO/IEC 14496-12, 4.3
		case "avif", "avis":
			return "image/avif"
		case "heic", "heix", "hevc", "mif1", "msf1":
			return "image/heic"
		}
	}
	for _, m := range [][2]string{
		{"II*\x00", "image/tiff"},
		{"MM\x00*", "image/tiff"},
		{"\xff\x0a", "image/jxl"},
		{"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"},
	} {
		if bytes.HasPrefix(b, []byte(m[0])) {
			return m[1]
		}
	}
	return ""
}

// isPDF finds the PDF header within the first 1,024 bytes, where readers
// accept it (PDF Reference 1.7, implementation note 13). Within text it must
// begin a line, or any text about PDF would be one.
func isPDF(b []byte) bool {
	i := bytes.Index(b[:min(len(b), 1024)], []byte("%PDF-"))
	return i == 0 || i > 0 && (b[i-1] < ' ' || b[i-1] >= 0x7f)
}

// isJSON reports whether b is an object or array in JSON, or the beginning of one.
func isJSON(b []byte) bool {
	b = trim(b)
	if len(b) == 0 || b[0] != '{' && b[0] != '[' {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		}
	}
}

// decodeUTF16 gives text in UTF-16, which http.DetectContentType knows by its
// byte order mark, in UTF-8.
func decodeUTF16(b []byte, params string) []byte {
	if !strings.Contains(params, "utf-16") {
		return b
	}
	text, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
	if err != nil {
		return b
	}
	return text
}

// trim takes a byte order mark and blanks off the beginning.
func trim(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), blanks)
}
