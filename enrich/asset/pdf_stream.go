package asset

import (
	"compress/zlib"
	"io"
)

// maxPDFStream is how much of one stream is unpacked. Those we read hold tables, objects and descriptions, not pictures.
const maxPDFStream = 16 << 20

// decode unpacks a stream that is plain or deflated. Deflated data ends by itself, so that a wrong length does no harm.
func (d *pdfFile) decode(dict pdfDict, data int64) ([]byte, bool) {
	length, _ := d.resolve(dict["Length"]).(int64)
	filter := d.resolve(dict["Filter"])
	parms := d.resolve(dict["DecodeParms"])
	if list, ok := filter.([]any); ok && len(list) <= 1 {
		filter = nil
		if len(list) == 1 {
			filter = d.resolve(list[0])
		}
		if list, ok := parms.([]any); ok && len(list) == 1 {
			parms = d.resolve(list[0])
		}
	}
	switch filter {
	case nil:
		b := d.window(data, min(max(length, 0), maxPDFStream))
		return b, b != nil
	case pdfName("FlateDecode"):
		b, ok := d.inflate(data)
		if !ok {
			return nil, false
		}
		dict, _ := parms.(pdfDict)
		return unpredict(b, dict)
	}
	return nil, false
}

func (d *pdfFile) inflate(data int64) ([]byte, bool) {
	most := min(d.budget, maxPDFStream)
	z, err := zlib.NewReader(io.NewSectionReader(d.f, data, d.f.size-data))
	if err != nil {
		return nil, false
	}
	b, err := io.ReadAll(io.LimitReader(z, most))
	d.budget -= int64(len(b))
	return b, err == nil || len(b) > 0 // a wrong checksum behind good data is common
}

// unpredict undoes the row filters of PNG, which cross-reference streams use (7.4.4.4).
func unpredict(b []byte, parms pdfDict) ([]byte, bool) {
	predictor, _ := parms["Predictor"].(int64)
	if predictor < 2 {
		return b, true
	}
	columns, ok := parms["Columns"].(int64)
	if !ok {
		columns = 1
	}
	if predictor < 10 || columns < 1 || columns > 1<<16 || parms["Colors"] != nil && parms["Colors"] != int64(1) {
		return nil, false
	}
	width := int(columns)
	rows := len(b) / (width + 1)
	out := make([]byte, 0, rows*width)
	above := make([]byte, width)
	for i := range rows {
		row := b[i*(width+1):][:width+1]
		above = unfilter(row[0], row[1:], above)
		out = append(out, above...)
	}
	return out, true
}

// unfilter undoes one row's filter in place (ISO/IEC 15948, 9.2), of one byte a pixel.
func unfilter(filter byte, row, above []byte) []byte {
	var left, corner byte
	for i := range row {
		switch filter {
		case 1:
			row[i] += left
		case 2:
			row[i] += above[i]
		case 3:
			row[i] += byte((int(left) + int(above[i])) / 2) //nolint:gosec // a mean of bytes is one
		case 4:
			row[i] += paeth(left, above[i], corner)
		}
		left, corner = row[i], above[i]
	}
	return row
}

func paeth(left, above, corner byte) byte {
	a, b, c := int(left), int(above), int(corner)
	toLeft, toAbove, toCorner := distance(b, c), distance(a, c), distance(a+b, 2*c)
	switch {
	case toLeft <= toAbove && toLeft <= toCorner:
		return left
	case toAbove <= toCorner:
		return above
	}
	return corner
}

func distance(a, b int) int { return max(a-b, b-a) }

// bundle is an object stream (7.5.7): objects packed together, with the place of each.
type bundle struct {
	b      []byte
	places map[int64]int
}

// unpack reads an object from an object stream.
func (d *pdfFile) unpack(stream, ref pdfRef) any {
	found, seen := d.unpacks[stream]
	if !seen {
		d.unpacks[stream] = nil // should the stream be inside itself
		found = d.bundle(stream)
		d.unpacks[stream] = found
	}
	if found == nil {
		return nil
	}
	at, ok := found.places[int64(ref)]
	if !ok {
		return nil
	}
	p := &pdfParser{b: found.b[at:min(at+pdfWindowMost, len(found.b))]}
	v, _ := p.object()
	if d.budget -= int64(p.at) + pdfWindow; d.budget < 0 {
		return nil
	}
	return v
}

func (d *pdfFile) bundle(stream pdfRef) *bundle {
	value, data := d.lookup(stream)
	dict, ok := value.(pdfDict)
	if !ok || data == 0 {
		return nil
	}
	b, ok := d.decode(dict, data)
	first, isInt := dict["First"].(int64)
	if !ok || !isInt || first < 0 || first > int64(len(b)) {
		return nil
	}
	made := &bundle{b: append(b, '\n'), places: map[int64]int{}}
	p := &pdfParser{b: made.b[:first]}
	for len(made.places) < 100_000 {
		num, ok := p.whole()
		if !ok {
			break
		}
		at, ok := p.whole()
		if !ok || first+at >= int64(len(made.b)) {
			break
		}
		made.places[num] = int(first + at)
	}
	return made
}
