package asset

import "bytes"

// pdf checks that a PDF is whole: its end mark %%EOF stands in the last bytes (ISO 32000-1, section 7.5.5; annex H asks
// readers to accept it in the last 1,024, and some servers append a little more), with the place of its cross-reference
// table before it.
func (f *file) pdf(info *Info) {
	const endBytes = 8 << 10
	end := f.tail(endBytes, 0)
	i := bytes.LastIndex(end, []byte("%%EOF"))
	switch {
	case i < 0:
		info.Reason = cutShort
	case !bytes.Contains(end[:i], []byte("startxref")):
		info.Reason = "the PDF has no cross-reference table"
	}
}
