package asset

import (
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// config reads an image's dimensions with the format's decoder.
func (f *file) config(info *Info, decode func(io.Reader) (image.Config, error)) {
	c, err := decode(f.reader())
	if err != nil {
		info.Reason = "its header cannot be decoded: " + err.Error()
		return
	}
	info.Width, info.Height = c.Width, c.Height
}

// jpeg reads a JPEG (ITU-T T.81), baseline or progressive, in grey, YCbCr, RGB or CMYK.
func (f *file) jpeg(info *Info) {
	f.config(info, jpeg.DecodeConfig)
	segments := f.segments()
	info.Orientation = segments.orientation
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	switch {
	case info.Reason != "":
	case segments.scan == 0:
		info.Reason = cutShort
	default:
		info.Reason = f.jpegEnd(segments.scan)
	}
}

// png reads a PNG (ISO/IEC 15948), animated ones included.
func (f *file) png(info *Info) {
	if f.config(info, png.DecodeConfig); info.Reason == "" {
		info.Reason = f.pngEnd()
	}
}

// gif reads a GIF, animated ones included.
func (f *file) gif(info *Info) {
	if f.config(info, gif.DecodeConfig); info.Reason == "" {
		info.Reason = f.gifEnd()
	}
}

// webp reads a WebP (RFC 9649), lossy, lossless or animated.
func (f *file) webp(info *Info) {
	if f.config(info, webp.DecodeConfig); info.Reason == "" {
		info.Reason = f.webpEnd()
	}
}
