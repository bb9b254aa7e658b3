package page

import (
	"strconv"
	"strings"
)

// maxSrcset is how much of a srcset is read, in bytes.
const maxSrcset = 20_000

// largest picks the address with the highest width or density of a srcset, pictures inside the attribute itself (data:)
// left out. It reads it as the HTML standard says (section 4.8.4.2.1): an address may hold commas but not end with one; its
// descriptors go up to the next comma.
func largest(srcset string) string {
	srcset = cutText(srcset, maxSrcset)
	best, bestSize := "", -1.0
	for {
		srcset = strings.TrimLeft(srcset, " \t\n\r\f,")
		if srcset == "" {
			return best
		}
		end := strings.IndexAny(srcset, " \t\n\r\f")
		if end < 0 {
			end = len(srcset)
		}
		href, descriptors := srcset[:end], ""
		srcset = srcset[end:]
		if !strings.HasSuffix(href, ",") {
			descriptors, srcset, _ = strings.Cut(srcset, ",")
		}
		href = strings.TrimRight(href, ",")
		if size := sizeOf(descriptors); size > bestSize && !strings.HasPrefix(href, "data:") {
			best, bestSize = href, size
		}
	}
}

// sizeOf reads descriptors such as "400w" and "2x"; without any it is 1.
func sizeOf(descriptors string) float64 {
	size := 1.0
	for d := range strings.FieldsSeq(descriptors) {
		unit := d[len(d)-1]
		if n, err := strconv.ParseFloat(d[:len(d)-1], 64); err == nil && (unit == 'w' || unit == 'x') {
			size = n
		}
	}
	return size
}
