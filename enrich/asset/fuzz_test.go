package asset_test

import (
	"bytes"
	"hash/crc32"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ingest/enrich/asset"
)

func crc(b []byte) uint32 { return crc32.ChecksumIEEE(b) }

// FuzzInspect: any bytes give an answer without a panic; a valid file is of a known kind and of sane size, one
// that is not says why; a title is text.
func FuzzInspect(f *testing.F) {
	f.Add([]byte(nil))
	f.Add([]byte("%PDF-1.7\nstartxref\n0\n%%EOF"))
	f.Add([]byte("<svg xmlns='http://www.w3.org/2000/svg' width='3'><style>a{fill:url(#b)}</style><g/></svg>"))
	f.Add(paper().bytes())
	f.Add(packed(f, paper()))
	f.Add(again(paper().bytes()))
	f.Add(riff(extended(), webpChunk("ANMF", "x")))
	f.Add(animation(f, 2))
	f.Add(jpegOf(f, 9, 9))
	f.Add(pngOf(f, 9, 9))
	f.Add([]byte("\x00\x00\x01\x00\x01\x00"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8X"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00;"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
	f.Add([]byte("\x00\x00\x00\x1cftypavif"))
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := asset.Inspect(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatalf("bytes in memory gave an error: %v", err)
		}
		if info.Valid == (info.Reason != "") {
			t.Errorf("valid %v with reason %q", info.Valid, info.Reason)
		}
		if info.Valid && info.Kind == asset.Unknown {
			t.Errorf("a valid file of unknown kind: %+v", info)
		}
		if info.Valid && info.Kind == asset.PDF && info.Pages <= 0 && !info.Encrypted || info.Pages < 0 {
			t.Errorf("a valid PDF of %d pages", info.Pages)
		}
		if utf8.RuneCountInString(info.Title) > 300 || !utf8.ValidString(info.Title) || strings.ContainsFunc(info.Title, unicode.IsControl) {
			t.Errorf("title %q", info.Title)
		}
		if info.Valid && info.Kind == asset.Image && (info.Width <= 0 || info.Height <= 0 || info.Width*info.Height > 1<<28) {
			t.Errorf("a valid image of %d × %d", info.Width, info.Height)
		}
	})
}

// TestInspectAllocatesNoPixels: a header that claims a huge picture costs no more memory than a small one.
func TestInspectAllocatesNoPixels(t *testing.T) {
	data := gifOf(t, 4, 4)
	data[6], data[7], data[8], data[9] = 0xff, 0x3f, 0xff, 0x3f // 16,383 × 16,383
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := asset.Inspect(bytes.NewReader(data), int64(len(data))); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	got := after.TotalAlloc - before.TotalAlloc
	if got > 256<<10 {
		t.Errorf("Inspect allocated %d bytes for a huge picture, want less than 256 kB", got)
	}
}
