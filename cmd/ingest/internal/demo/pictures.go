package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// jpegOf draws a picture of the given size: a gradient whose hue is the
// seed's, so that no two articles look alike.
func jpegOf(width, height int, seed uint8) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, gradient(width, height, seed), &jpeg.Options{Quality: 70}); err != nil {
		panic(err) // a buffer does not fail, and the sizes are ours
	}
	return b.Bytes()
}

// pngOf is jpegOf for PNG.
func pngOf(width, height int, seed uint8) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, gradient(width, height, seed)); err != nil {
		panic(err) // a buffer does not fail, and the sizes are ours
	}
	return b.Bytes()
}

func gradient(width, height int, seed uint8) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, color.RGBA{R: seed * 7, G: uint8(255 * x / width), B: uint8(255 * y / height), A: 255}) //nolint:gosec // both quotients are below 256
		}
	}
	return img
}

// pdfOf writes a PDF of one page that says title (ISO 32000-1, section 7.5).
func pdfOf(title string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	content := fmt.Sprintf("BT /F1 18 Tf 72 720 Td (%s) Tj ET", title)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<< /Title (%s) >>", title),
	}
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}
