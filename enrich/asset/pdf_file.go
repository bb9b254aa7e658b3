package asset

import (
	"bytes"
)

// pdfFile finds the objects of a PDF. Each attempt at it is paid from a budget, so that a hostile file costs no more than a
// large one.
type pdfFile struct {
	f       *file
	shift   int64 // what stands before the header, which some programs do not count
	budget  int64 // bytes that may still be read or unpacked
	trailer pdfDict
	parts   []xrefPart         // newest first
	found   map[int64]int64    // offsets by object number, where the table was useless
	packed  map[int64]pdfRef   // object streams by object number, where the table was useless
	unpacks map[pdfRef]*bundle // object streams seen; nil for one that cannot be read
}

// Limits of reading one PDF.
const (
	pdfBudget = 32 << 20
	// pdfWindow is how much is read for an object at first, pdfWindowMost if that was not enough: the list of all pages may
	// stand in one.
	pdfWindow     = 4 << 10
	pdfWindowMost = 1 << 20
)

// window reads up to n bytes, if the budget allows them.
func (d *pdfFile) window(at, n int64) []byte {
	if d.budget -= n; d.budget < 0 {
		return nil
	}
	return d.f.bytes(at, n)
}

// indirect reads the object that begins at a place as "12 0 obj": its number, its value, and where the data of its stream
// begins, 0 if it has none.
func (d *pdfFile) indirect(at int64) (num int64, value any, data int64, ok bool) {
	for _, size := range []int64{pdfWindow, pdfWindowMost} {
		p := &pdfParser{b: d.window(at, size)}
		num, ok := p.whole()
		if !ok {
			return 0, nil, 0, false
		}
		if _, ok = p.whole(); !ok {
			return 0, nil, 0, false
		}
		if p.space(); p.word() != "obj" {
			return 0, nil, 0, false
		}
		value, ok := p.object()
		if !ok || p.at+20 > len(p.b) && at+int64(len(p.b)) < d.f.size {
			continue // it may go on behind the window
		}
		if p.space(); p.word() == "stream" {
			data = at + int64(p.at) + lineEnd(p.b[p.at:])
		}
		return num, value, data, true
	}
	return 0, nil, 0, false
}

// lineEnd is the length of the line end at the beginning of b (7.3.8.1).
func lineEnd(b []byte) int64 {
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		return 2
	case bytes.HasPrefix(b, []byte("\n")), bytes.HasPrefix(b, []byte("\r")):
		return 1
	}
	return 0
}

// resolve follows references to the object they stand for; nil for what is not there.
func (d *pdfFile) resolve(v any) any {
	for range 10 { // a reference to a reference is not allowed; a circle of them ends here
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v, _ = d.lookup(ref)
	}
	return nil
}

func (d *pdfFile) dict(v any) pdfDict {
	dict, _ := d.resolve(v).(pdfDict)
	return dict
}

// lookup gives an indirect object and where its stream's data begins.
func (d *pdfFile) lookup(ref pdfRef) (value any, data int64) {
	if d.found != nil {
		if at, ok := d.found[int64(ref)]; ok {
			return d.expect(ref, at)
		}
		if stream, ok := d.packed[int64(ref)]; ok {
			return d.unpack(stream, ref), 0
		}
		return nil, 0
	}
	for i := range d.parts {
		e, ok := d.parts[i].entry(d, int64(ref))
		switch {
		case !ok:
			continue
		case e.kind == xrefPlace:
			return d.expect(ref, e.place+d.shift)
		case e.kind == xrefPacked:
			return d.unpack(pdfRef(e.place), ref), 0
		}
		return nil, 0 // free
	}
	return nil, 0
}

// expect reads the object at a place if it is the one looked for.
func (d *pdfFile) expect(ref pdfRef, at int64) (any, int64) {
	num, value, data, ok := d.indirect(at)
	if !ok || num != int64(ref) {
		return nil, 0
	}
	return value, data
}
