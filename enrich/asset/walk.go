package asset

import (
	"bufio"
	"encoding/binary"
	"io"
	"strings"
)

// The walks below go from block to block to a format's end mark, so that a file whose end is missing is known, and one
// with data appended behind its end, as phones and editors do, is not mistaken for it. Each reads the file once.

const walkBuffer = 64 << 10

// Reasons that the walks give.
const (
	cutShort = "the file is cut short: its end is missing"
	damaged  = "the file is damaged: its parts do not follow each other as they should"
	noPixels = "the file holds no picture"
)

func (f *file) walker(from int64) *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(f, from, f.size-from), walkBuffer)
}

// skip passes over n bytes and tells whether they were there.
func skip(r *bufio.Reader, n int64) bool {
	for n > 0 {
		step := min(n, 1<<20)
		if _, err := r.Discard(int(step)); err != nil {
			return false
		}
		n -= step
	}
	return true
}

// jpegEnd walks the compressed data behind a JPEG's first scan header to the end mark (ITU-T T.81, annex B.1.1): in the
// data, 0xff is followed by 0 or a restart marker; between scans stand segments, which state their length.
func (f *file) jpegEnd(scan int64) string {
	r := f.walker(scan)
	for {
		marker, err := nextMarker(r)
		switch {
		case err != nil:
			return cutShort
		case marker == 0xd9:
			return ""
		case marker == 0xc4, marker >= 0xda && marker <= 0xdd, marker >= 0xe0 && marker <= 0xef, marker == 0xfe:
			var length [2]byte
			if _, err := io.ReadFull(r, length[:]); err != nil {
				return cutShort
			}
			if !skip(r, int64(binary.BigEndian.Uint16(length[:]))-2) {
				return cutShort
			}
		}
	}
}

// nextMarker returns the byte that follows the next 0xff or run of them.
func nextMarker(r *bufio.Reader) (byte, error) {
	for {
		_, err := r.ReadSlice(0xff)
		if err == bufio.ErrBufferFull { //nolint:errorlint // ReadSlice returns it bare
			continue
		}
		if err != nil {
			return 0, err //nolint:wrapcheck // only the end, or a failure that file keeps
		}
		break
	}
	marker, err := r.ReadByte()
	for err == nil && marker == 0xff {
		marker, err = r.ReadByte()
	}
	return marker, err //nolint:wrapcheck // as above
}

// pngEnd walks the chunks of a PNG (ISO/IEC 15948, 5.3) from IHDR to IEND.
func (f *file) pngEnd() string {
	r := f.walker(8)
	pixels := false
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return cutShort
		}
		length, kind := binary.BigEndian.Uint32(head[:]), string(head[4:])
		if length > 1<<31-1 || strings.ContainsFunc(kind, notLetter) {
			return damaged
		}
		if !skip(r, int64(length)+4) {
			return cutShort
		}
		switch {
		case kind == "IDAT":
			pixels = true
		case kind == "IEND" && pixels:
			return ""
		case kind == "IEND":
			return noPixels
		}
	}
}

func notLetter(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }

// gifEnd walks the blocks of a GIF (GIF89a, appendix B) to its trailer. Zeros between blocks, which some programs leave,
// are passed over.
func (f *file) gifEnd() string {
	r := f.walker(0)
	var screen [13]byte
	if _, err := io.ReadFull(r, screen[:]); err != nil || !skip(r, colours(screen[10])) {
		return cutShort
	}
	pictures := 0
	for {
		introducer, err := r.ReadByte()
		if err != nil {
			return cutShort
		}
		switch introducer {
		case 0:
		case ';':
			if pictures == 0 {
				return noPixels
			}
			return ""
		case '!':
			if !skip(r, 1) || !skipBlocks(r) {
				return cutShort
			}
		case ',':
			var descriptor [9]byte
			if _, err := io.ReadFull(r, descriptor[:]); err != nil || !skip(r, colours(descriptor[8])+1) || !skipBlocks(r) {
				return cutShort
			}
			pictures++
		default:
			return damaged
		}
	}
}

// colours is the length of the colour table that a packed field announces.
func colours(packed byte) int64 {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// skipBlocks passes over a GIF's sub-blocks, each of which begins with its length; one of length 0 ends them.
func skipBlocks(r *bufio.Reader) bool {
	for {
		length, err := r.ReadByte()
		if err != nil || !skip(r, int64(length)) {
			return false
		}
		if length == 0 {
			return true
		}
	}
}

// webpEnd walks the chunks of a WebP (RFC 9649, section 2) to the end that its header states.
func (f *file) webpEnd() string {
	head := f.bytes(4, 4)
	if len(head) < 4 {
		return cutShort
	}
	end := int64(binary.LittleEndian.Uint32(head)) + 8
	if end > f.size {
		return cutShort
	}
	r := bufio.NewReaderSize(io.NewSectionReader(f, 12, end-12), walkBuffer)
	for {
		var chunk [8]byte
		if _, err := io.ReadFull(r, chunk[:]); err != nil {
			return noPixels
		}
		length := int64(binary.LittleEndian.Uint32(chunk[4:]))
		if !skip(r, length) {
			return damaged
		}
		switch string(chunk[:4]) {
		case "VP8 ", "VP8L", "ANMF":
			return ""
		}
		skip(r, length&1) // chunks are padded to even lengths; the next read finds the end
	}
}
