package asset_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"ingest/enrich/asset"
)

// document is a PDF in the making: its objects by number, from 1, and what its trailer says besides.
type document struct {
	objects []string
	trailer string
}

// paper has two pages and a title.
func paper() document {
	return document{objects: []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
		"<< /Type /Page /Parent 2 0 R >>",
		"<< /Type /Page /Parent 2 0 R >>",
		"<< /Title (Tide clocks) >>",
	}, trailer: "/Root 1 0 R /Info 5 0 R"}
}

// with replaces an object, or adds it behind the others.
func (d document) with(num int, object string) document {
	d.objects = append([]string{}, d.objects...)
	for len(d.objects) < num {
		d.objects = append(d.objects, "null")
	}
	d.objects[num-1] = object
	return d
}

// stale stands in every file, but in no table: its title shows that the table was not used.
const stale = "5 0 obj\n<< /Title (Found without a table) >>\nendobj\n"

// bytes writes the document with a cross-reference table.
func (d document) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := d.write(&b)
	b.WriteString(stale)
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, d.trailer, xref)
	return b.Bytes()
}

func (d document) write(b *bytes.Buffer) []int {
	var offsets []int
	for i, object := range d.objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	return offsets
}

func deflated(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\r\n%s\nendstream", dict, len(data), data)
}

// packed writes the document as PDF 1.5 has it: its objects in an object stream, the table in a stream of rows, each
// row against the one above.
func packed(t testing.TB, d document) []byte {
	t.Helper()
	var places, body strings.Builder
	for i, object := range d.objects {
		fmt.Fprintf(&places, "%d %d ", i+1, body.Len())
		body.WriteString(object + "\n")
	}
	bundle, table := len(d.objects)+1, len(d.objects)+2
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	at := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", bundle, stream(fmt.Sprintf("/Type /ObjStm /N %d /First %d /Filter /FlateDecode", len(d.objects), places.Len()),
		deflated(t, places.String()+body.String())))
	b.WriteString(stale)
	xref := b.Len()
	rows := [][4]byte{{0, 0, 0, 0}}
	for i := range d.objects {
		rows = append(rows, [4]byte{2, 0, byte(bundle), byte(i)})
	}
	rows = append(rows, [4]byte{1, byte(at >> 8), byte(at), 0}, [4]byte{1, byte(xref >> 8), byte(xref), 0})
	var data []byte
	above := [4]byte{}
	for _, row := range rows {
		data = append(data, 2) // the filter "up"
		for i := range row {
			data = append(data, row[i]-above[i])
		}
		above = row
	}
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", table, stream(fmt.Sprintf("/Type /XRef /Size %d /W [1 2 1] /Filter [/FlateDecode] /DecodeParms [<< /Predictor 12 /Columns 4 >>] %s", len(rows), d.trailer),
		deflated(t, string(data))), xref)
	return b.Bytes()
}

// utf16 writes a string as big-endian UTF-16 with its mark, in hexadecimal.
func utf16(text string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, r := range text {
		fmt.Fprintf(&b, "%04x", binary.BigEndian.Uint16([]byte{byte(r >> 8), byte(r)}))
	}
	return b.String() + ">"
}

