package asset_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color/palette"
	"image/gif"
	"slices"
	"strings"
	"testing"

	"ingest/enrich/asset"
)

// animation is a GIF of several pictures.
func animation(t testing.TB, frames int) []byte {
	t.Helper()
	g := &gif.GIF{}
	for range frames {
		g.Image = append(g.Image, image.NewPaletted(image.Rect(0, 0, 40, 30), palette.Plan9))
		g.Delay = append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngChunk is a chunk without a true checksum.
func pngChunk(kind, data string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(data)))) + kind + data + "sums"
}

// riff is a WebP of chunks.
func riff(chunks ...string) []byte {
	body := "WEBP" + strings.Join(chunks, "")
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}

func webpChunk(kind, data string) string {
	chunk := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
	if len(data)%2 == 1 {
		chunk += "\x00"
	}
	return chunk
}

// extended announces a canvas of 30 × 20.
func extended() string { return webpChunk("VP8X", "\x00\x00\x00\x00\x1d\x00\x00\x13\x00\x00") }

func TestFilesAreWalkedToTheirEnd(t *testing.T) {
	t.Parallel()
	photo, pixels, film := jpegOf(t, 300, 200), pngOf(t, 300, 200), animation(t, 3)
	lossy := fromBase64(t, lossyWebP)[12:]
	movie := make([]byte, 300<<10) // longer than any tail that one would search
	stray := slices.Clone(photo)
	stray = append(stray[:len(stray)-2], 0xff, 0x00, 0xff, 0xd3, 0xff, 0xff, 0xd9)
	cases := map[string]struct {
		data   []byte
		reason string // "" for a whole file
	}{
		"a photo with a film behind it":                       {append(slices.Clone(photo), movie...), ""},
		"a photo whose data holds escapes, restarts and fill": {stray, ""},
		"a photo without its end":                             {photo[:len(photo)-2], "cut short"},
		"a photo whose end mark is escaped":                   {append(photo[:len(photo)-2:len(photo)-2], 0xff, 0x00, 0xd9), "cut short"},
		"a photo that ends within a segment":                  {append(photo[:len(photo)-2:len(photo)-2], 0xff, 0xc4, 0x10, 0x00, 0xff, 0xd9), "cut short"},
		"an end mark within a segment is none":                {append(photo[:len(photo)-2:len(photo)-2], 0xff, 0xfe, 0x00, 0x04, 0xff, 0xd9), "cut short"},
		"a picture with a film behind it":                     {append(slices.Clone(pixels), movie...), ""},
		"a picture without its last chunk":                    {pixels[:len(pixels)-12], "cut short"},
		"a picture without pixels":                            {append(slices.Clone(pixels[:33]), pngChunk("IEND", "")...), "no picture"},
		"the last chunk's name within another":                {append(slices.Clone(pixels[:33]), pngChunk("tEXt", "\x00\x00\x00\x00IEND")...), "cut short"},
		"a picture of nonsense chunks":                        {append(slices.Clone(pixels[:33]), "\x00\x00\x00\x01\x00\x01\x02\x03more and more"...), "damaged"},
		"an animation":                                        {film, ""},
		"an animation with a film behind it":                  {append(slices.Clone(film), movie...), ""},
		"an animation cut in its second picture":              {film[:len(film)/2], "cut short"},
		"an animation cut where a semicolon stands":           {append(slices.Clone(film[:len(film)/2]), ';'), "cut short"},
		"an animation without pictures":                       {append(slices.Clone(film[:13]), append(make([]byte, 3<<8), ';')...), "no picture"},
		"a WebP in the long form":                             {riff(extended(), webpChunk("EXIF", "odd"), string(lossy)), ""},
		"a WebP animation":                                    {riff(extended(), webpChunk("ANIM", "123456"), webpChunk("ANMF", "x")), ""},
		"a WebP without a picture":                            {riff(extended(), webpChunk("EXIF", "odd")), "no picture"},
		"a WebP whose picture is longer than the file":        {append(riff(extended()), "VP8 \xff\x00\x00\x00"...), "no picture"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := inspect(t, c.data)
			if got.Valid != (c.reason == "") || !strings.Contains(got.Reason, c.reason) || got.Kind != asset.Image {
				t.Errorf("got %+v, want reason %q", got, c.reason)
			}
		})
	}
}

// TestEveryCutIsNoticed: a file that lacks any number of bytes at its end is not valid.
func TestEveryCutIsNoticed(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"JPEG": jpegOf(t, 70, 50), "PNG": pngOf(t, 70, 50), "GIF": animation(t, 2), "WebP": riff(extended(), string(fromBase64(t, lossyWebP)[12:])),
		"ICO": icoOf(t, 16, 32), "SVG": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`),
		"PDF": bytes.TrimSpace(paper().bytes()), "PDF with packed objects": bytes.TrimSpace(packed(t, paper())),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := inspect(t, data); !got.Valid {
				t.Fatalf("the whole file: %+v", got)
			}
			for n := range len(data) {
				if got := inspect(t, data[:n]); got.Valid {
					t.Fatalf("the first %d of %d bytes are said to be whole", n, len(data))
				}
			}
		})
	}
}
