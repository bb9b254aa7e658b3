package asset_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"ingest/enrich/asset"
)

func inspect(t *testing.T, data []byte) asset.Info {
	t.Helper()
	info, err := asset.Inspect(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("Inspect: %v", err)
	}
	return info
}

func jpegOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewPaletted(image.Rect(0, 0, width, height), palette.Plan9), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func fromBase64(t *testing.T, text string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	lossyWebP    = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"
	losslessWebP = "UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA="
)

// turned puts an EXIF segment with the orientation into a JPEG.
func turned(data []byte, orientation byte, order binary.AppendByteOrder) []byte {
	mark := "MM\x00*"
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		mark = "II*\x00"
	}
	tiff := []byte(mark)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, uint16(orientation))
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))...)
	return append(append(out, segment...), data[2:]...)
}

// icoOf makes an icon of pictures of the given sides, stored as PNG.
func icoOf(t *testing.T, sides ...int) []byte {
	t.Helper()
	out := []byte{0, 0, 1, 0, byte(len(sides)), 0}
	var pictures []byte
	for _, side := range sides {
		p := pngOf(t, side, side)
		out = append(out, byte(side), byte(side), 0, 0, 1, 0, 32, 0)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(p)))
		out = binary.LittleEndian.AppendUint32(out, uint32(6+16*len(sides)+len(pictures)))
		pictures = append(pictures, p...)
	}
	return append(out, pictures...)
}

// avifOf is the beginning of an AVIF file: its brand and, somewhere after it, the image's size.
func avifOf(width, height uint32) []byte {
	out := []byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf\x00\x00\x00\x14ispe\x00\x00\x00\x00")
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(out, width), height)
}

