package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// RepairMojibake mends UTF-8 that was read as Windows-1252: â€™ becomes ’. It
// mends a run of characters beyond ASCII only where each of them is one of Windows-1252
// and their bytes together are UTF-8 for printable characters, so that
// reading the result wrongly again gives exactly what was there. What was read wrongly
// twice is mended twice. One thing stands that could be mended: a lone pair
// behind a capital letter, since an editor who types CAFÉ” writes such a pair.
func RepairMojibake(text string) string {
	var b strings.Builder
	at := 0
	for start := 0; start < len(text); {
		if text[start] < utf8.RuneSelf {
			start++
			continue
		}
		end := start
		for end < len(text) && text[end] >= utf8.RuneSelf {
			end++
		}
		if mended, ok := mend(text[:start], text[start:end]); ok {
			b.WriteString(text[at:start])
			b.WriteString(mended)
			at = end
		}
		start = end
	}
	if at == 0 {
		return text
	}
	b.WriteString(text[at:])
	return b.String()
}

// mend reads a run of characters as it was meant, as often as that goes.
func mend(before, run string) (string, bool) {
	mended := false
	for {
		meant, ok := misread(run)
		pair := utf8.RuneCountInString(run) == 2
		if !ok || pair && before != "" && before[len(before)-1] >= 'A' && before[len(before)-1] <= 'Z' {
			return run, mended
		}
		run, mended = meant, true
	}
}

// misread returns the text whose UTF-8 gives run when it is read as
// Windows-1252; false where there is none.
func misread(run string) (string, bool) {
	var raw []byte
	for _, r := range run {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if strings.ContainsRune("\u0081\u008D\u008F\u0090\u009D", r) { // bytes without a character, which readers pass through
			b, ok = byte(r), true
		}
		if !ok || r < utf8.RuneSelf {
			return "", false
		}
		raw = append(raw, b)
	}
	if !utf8.Valid(raw) || len(raw) == 0 {
		return "", false
	}
	for _, r := range string(raw) {
		if r < 0xA0 || !unicode.IsPrint(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Mn, r) {
			return "", false
		}
	}
	return string(raw), true
}