const description = `<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
	`<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Of &amp; tides</rdf:li><rdf:li>Von Gezeiten</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`

func TestPDFTellsPagesAndTitle(t *testing.T) {
	t.Parallel()
	title := func(text string) []byte { return paper().with(5, "<< /Title "+text+" >>").bytes() }
	described := paper().with(5, "<< /Title (untitled) >>").with(1, "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>").with(6, stream("/Type /Metadata /Subtype /XML", description))
	locked := described
	locked.trailer += " /Encrypt << /Filter /Standard >>"
	older := bytes.Replace(paper().bytes(), []byte("startxref"), []byte("startxre-"), 1)
	cases := map[string]struct {
		data  []byte
		pages int
		title string
	}{
		"plain":                       {paper().bytes(), 2, "Tide clocks"},
		"packed":                      {packed(t, paper()), 2, "Tide clocks"},
		"saved again with a new page": {again(paper().bytes()), 3, "Tide clocks, again"},
		"junk before the header":      {append([]byte("HTTP/1.1 200\r\n\r\n"), paper().bytes()...), 2, "Tide clocks"},
		"a wrong place of the table":  {bytes.Replace(paper().bytes(), []byte("startxref\n"), []byte("startxref\n9"), 1), 2, "Found without a table"},
		"packed, the table not found": {bytes.Replace(packed(t, paper()), []byte("startxref\n"), []byte("startxref\n9"), 1), 2, "Found without a table"},
		"line ends made longer":       {bytes.ReplaceAll(paper().bytes(), []byte("\n"), []byte("\r\n")), 2, "Found without a table"},
		"no table, an older one":      {append(older, "startxref\n0\n%%EOF"...), 2, "Found without a table"},
		"a count that is not there":   {paper().with(2, "<< /Type /Pages /Kids [3 0 R 4 0 R] >>").bytes(), 2, "Tide clocks"},
		"a count below zero":          {paper().with(2, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count -1 >>").bytes(), 2, "Tide clocks"},
		"an absurd count":             {paper().with(2, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 99999999 >>").bytes(), 2, "Tide clocks"},
		"a tree of two storeys":       {paper().with(2, "<< /Type /Pages /Kids [6 0 R] /Count 2 >>").with(6, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>").bytes(), 2, "Tide clocks"},
		"a page that stands in twice": {paper().with(2, "<< /Type /Pages /Kids [3 0 R 3 0 R 4 0 R] >>").bytes(), 2, "Tide clocks"},
		"a title nested too deep":     {title("(x) /Deep " + strings.Repeat("[", 60) + strings.Repeat("]", 60)), 2, ""},
		"a first page that is gone":   {paper().with(3, "null").bytes(), 2, "Tide clocks"},
		"no title":                    {paper().with(5, "<< >>").bytes(), 2, ""},
		"title in UTF-16":             {title(utf16("Gezeiten – Ωμέγα")), 2, "Gezeiten – Ωμέγα"},
		"title in UTF-8":              {title("(\xef\xbb\xbfGez\xc3\xa4iten)"), 2, "Gezäiten"},
		"title in UTF-8 unsaid":       {title("(Gez\xc3\xa4iten)"), 2, "Gezäiten"},
		"title in PDF's own encoding": {title("(\x8dTides\x8e \x84 \xfcber\xa0)"), 2, "“Tides” — über€"},
		"title with escapes": {title(`(A \(good\) \142ook\\ \
of (many) lines\n)`), 2, `A (good) book\ of (many) lines`},
		"title with control signs":    {title("(A\x00\x1b book\t\x07)"), 2, "A book"},
		"title that is a file's name": {title("(Microsoft Word - draft 7.docx)"), 2, ""},
		"title that is a file":        {title("(report_final.indd)"), 2, ""},
		"title that says none":        {title("(UNTITLED)"), 2, ""},
		"title without end":           {title("(" + strings.Repeat("long ", 500) + ")"), 2, strings.Repeat("long ", 59) + "long…"},
		"title by reference":          {paper().with(5, "<< /Title 6 0 R >>").with(6, "(Elsewhere)").bytes(), 2, "Elsewhere"},
		"title of the description":    {described.bytes(), 2, "Of & tides"},
		"encrypted, description open": {locked.bytes(), 2, "Of & tides"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := inspect(t, c.data)
			if !got.Valid || got.Pages != c.pages || got.Title != c.title {
				t.Errorf("got %+v, want valid, %d pages, title %q", got, c.pages, c.title)
			}
		})
	}
}

// again saves a document anew, as programs do: what changed, and a table of it, behind what was.
func again(data []byte) []byte {
	before := strings.Fields(string(data[bytes.LastIndex(data, []byte("startxref")):]))[1]
	b := bytes.NewBuffer(bytes.Clone(data))
	place := map[int]int{}
	for num, object := range map[int]string{2: "<< /Type /Pages /Kids [3 0 R 4 0 R 6 0 R] /Count 3 >>", 7: "<< /Title (Tide clocks, again) >>", 6: "<< /Type /Page >>"} {
		place[num] = b.Len()
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", num, object)
	}
	b.WriteString(strings.Replace(stale, "5", "7", 1))
	xref := b.Len()
	fmt.Fprintf(b, "xref\n2 1\n%010d 00000 n \n6 2\n%010d 00000 n \n%010d 00000 n \n", place[2], place[6], place[7])
	fmt.Fprintf(b, "trailer\n<< /Size 8 /Root 1 0 R /Info 7 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n", before, xref)
	return b.Bytes()
}

func TestObjectThatIsNotTheOneAskedForIsNotTaken(t *testing.T) {
	t.Parallel()
	d := paper().with(6, "<< /Title (Another's) >>").bytes()
	place := func(object string) []byte { return fmt.Appendf(nil, "%010d 00000 n", bytes.Index(d, []byte(object))) }
	d = bytes.Replace(d, place("5 0 obj"), place("6 0 obj"), 1)
	if got := inspect(t, d); !got.Valid || got.Title != "" {
		t.Errorf("got %+v, want no title: the table gives another object's place for it", got)
	}
}

func TestPDFWithoutPagesIsRefused(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"no catalog":              document{trailer: "/Info 1 0 R", objects: []string{"<< >>"}}.bytes(),
		"no page tree":            paper().with(1, "<< /Type /Catalog >>").bytes(),
		"an empty tree":           paper().with(2, "<< /Type /Pages /Kids [] /Count 5 >>").bytes(),
		"pages that are not here": paper().with(2, "<< /Type /Pages /Kids [8 0 R 9 0 R] /Count 2 >>").bytes(),
		"a tree that is a circle": paper().with(2, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>").bytes(),
		"a reference in a circle": paper().with(2, "2 0 R").bytes(),
		"tables in a circle":      bytes.Replace(paper().with(1, "<< >>").bytes(), []byte("/Root"), []byte("/Prev 0 /Root"), 1),
		"text that ends as a PDF": []byte("%PDF-1.4 is a format; files end with startxref 12 %%EOF"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := inspect(t, data); got.Valid || !strings.Contains(got.Reason, "no page") {
				t.Errorf("got %+v, want no page", got)
			}
		})
	}
}

func TestEncryptedPDFIsValidThoughItHidesItsPages(t *testing.T) {
	t.Parallel()
	d := paper().with(1, "(scrambled)")
	d.trailer += " /Encrypt 9 0 R"
	if got := inspect(t, d.bytes()); !got.Valid || !got.Encrypted || got.Pages != 0 || got.Title != "" {
		t.Errorf("got %+v, want valid, encrypted, nothing told", got)
	}
}

// TestHostilePDFsCostNoMoreThanTheBudget: inputs made to be read over and over end in time. The bound is generous: it
// tells linear from quadratic work, which would take minutes.
func TestHostilePDFsCostNoMoreThanTheBudget(t *testing.T) {
	t.Parallel()
	end := "\nstartxref\n9\n%%EOF"
	kids := strings.Repeat("2 0 R ", 150_000)
	for name, data := range map[string]string{
		"5 MB of open arrays":        "%PDF-1.4\n" + strings.Repeat("1 0 obj [", 600_000) + end,
		"5 MB of open dictionaries":  "%PDF-1.4\n" + strings.Repeat("1 0 obj <</A", 400_000) + end,
		"5 MB of objects":            "%PDF-1.4\n" + strings.Repeat("7 0 obj ", 600_000) + end,
		"5 MB of catalogs":           "%PDF-1.4\n" + strings.Repeat("7 0 obj<</Type/Catalog/Pages 7 0 R>>", 150_000) + end,
		"5 MB of trailers":           "%PDF-1.4\n" + strings.Repeat("trailer", 700_000) + end,
		"5 MB of open strings":       "%PDF-1.4\n" + strings.Repeat("trailer(", 600_000) + end,
		"a tree of itself":           string(paper().with(2, "<< /Type /Pages /Kids ["+kids+"] >>").bytes()),
		"a table of a million parts": "%PDF-1.4\nxref\n" + strings.Repeat("0 0\n", 1<<20) + end,
		"a table without end":        "%PDF-1.4\nxref\n0 99999999999\n" + end,
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			got := inspect(t, []byte(data))
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
			if got.Valid || got.Kind != asset.PDF {
				t.Errorf("got %+v, want a PDF that is not valid", got)
			}
		})
	}
}

// TestUnpackingIsBounded: a stream of some kilobytes that unpacks to 128 MB is read only to the bound.
func TestUnpackingIsBounded(t *testing.T) {
	bomb := deflated(t, strings.Repeat("\x00", 128<<20))
	d := document{trailer: "/Root 9 0 R", objects: []string{stream("/Type /ObjStm /N 9 /First 100 /Filter /FlateDecode", bomb)}}
	data := bytes.Replace(d.bytes(), []byte("startxref\n"), []byte("startxref\n9"), 1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if got := inspect(t, data); got.Valid {
		t.Errorf("got %+v, want a PDF that is not valid", got)
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 127 {
		t.Errorf("allocated %d MB for it", got)
	}
}
