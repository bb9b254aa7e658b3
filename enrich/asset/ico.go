package asset

import (
	"encoding/binary"
	"image/png"
	"io"
)

// ico reads an ICO file: a directory of up to a few dozen pictures, each a PNG or a bitmap. The largest one counts.
func (f *file) ico(info *Info) {
	head := f.bytes(0, 6)
	if len(head) < 6 {
		info.Reason = cutShort
		return
	}
	count := int(binary.LittleEndian.Uint16(head[4:]))
	const maxPictures = 256
	if count == 0 || count > maxPictures {
		info.Reason = "the icon has no pictures"
		return
	}
	entries := f.bytes(6, int64(count)*16)
	if len(entries) < count*16 {
		info.Reason = cutShort
		return
	}
	for i := range count {
		f.picture(info, entries[i*16:i*16+16])
		if info.Reason != "" {
			return
		}
	}
}

// picture reads one entry of the directory; a larger picture replaces the dimensions found so far.
func (f *file) picture(info *Info, entry []byte) {
	length, at := int64(binary.LittleEndian.Uint32(entry[8:])), int64(binary.LittleEndian.Uint32(entry[12:]))
	if length == 0 || at+length > f.size {
		info.Reason = cutShort
		return
	}
	width, height := side(entry[0]), side(entry[1])
	if start := f.bytes(at, 8); string(start) == "\x89PNG\r\n\x1a\n" {
		c, err := png.DecodeConfig(io.NewSectionReader(f, at, length))
		if err != nil {
			info.Reason = "a picture in the icon cannot be decoded: " + err.Error()
			return
		}
		width, height = c.Width, c.Height
	} else if len(start) < 4 || binary.LittleEndian.Uint32(start) < 12 || binary.LittleEndian.Uint32(start) > 124 {
		info.Reason = "a picture in the icon is neither PNG nor bitmap"
		return
	}
	if width > info.Width {
		info.Width, info.Height = width, height
	}
}

// side reads a side of the directory, where 0 stands for 256.
func side(b byte) int {
	if b == 0 {
		return 256
	}
	return int(b)
}
