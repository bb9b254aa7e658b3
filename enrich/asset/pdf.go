package asset

import (
	"bytes"
)

// pdf checks that a PDF is whole and can be opened: its end mark %%EOF stands in the last bytes (ISO 32000-1, section
// 7.5.5; annex H asks readers to accept it in the last 1,024, and some servers append a little more), with the place of
// its cross-reference table before it; and its catalog leads to at least one page. The number of pages and the title
// come out of that. Pixels, fonts and text are not read.
//
// Of an encrypted file only the structure may be readable; it is valid all the same, since most are encrypted to forbid
// copying, with an empty password to open them.
func (f *file) pdf(info *Info, head []byte) {
	const endBytes = 8 << 10
	end := f.tail(endBytes, 0)
	i := bytes.LastIndex(end, []byte("%%EOF"))
	if i < 0 {
		info.Reason = cutShort
		return
	}
	end = end[:i]
	i = bytes.LastIndex(end, []byte("startxref"))
	if i < 0 {
		info.Reason = "the PDF has no cross-reference table"
		return
	}
	p := &pdfParser{b: append(bytes.Clone(end[i+len("startxref"):]), ' ')}
	start, _ := p.whole()
	d := &pdfFile{f: f}
	info.Pages = d.open(start, int64(max(bytes.Index(head, []byte("%PDF-")), 0)))
	info.Encrypted = d.trailer["Encrypt"] != nil
	info.Title = d.title(info.Encrypted)
	if info.Pages == 0 && !info.Encrypted {
		info.Reason = "the PDF has no page that can be found"
	}
}

// open finds the objects: by the table as it stands, by the table counted from the header where something stands before
// that, or by a search for the objects themselves, as viewers do with a file whose table is wrong. It returns the number
// of pages.
func (d *pdfFile) open(start, shift int64) int {
	shifts := []int64{0}
	if shift > 0 {
		shifts = append(shifts, shift)
	}
	for _, d.shift = range shifts {
		d.reset()
		if !d.load(start) {
			continue
		}
		if pages := d.pages(); pages > 0 || d.trailer["Encrypt"] != nil {
			return pages
		}
	}
	d.shift = 0
	d.reset()
	d.rebuild()
	return d.pages()
}

// reset begins another attempt, with a budget of its own.
func (d *pdfFile) reset() {
	d.budget, d.trailer, d.parts, d.unpacks = pdfBudget, nil, nil, map[pdfRef]*bundle{}
}

// maxPages is more than any document has; a larger count is a lie.
const maxPages = 1_000_000

// pages counts the pages (7.7.3): as the root of the page tree states it, where at least one page is really there; where
// it states nothing that can be, as they are found. 0 where there is none.
func (d *pdfFile) pages() int {
	root := d.dict(d.dict(d.trailer["Root"])["Pages"])
	if root == nil {
		return 0
	}
	count, _ := d.resolve(root["Count"]).(int64)
	stated := count > 0 && count <= maxPages
	most := 1
	if !stated {
		most = 10_000
	}
	found := d.leaves(root, most, map[pdfRef]bool{}, 0)
	if found > 0 && stated {
		return int(count)
	}
	return found
}

// leaves counts the pages below a node of the page tree, up to a number. A node stands in the tree once.
func (d *pdfFile) leaves(node pdfDict, most int, seen map[pdfRef]bool, depth int) int {
	const maxDepth, maxNodes = 50, 20_000
	kids, ok := d.resolve(node["Kids"]).([]any)
	if !ok {
		if node["Type"] == pdfName("Page") || node["Contents"] != nil || node["MediaBox"] != nil {
			return 1
		}
		return 0
	}
	found := 0
	for _, kid := range kids {
		ref, _ := kid.(pdfRef)
		if found >= most || depth > maxDepth || len(seen) > maxNodes {
			break
		}
		if seen[ref] {
			continue
		}
		seen[ref] = true
		found += d.leaves(d.dict(ref), most-found, seen, depth+1)
	}
	return found
}