func TestInspectKnowsWholeFiles(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		data []byte
		want asset.Info
	}{
		"a JPEG as the tracker's seed has it":   {jpegOf(t, 1765, 447), asset.Info{Kind: asset.Image, Format: "JPEG", Ext: "jpeg", MIME: "image/jpeg", Width: 1765, Height: 447, Valid: true}},
		"a JPEG turned by a quarter":            {turned(jpegOf(t, 40, 30), 6, binary.BigEndian), asset.Info{Kind: asset.Image, Format: "JPEG", Ext: "jpeg", MIME: "image/jpeg", Width: 30, Height: 40, Orientation: 6, Valid: true}},
		"a JPEG upside down, little endian":     {turned(jpegOf(t, 40, 30), 3, binary.LittleEndian), asset.Info{Kind: asset.Image, Format: "JPEG", Ext: "jpeg", MIME: "image/jpeg", Width: 40, Height: 30, Orientation: 3, Valid: true}},
		"a JPEG with a camera's data behind it": {append(jpegOf(t, 40, 30), make([]byte, 9000)...), asset.Info{Kind: asset.Image, Format: "JPEG", Ext: "jpeg", MIME: "image/jpeg", Width: 40, Height: 30, Valid: true}},
		"a PNG":                                 {pngOf(t, 12, 7), asset.Info{Kind: asset.Image, Format: "PNG", Ext: "png", MIME: "image/png", Width: 12, Height: 7, Valid: true}},
		"a GIF padded with zeros":               {append(gifOf(t, 9, 8), 0, 0), asset.Info{Kind: asset.Image, Format: "GIF", Ext: "gif", MIME: "image/gif", Width: 9, Height: 8, Valid: true}},
		"a lossy WebP":                          {fromBase64(t, lossyWebP), asset.Info{Kind: asset.Image, Format: "WebP", Ext: "webp", MIME: "image/webp", Width: 1, Height: 1, Valid: true}},
		"a lossless WebP":                       {fromBase64(t, losslessWebP), asset.Info{Kind: asset.Image, Format: "WebP", Ext: "webp", MIME: "image/webp", Width: 1, Height: 1, Valid: true}},
		"an icon with a large PNG inside":       {icoOf(t, 16, 64, 32), asset.Info{Kind: asset.Icon, Format: "ICO", Ext: "ico", MIME: "image/vnd.microsoft.icon", Width: 64, Height: 64, Valid: true}},
		"an SVG behind a declaration and a comment": {[]byte("\ufeff<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 12\"><path d=\"M0 0\"/></svg>"),
			asset.Info{Kind: asset.SVG, Format: "SVG", Ext: "svg", MIME: "image/svg+xml", Width: 24, Height: 12, Valid: true}},
		"a PDF with junk before its header": {append([]byte("\r\n\r\n"), paper().bytes()...), asset.Info{Kind: asset.PDF, Format: "PDF", Ext: "pdf", MIME: "application/pdf", Title: "Tide clocks", Pages: 2, Valid: true}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := inspect(t, c.data); got != c.want {
				t.Errorf("Inspect:\n got %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestInspectSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	wide := pngOf(t, 3, 3)
	binary.BigEndian.PutUint32(wide[16:], 60_000)
	binary.BigEndian.PutUint32(wide[20:], 60_000)
	wide = resum(wide)
	flat := gifOf(t, 5, 5)
	flat[8], flat[9] = 0, 0
	svg := func(inner string) []byte {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg">` + inner + `</svg>`)
	}
	half := func(b []byte) []byte { return b[:len(b)*2/3] }
	cases := map[string]struct {
		data   []byte
		format string
		reason string
	}{
		"nothing at all":                  {nil, "", "empty"},
		"a page in place of the picture":  {[]byte("\n <!DOCTYPE html><html><body>404</body></html>"), "HTML", "HTML page"},
		"a page behind a comment":         {[]byte("<!-- cached --><html></html>"), "HTML", "HTML page"},
		"text":                            {[]byte("not found"), "", "no supported format"},
		"a feed":                          {[]byte(`<?xml version="1.0"?><rss></rss>`), "XML", "no supported format"},
		"half a JPEG":                     {half(jpegOf(t, 300, 300)), "JPEG", "cut short"},
		"only a JPEG's first bytes":       {jpegOf(t, 30, 30)[:20], "JPEG", "header"},
		"half a PNG":                      {half(pngOf(t, 300, 300)), "PNG", "cut short"},
		"half a GIF":                      {half(gifOf(t, 300, 300)), "GIF", "cut short"},
		"a WebP shorter than it says":     {fromBase64(t, lossyWebP)[:40], "WebP", "cut short"},
		"half an icon":                    {half(icoOf(t, 64)), "ICO", "cut short"},
		"an icon without pictures":        {[]byte{0, 0, 1, 0, 0, 0}, "ICO", "no pictures"},
		"a picture of 60,000 × 60,000":    {wide, "PNG", "absurd"},
		"a picture without height":        {flat, "GIF", "no width or height"},
		"an AVIF":                         {avifOf(640, 480), "AVIF", "not supported"},
		"a BMP":                           {[]byte("BM......"), "BMP", "not supported"},
		"an SVG with a script":            {svg(`<script>alert(1)</script>`), "SVG", "script"},
		"an SVG with an event attribute":  {svg(`<rect onload="alert(1)"/>`), "SVG", "script in an attribute"},
		"an SVG with a script address":    {svg(`<a href="java&#10;script:alert(1)"/>`), "SVG", "script address"},
		"an SVG with HTML inside":         {svg(`<foreignObject/>`), "SVG", "foreign"},
		"an SVG that loads a picture":     {svg(`<image href="http://example.org/p.png"/>`), "SVG", "another file"},
		"an SVG whose style loads":        {svg(`<style>@import "x.css";</style>`), "SVG", "style loads"},
		"an SVG with entities":            {[]byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`), "SVG", "entities"},
		"an SVG cut short":                {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><g>`), "SVG", "not well-formed"},
		"an SVG nested 10,000 deep":       {svg(strings.Repeat("<g>", 10_000)), "SVG", "too deep"},
		"a PDF cut short":                 {half(paper().bytes()), "PDF", "cut short"},
		"a PDF without a table of places": {[]byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF"), "PDF", "cross-reference"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := inspect(t, c.data)
			if got.Valid || got.Format != c.format || !strings.Contains(got.Reason, c.reason) {
				t.Errorf("Inspect: got %+v, want format %q, not valid, reason with %q", got, c.format, c.reason)
			}
		})
	}
}

// resum mends the checksum of a PNG's first chunk.
func resum(data []byte) []byte {
	binary.BigEndian.PutUint32(data[29:], crc(data[12:29]))
	return data
}

func TestInspectGivesAVIFDimensions(t *testing.T) {
	t.Parallel()
	if got := inspect(t, avifOf(640, 480)); got.Width != 640 || got.Height != 480 {
		t.Errorf("AVIF: got %d × %d, want 640 × 480", got.Width, got.Height)
	}
}

var errDisk = errors.New("disk on fire")

// brokenReader fails at every place from at on.
type brokenReader struct {
	data []byte
	at   int64
}

func (b brokenReader) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > b.at {
		return 0, errDisk
	}
	return copy(p, b.data[at:]), nil
}

func TestInspectReportsReadFailures(t *testing.T) {
	t.Parallel()
	data := append(jpegOf(t, 600, 600), make([]byte, 4096)...)
	for _, at := range []int64{0, 2000} {
		if _, err := asset.Inspect(brokenReader{data, at}, int64(len(data))); !errors.Is(err, errDisk) {
			t.Errorf("failing from byte %d: got error %v, want %v", at, err, errDisk)
		}
	}
}

func TestInspectStaysWithinTheStatedSize(t *testing.T) {
	t.Parallel()
	data := jpegOf(t, 50, 50)
	info, err := asset.Inspect(bytes.NewReader(data), int64(len(data)-2))
	if err != nil || info.Valid {
		t.Errorf("with the last bytes out of bounds: got %+v, %v, want a file cut short", info, err)
	}
}

func TestNamedFeatured(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Curated_Featured_Image.jpg": true, "featured image.png": true, "FeaturedImage-2.webp": true, "post-feature-image.JPEG": true, "featured%20image.png": true, "FEATURED.IMAGE.png": true,
		"image.png": false, "featured.png": false, "": false, "feature list image map.pdf": false,
	} {
		if got := asset.NamedFeatured(name); got != want {
			t.Errorf("NamedFeatured(%q): got %v, want %v", name, got, want)
		}
	}
}
