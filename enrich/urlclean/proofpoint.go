package urlclean

import (
	"strings"
	"unicode/utf8"
)

// Proofpoint's URL Defense rewrites links in mail; the three ways of writing
// are described in its public notes on decoding them. The first is a plain
// escaped parameter.

// decodeProofpoint2 undoes "-XX" for "%XX" and "_" for "/".
func decodeProofpoint2(s string) (string, bool) {
	return unescape(strings.NewReplacer("-", "%", "_", "/").Replace(unescape(s))), true
}

// decodeProofpoint3 undoes "__ADDRESS__;CHARACTERS!…": each "*" of the address
// stands for the next of the characters, which are in base64; "**" and a
// letter stand for a run of them, "A" for two.
func decodeProofpoint3(s string) (string, bool) {
	s, ok := strings.CutPrefix(s, "__")
	end := strings.Index(s, "__;")
	if !ok || end < 0 {
		return "", false
	}
	address, tail := unescape(s[:end]), s[end+len("__;"):]
	bytes, _, ok := strings.Cut(tail, "!")
	if !ok {
		return "", false
	}
	chars, ok := decodeBytes(bytes)
	if !ok || !utf8.Valid(chars) {
		return "", false
	}
	return fillStars(address, chars)
}

func fillStars(address string, chars []byte) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(address); i++ {
		if address[i] != '*' {
			b.WriteByte(address[i])
			continue
		}
		run := 1
		if strings.HasPrefix(address[i:], "**") && i+2 < len(address) {
			if run = runLength(address[i+2]); run == 0 {
				return "", false
			}
			i += 2
		}
		for range run {
			r, size := utf8.DecodeRune(chars)
			if size == 0 {
				return "", false
			}
			b.WriteRune(r)
			chars = chars[size:]
		}
	}
	return b.String(), true
}

// runLength reads the length of a run: A to Z, a to z, 0 to 9, "-" and "_"
// stand for 2 to 65.
func runLength(c byte) int {
	const order = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	i := strings.IndexByte(order, c)
	if i < 0 {
		return 0
	}
	return i + 2
}
