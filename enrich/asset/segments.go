package asset

import "encoding/binary"

// segments is what the walk over a JPEG's header finds besides the dimensions.
type segments struct {
	orientation int
	scan        int64 // where the first scan's data begins; 0 where there is none
}

// maxSegments bounds the walk; real files have a few dozen.
const maxSegments = 500

// segments walks the marker segments up to the first scan (ITU-T T.81, annex B).
func (f *file) segments() segments {
	var found segments
	at := int64(2)
	for range maxSegments {
		head := f.bytes(at, 4)
		if len(head) < 4 || head[0] != 0xff {
			return found
		}
		marker := head[1]
		if marker == 0xff || marker == 0x01 || marker >= 0xd0 && marker <= 0xd8 {
			at++ // a fill byte, or a marker without a length
			if marker != 0xff {
				at++
			}
			continue
		}
		length := int64(binary.BigEndian.Uint16(head[2:]))
		if marker == 0xda {
			found.scan = at + 2 + length
			return found
		}
		if marker == 0xe1 && found.orientation == 0 {
			found.orientation = orientation(f.bytes(at+4, min(length-2, 4096)))
		}
		at += 2 + length
	}
	return found
}

// orientation reads tag 0x0112 of the first directory of an EXIF segment (CIPA DC-008, section 4.6.4); 0 without one.
func orientation(app1 []byte) int {
	const exif = "Exif\x00\x00"
	if len(app1) < len(exif)+8 || string(app1[:len(exif)]) != exif {
		return 0
	}
	tiff := app1[len(exif):]
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	count := int64(order.Uint16(tiff[at:]))
	for i := range count {
		entry := at + 2 + i*12
		if entry+12 > int64(len(tiff)) {
			return 0
		}
		if order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if v := int(order.Uint16(tiff[entry+8:])); v >= 1 && v <= 8 {
			return v
		}
		return 0
	}
	return 0
}
