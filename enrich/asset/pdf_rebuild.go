package asset

import (
	"bytes"
	"maps"
	"slices"
)

// Limits of the search for objects.
const (
	maxFound      = 300_000 // objects entered; a book of a thousand pages has some ten thousand
	rebuildWindow = 256 << 10
	rebuildAhead  = 512 // how much of an object is looked at to see what it is
)

// rebuild searches the file for objects, for their table is wrong or gone. Of two with one number the later counts, as it
// does for a table.
func (d *pdfFile) rebuild() {
	d.found, d.packed, d.trailer = map[int64]int64{}, map[int64]pdfRef{}, pdfDict{}
	var bundles []pdfRef
	for at := int64(0); at < d.f.size; at += rebuildWindow {
		const behind = 32 // a number may begin in the window before
		begin := max(at-behind, 0)
		bundles = d.search(d.f.bytes(begin, rebuildWindow+behind+rebuildAhead), begin, at+rebuildWindow, bundles)
	}
	for _, ref := range bundles[:min(len(bundles), 200)] {
		d.index(ref)
	}
}

// search enters the objects whose keyword stands before limit, and the trailers.
func (d *pdfFile) search(b []byte, begin, limit int64, bundles []pdfRef) []pdfRef {
	for i := 0; ; {
		next := bytes.Index(b[i:], []byte("obj"))
		if next < 0 || begin+int64(i+next) >= limit {
			break
		}
		at := i + next
		i = at + len("obj")
		num, length := numberBefore(b[:at])
		if length == 0 || len(d.found) >= maxFound {
			continue
		}
		d.found[num] = begin + int64(at-length)
		body := b[i:min(i+rebuildAhead, len(b))]
		if end := bytes.Index(body, []byte("endobj")); end >= 0 {
			body = body[:end]
		}
		switch {
		case bytes.Contains(body, []byte("/ObjStm")):
			bundles = append(bundles, pdfRef(num))
		case bytes.Contains(body, []byte("/Catalog")):
			d.trailer["Root"] = pdfRef(num)
		case bytes.Contains(body, []byte("/XRef")):
			d.adopt(body)
		}
	}
	for i := 0; ; {
		next := bytes.Index(b[i:], []byte("trailer"))
		if next < 0 {
			return bundles
		}
		i += next + len("trailer")
		d.adopt(b[i:min(i+rebuildAhead, len(b))])
	}
}

// adopt takes over what a trailer tells.
func (d *pdfFile) adopt(b []byte) {
	if d.budget -= rebuildAhead; d.budget < 0 {
		return
	}
	p := &pdfParser{b: b}
	if p.space(); !bytes.HasPrefix(p.b[p.at:], []byte("<<")) {
		return
	}
	v, _ := p.object()
	dict, _ := v.(pdfDict)
	for _, key := range []pdfName{"Root", "Info", "Encrypt"} {
		if value := dict[key]; value != nil {
			d.trailer[key] = value
		}
	}
}

// numberBefore reads the number of an object backwards from its keyword: "12 0 " gives 12 and its length, 5.
func numberBefore(b []byte) (num int64, length int) {
	rest := b
	for range 2 {
		trimmed := bytes.TrimRight(rest, " \t\r\n")
		digits := len(trimmed)
		for digits > 0 && len(trimmed)-digits < 10 && trimmed[digits-1] >= '0' && trimmed[digits-1] <= '9' {
			digits--
		}
		if digits == len(trimmed) {
			return 0, 0
		}
		num = 0
		for _, c := range trimmed[digits:] {
			num = num*10 + int64(c-'0')
		}
		rest = trimmed[:digits]
	}
	return num, len(b) - len(rest)
}

// index enters the objects of an object stream that do not stand in the file itself.
func (d *pdfFile) index(stream pdfRef) {
	found := d.bundle(stream)
	d.unpacks[stream] = found
	if found == nil {
		return
	}
	for _, num := range slices.Sorted(maps.Keys(found.places)) {
		at := found.places[num]
		if len(d.packed) >= maxFound {
			return
		}
		if _, ok := d.found[num]; ok {
			continue
		}
		d.packed[num] = stream
		if body := found.b[at:min(at+rebuildAhead, len(found.b))]; d.trailer["Root"] == nil && bytes.Contains(body, []byte("/Catalog")) {
			if root, _ := d.unpack(stream, pdfRef(num)).(pdfDict); root["Type"] == pdfName("Catalog") {
				d.trailer["Root"] = pdfRef(num)
			}
		}
	}
}
