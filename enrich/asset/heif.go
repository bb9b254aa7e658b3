package asset

import (
	"bytes"
	"encoding/binary"
)

// heif reads the dimensions of an AVIF or HEIC image from its first "ispe" property (ISO/IEC 23008-12, section 6.5.3), but
// nothing here can decode such an image, so it is never valid.
func (f *file) heif(info *Info) {
	info.Reason = info.Format + " images are not supported"
	const metaBytes = 16 << 10 // the properties stand before the picture's data
	head := f.bytes(0, metaBytes)
	i := bytes.Index(head, []byte("ispe"))
	if i < 0 || i+16 > len(head) {
		return
	}
	width, height := binary.BigEndian.Uint32(head[i+8:]), binary.BigEndian.Uint32(head[i+12:])
	if width <= maxSide && height <= maxSide {
		info.Width, info.Height = int(width), int(height)
	}
}
