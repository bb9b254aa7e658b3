package asset

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// tailBytes is how much of a file's end is searched for its end mark. Cameras and editors append data of their own
// behind it, rarely more than a few kilobytes.
const tailBytes = 64 << 10

const cutShort = "the file is cut short: its end is missing"

// config reads an image's dimensions with the format's decoder.
func (f *file) config(info *Info, decode func(io.Reader) (image.Config, error)) {
	c, err := decode(f.reader())
	if err != nil {
		info.Reason = "its header cannot be decoded: " + err.Error()
		return
	}
	info.Width, info.Height = c.Width, c.Height
}

// jpeg reads a JPEG (ITU-T T.81), baseline or progressive, in grey, YCbCr, RGB or CMYK. Behind the header comes compressed
// data, in which the end mark cannot occur by chance.
func (f *file) jpeg(info *Info) {
	f.config(info, jpeg.DecodeConfig)
	segments := f.segments()
	info.Orientation = segments.orientation
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	if info.Reason == "" && (segments.scan == 0 || !bytes.Contains(f.tail(tailBytes, segments.scan), []byte{0xff, 0xd9})) {
		info.Reason = cutShort
	}
}

// png reads a PNG (ISO/IEC 15948), animated ones included; it ends with an IEND chunk.
func (f *file) png(info *Info) {
	f.config(info, png.DecodeConfig)
	if info.Reason == "" && !bytes.Contains(f.tail(tailBytes, 8), []byte("\x00\x00\x00\x00IEND")) {
		info.Reason = cutShort
	}
}

// gif reads a GIF; it ends with a semicolon (GIF89a, section 27), which some programs pad with zeros.
func (f *file) gif(info *Info) {
	f.config(info, gif.DecodeConfig)
	end := bytes.TrimRight(f.tail(tailBytes, 13), "\x00\r\n")
	if info.Reason == "" && (len(end) == 0 || end[len(end)-1] != ';') {
		info.Reason = cutShort
	}
}

// webp reads a WebP (RFC 9649), lossy, lossless or animated; its header states its length.
func (f *file) webp(info *Info) {
	f.config(info, webp.DecodeConfig)
	head := f.bytes(4, 4)
	if info.Reason == "" && (len(head) < 4 || int64(binary.LittleEndian.Uint32(head))+8 > f.size) {
		info.Reason = cutShort
	}
}
