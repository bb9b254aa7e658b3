package fetch

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// guess detects the charset of text that declares none we believe. good and
// bad are its counts by countUTF8.
func guess(body []byte, lang string, good, bad int) string {
	if name := guessUTF16(body); name != "" {
		return name
	}
	if good >= bad {
		return utf8Name
	}
	return fewestErrors(body, legacyOf(lang))
}

// guessUTF16 knows UTF-16 without a mark by its many zero bytes in odd or even
// places; text in any other charset has none.
func guessUTF16(body []byte) string {
	body = body[:min(len(body), 1024)&^1]
	var even, odd int
	for i, b := range body {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	most := len(body) * 2 / 5 // of len/2 characters, four in five being ASCII
	switch {
	case odd > 0 && odd >= most && even*10 < odd:
		return "utf-16le"
	case even > 0 && even >= most && odd*10 < even:
		return "utf-16be"
	}
	return ""
}

// legacyOf gives the charsets in which pages of a language were written
// before UTF-8: the HTML standard's default for the locale (13.2.3.2, step 9),
// then its common rival.
func legacyOf(lang string) []string {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch primary {
	case "ba", "be", "bg", "kk", "ky", "mk", "ru", "sah", "sr", "tg", "tt", "uk":
		return []string{"windows-1251"}
	case "cs", "hr", "sk":
		return []string{"windows-1250", "iso-8859-2"}
	case "hu", "pl", "sl":
		return []string{"iso-8859-2", "windows-1250"}
	case "ja":
		return []string{"shift_jis", "euc-jp"}
	case "ko":
		return []string{"euc-kr"}
	case "zh":
		return legacyChinese(lang)
	case "el":
		return []string{"iso-8859-7", "windows-1253"}
	case "az", "ku", "tr":
		return []string{"windows-1254"}
	case "he":
		return []string{"windows-1255"}
	case "ar", "fa":
		return []string{"windows-1256"}
	case "et", "lt", "lv":
		return []string{"windows-1257"}
	case "vi":
		return []string{"windows-1258"}
	case "th":
		return []string{"windows-874"}
	}
	return []string{"windows-1252"}
}

func legacyChinese(lang string) []string {
	switch lang = strings.ToLower(lang); {
	case strings.Contains(lang, "tw"), strings.Contains(lang, "hk"), strings.Contains(lang, "hant"):
		return []string{"big5", "gbk"}
	}
	return []string{"gbk", "big5"}
}

// fewestErrors picks the charset that decodes the beginning of body best, the
// earlier one where two are equal.
func fewestErrors(body []byte, names []string) string {
	body = body[:min(len(body), declaredWindow)]
	best, least := names[0], len(body)+1
	for _, name := range names {
		text, err := newDecoder(name).Bytes(body)
		if n := bytes.Count(text, []byte(string(utf8.RuneError))); err == nil && n < least {
			best, least = name, n
		}
	}
	return best
}
