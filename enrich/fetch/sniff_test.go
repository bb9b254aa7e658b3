package fetch_test

import (
	"mime"
	"strings"
	"testing"

	"ingest/enrich/fetch"
)

func TestSniff(t *testing.T) {
	for _, test := range []struct {
		name, start, declared, want string
	}{
		{"nothing", "", "text/html", ""},
		{"HTML", "<!DOCTYPE html><title>a", "", "text/html"},
		{"HTML that calls itself an image", "<!doctype HTML>", "image/png", "text/html"},
		{"HTML after blanks and mark", "\ufeff \r\n <html>", "", "text/html"},
		{"HTML after comment", "<!-- saved -->\n<html>", "", "text/html"},
		{"HTML under an XML declaration", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">`, "", "text/html"},
		{"XHTML", `<html xmlns="http://www.w3.org/1999/xhtml">`, "application/xhtml+xml", "text/html"},
		{"HTML with a rare first element", "<article><h2>a", "", "text/html"},
		{"custom element", "<my-app></my-app>", "text/html", "text/html"},
		{"custom element, no word of HTML", "<my-app></my-app>", "", "text/plain"},
		{"text served as HTML", "Hello", "text/html; charset=x", "text/html"},
		{"HTML in UTF-16", utf16LE("<html>"), "", "text/html"},
		{"a comment longer than we see", "<!-- " + strings.Repeat("x", 5000), "", "text/html"},
		{"a comment alone", "<!-- x --> words", "", "text/html"},
		{"SVG", `<svg xmlns="http://www.w3.org/2000/svg">`, "text/plain", "image/svg+xml"},
		{"SVG with all before it", `<?xml version="1.0"?><!-- Generator --><!DOCTYPE svg PUBLIC "a" "b" [ <!ENTITY x "y"> ]><svg:svg>`, "", "image/svg+xml"},
		{"SVG with prefix", `<?xml version="1.0"?><s:svg xmlns:s="x">`, "", "image/svg+xml"},
		{"page that shows SVG", "<html><body><svg>", "image/svg+xml", "text/html"},
		{"RSS", `<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><rss version="2.0">`, "text/xml", "application/rss+xml"},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom">`, "", "application/atom+xml"},
		{"RDF", `<?xml version="1.0"?><rdf:RDF>`, "", "application/rdf+xml"},
		{"other XML", `<?xml version="1.0"?><urlset>`, "text/html", "application/xml"},
		{"JSON", ` {"a": [1, 2`, "text/html", "application/json"},
		{"JSON array", "[1,2]", "", "application/json"},
		{"JSON with mark", "\ufeff{}", "", "application/json"},
		{"not JSON", "[1] Smith, J.", "", "text/plain"},
		{"not JSON either", "{braces}", "text/css", "text/css"},
		{"script", "var a = 1", "application/javascript; charset=utf-8", "application/javascript"},
		{"text", "hello", "", "text/plain"},
		{"text that calls itself an image", "hello", "image/png", "text/plain"},
		{"text of the size of a mark", "II*", "", "text/plain"},
		{"PDF", "%PDF-1.7\n%\xe2\xe3", "", "application/pdf"},
		{"PDF after garbage", "\x00\x01\xff\xffjunk\n%PDF-1.4\n", "text/html", "application/pdf"},
		{"PDF after lines of text", "HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "", "application/pdf"},
		{"PDF too far in", strings.Repeat("\n", 1025) + "%PDF-1.4", "", "text/plain"},
		{"text about PDF", "A file begins with %PDF-1.4", "", "text/plain"},
		{"page about PDF", "<p>\n%PDF-1.4", "", "text/html"},
		{"PNG", "\x89PNG\x0d\x0a\x1a\x0a", "text/html", "image/png"},
		{"JPEG", "\xff\xd8\xff\xe0", "", "image/jpeg"},
		{"GIF", "GIF89a", "", "image/gif"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "", "image/webp"},
		{"AVIF", "\x00\x00\x00\x20ftypavif", "", "image/avif"},
		{"HEIC", "\x00\x00\x00\x18ftypheic", "", "image/heic"},
		{"MP4", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "", "video/mp4"},
		{"TIFF", "II*\x00\x08", "", "image/tiff"},
		{"JPEG XL", "\xff\x0a\xfa", "", "image/jxl"},
		{"icon", "\x00\x00\x01\x00\x01\x00", "", "image/x-icon"},
		{"ZIP", "PK\x03\x04", "application/pdf", "application/zip"},
		{"unknown bytes", "\x00\x01\x02\x03", "image/png", "application/octet-stream"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := fetch.Sniff([]byte(test.start), test.declared); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"<!--", "<?", "<svg", "{\"", "%PDF-", "\xff\xfe<\x00", "<!doctype"} {
		f.Add([]byte(s), "text/html")
	}
	f.Fuzz(func(t *testing.T, start []byte, declared string) {
		got := fetch.Sniff(start, declared)
		if got == "" && len(start) == 0 {
			return
		}
		if _, params, err := mime.ParseMediaType(got); err != nil || len(params) > 0 {
			t.Fatalf("%q is not a bare MIME type: %v", got, err)
		}
	})
}
