package asset

import "bytes"

// xrefPart is a run of entries of a cross-reference table (ISO 32000-1, 7.5.4) or stream (7.5.8). Entries are read when they
// are asked for: a table of a million rows costs nothing.
type xrefPart struct {
	first, count int64
	table        int64  // where the first row of 20 bytes stands; 0 for a stream
	rows         []byte // the rows of a stream, unpacked
	widths       [3]int // of a stream's columns
}

// The kinds of entries.
const (
	xrefFree   = 0
	xrefPlace  = 1
	xrefPacked = 2
)

type xrefEntry struct {
	kind  int64
	place int64 // an offset, or the number of an object stream
}

// entry gives the entry of an object, if the part has one.
func (x *xrefPart) entry(d *pdfFile, num int64) (xrefEntry, bool) {
	i := num - x.first
	if i < 0 || i >= x.count {
		return xrefEntry{}, false
	}
	if x.table > 0 {
		p := &pdfParser{b: d.window(x.table+i*20, 20)}
		place, ok := p.whole()
		if !ok {
			return xrefEntry{}, false
		}
		p.whole() // the generation
		if p.space(); p.word() == "n" {
			return xrefEntry{xrefPlace, place}, true
		}
		return xrefEntry{}, true
	}
	width := x.widths[0] + x.widths[1] + x.widths[2]
	row := x.rows[i*int64(width):][:width]
	e := xrefEntry{kind: xrefPlace} // what a missing first column stands for
	if x.widths[0] > 0 {
		e.kind = bigEndian(row[:x.widths[0]])
	}
	e.place = bigEndian(row[x.widths[0]:][:x.widths[1]])
	return e, true
}

func bigEndian(b []byte) int64 {
	var n int64
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	return max(n, 0)
}

// load reads the cross-reference sections from the newest back.
func (d *pdfFile) load(at int64) bool {
	const most = 1000 // each saving of a file adds one
	seen := map[int64]bool{}
	for queue := []int64{at}; len(queue) > 0 && len(seen) < most; {
		at, queue = queue[0], queue[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		trailer, ok := d.section(at + d.shift)
		if !ok {
			return false
		}
		if d.trailer == nil {
			d.trailer = trailer
		}
		for _, key := range []pdfName{"XRefStm", "Prev"} {
			if before, ok := trailer[key].(int64); ok && before > 0 {
				queue = append(queue, before)
			}
		}
	}
	return d.trailer != nil
}

// section reads a table or a stream and returns its trailer.
func (d *pdfFile) section(at int64) (pdfDict, bool) {
	p := &pdfParser{b: d.window(at, 64)}
	p.space()
	if !bytes.HasPrefix(p.b[p.at:], []byte("xref")) {
		return d.streamSection(at)
	}
	at += int64(p.at + len("xref"))
	const most = 20_000
	for len(d.parts) < most {
		p := &pdfParser{b: d.window(at, 64)}
		p.space()
		if bytes.HasPrefix(p.b[p.at:], []byte("trailer")) {
			p = &pdfParser{b: d.window(at+int64(p.at)+int64(len("trailer")), pdfWindow)}
			trailer, _ := p.object()
			dict, ok := trailer.(pdfDict)
			return dict, ok
		}
		first, ok := p.whole()
		if !ok {
			return nil, false
		}
		count, ok := p.whole()
		if !ok {
			return nil, false
		}
		p.space()
		d.parts = append(d.parts, xrefPart{first: first, count: count, table: at + int64(p.at)})
		at += int64(p.at) + count*20
	}
	return nil, false
}

// streamSection reads a cross-reference stream.
func (d *pdfFile) streamSection(at int64) (pdfDict, bool) {
	_, value, data, ok := d.indirect(at)
	dict, isDict := value.(pdfDict)
	if !ok || !isDict || dict["Type"] != pdfName("XRef") || data == 0 {
		return nil, false
	}
	rows, ok := d.decode(dict, data)
	if !ok {
		return nil, false
	}
	var widths [3]int
	columns, _ := dict["W"].([]any)
	for i := range widths {
		if i >= len(columns) {
			return nil, false
		}
		n, ok := columns[i].(int64)
		if !ok || n < 0 || n > 8 {
			return nil, false
		}
		widths[i] = int(n)
	}
	index, ok := dict["Index"].([]any)
	if !ok {
		index = []any{int64(0), dict["Size"]}
	}
	d.addRows(rows, widths, index)
	return dict, true
}

// addRows cuts the rows into the runs that Index names; rows that are missing are not entered.
func (d *pdfFile) addRows(rows []byte, widths [3]int, index []any) {
	width := int64(widths[0] + widths[1] + widths[2])
	if width == 0 {
		return
	}
	for ; len(index) >= 2; index = index[2:] {
		first, _ := index[0].(int64)
		count, _ := index[1].(int64)
		count = min(count, int64(len(rows))/width)
		if first < 0 || count <= 0 {
			return
		}
		d.parts = append(d.parts, xrefPart{first: first, count: count, rows: rows[:count*width], widths: widths})
		rows = rows[count*width:]
	}
}
