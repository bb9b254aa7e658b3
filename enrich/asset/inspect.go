package asset

import (
	"errors"
	"fmt"
	"io"
)

// headBytes is how much of a file's beginning is looked at to tell its format. A PDF's header may stand anywhere in
// the first 1,024 bytes (ISO 32000-1, annex H.3.4.1).
const headBytes = 1024

// Inspect tells what a file of the given size is. It reads only parts of it, in any order. The error is not nil only where
// reading failed; everything that is wrong with the file itself is in the Info.
func Inspect(r io.ReaderAt, size int64) (Info, error) {
	if size <= 0 {
		return Info{Reason: "the file is empty"}, nil
	}
	f := &file{r: r, size: size}
	head := f.bytes(0, headBytes)
	if f.err != nil {
		return Info{}, fmt.Errorf("read the beginning of the file: %w", f.err)
	}
	info := f.inspect(head)
	if f.err != nil {
		return Info{}, fmt.Errorf("read %s file: %w", info.Format, f.err)
	}
	info.Valid = info.Reason == ""
	return info, nil
}

// inspect picks the reader for the format. Readers give a Reason for what is wrong.
func (f *file) inspect(head []byte) Info {
	found := sniff(head)
	info := found.info()
	switch found {
	case jpegFormat:
		f.jpeg(&info)
	case pngFormat:
		f.png(&info)
	case gifFormat:
		f.gif(&info)
	case webpFormat:
		f.webp(&info)
	case icoFormat:
		f.ico(&info)
	case svgFormat:
		f.svg(&info)
		return info // its size needs no check: it holds no pixels
	case pdfFormat:
		f.pdf(&info, head)
		return info
	case avifFormat, heicFormat:
		f.heif(&info)
		return info
	case bmpFormat, tiffFormat, jxlFormat:
		info.Reason = info.Format + " images are not supported"
		return info
	case htmlFormat:
		info.Reason = "the file is an HTML page"
		return info
	default:
		info.Reason = "the file is of no supported format"
		return info
	}
	if info.Reason == "" {
		info.Reason = sizeReason(info.Width, info.Height)
	}
	return info
}

// maxSide is the longest side that JPEG and GIF can state; maxPixels is 16,384 × 16,384, more than any browser shows.
const (
	maxSide   = 65_535
	maxPixels = 1 << 28
)

// sizeReason says what is wrong with an image's dimensions.
func sizeReason(width, height int) string {
	switch {
	case width <= 0 || height <= 0:
		return "the image has no width or height"
	case width > maxSide || height > maxSide || int64(width)*int64(height) > maxPixels:
		return fmt.Sprintf("the image claims absurd dimensions: %d × %d", width, height)
	}
	return ""
}

// file reads parts of a file and remembers the first failure that is not simply the end.
type file struct {
	r    io.ReaderAt
	size int64
	err  error
}

// ReadAt implements io.ReaderAt for the decoders, within the stated size.
func (f *file) ReadAt(p []byte, at int64) (int, error) {
	if at >= f.size {
		return 0, io.EOF
	}
	cut := int64(len(p)) > f.size-at
	if cut {
		p = p[:f.size-at]
	}
	n, err := f.r.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		if f.err == nil {
			f.err = err
		}
		return n, err //nolint:wrapcheck // handed through a decoder; Inspect wraps the remembered one
	}
	if err == nil && cut {
		err = io.EOF
	}
	return n, err
}

// bytes returns up to n bytes from a place; fewer at the end.
func (f *file) bytes(at, n int64) []byte {
	if at < 0 || at >= f.size || n <= 0 {
		return nil
	}
	p := make([]byte, min(n, f.size-at))
	read, _ := f.ReadAt(p, at) // the end is no failure here, and a failure is kept in f.err
	return p[:read]
}

// tail returns the last n bytes, not beginning before from.
func (f *file) tail(n, from int64) []byte {
	at := max(f.size-n, from)
	return f.bytes(at, f.size-at)
}

// reader reads the file from its beginning.
func (f *file) reader() io.Reader { return io.NewSectionReader(f, 0, f.size) }
