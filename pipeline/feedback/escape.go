package feedback

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner is U+2060 WORD JOINER: it is not seen, lets no line break, and parts what
// OpenProject would take for a whole. Its own mark for that, "!", stays visible
// where nothing follows that it knows.
const joiner = "\u2060"

// maxPlain is the length in characters above which a foreign text is cut.
const maxPlain = 300

// plain makes a foreign text one line that shows itself and nothing else: no
// Markdown, and nothing that OpenProject makes of text once Markdown is done with
// it (its text_formatting filters: resource links, wiki links, attribute and setting
// macros, addresses).
func plain(text string) string {
	runes := []rune(flat(text))
	if len(runes) > maxPlain {
		runes = append(runes[:maxPlain-1], '…')
	}
	var b strings.Builder
	for i, r := range runes {
		if splits(runes, i) {
			b.WriteString(joiner)
		}
		if strings.ContainsRune("\\`*_[]<>~|&$#{}!", r) || i == 0 && strings.ContainsRune("+-=", r) || ordinal(runes, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// flat makes a text one line of what can be seen: no control characters, and none
// that turn the direction of writing.
func flat(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u200c' || r == '\u200d': // within Persian words and emoji
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
	return strings.Join(strings.Fields(text), " ")
}

// splits says whether a joiner has to stand before a character.
func splits(runes []rune, i int) bool {
	if i == 0 {
		return runes[i] == ':' && i+1 < len(runes)
	}
	before, r := runes[i-1], runes[i]
	word := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
	switch {
	case r == ':': // prefix:name, scheme://, Value:subject, :emoji:
		return i+1 < len(runes) && runes[i+1] != ' '
	case before == '#': // #12, ##12, version#3
		return word
	case before == '@': // @name, name@host
		return r != ' '
	case r == '[' || r == '{': // [[page]], {{macro}}
		return before == r
	case before == 'r' && r >= '0' && r <= '9': // r12
		return i == 1 || !unicode.IsLetter(runes[i-2]) && !unicode.IsDigit(runes[i-2])
	case r == '.': // www.host
		return i >= 3 && strings.EqualFold(string(runes[i-3:i]), "www")
	}
	return false
}

// ordinal says whether a character would make the beginning of a text that of a
// numbered list.
func ordinal(runes []rune, i int) bool {
	if i == 0 || runes[i] != '.' && runes[i] != ')' {
		return false
	}
	return strings.Trim(string(runes[:i]), "0123456789") == ""
}

// code makes a text literal: a name or a path that may be copied.
func code(text string) string {
	text = flat(text)
	fence, run := 1, 0
	for _, r := range text {
		if run++; r != '`' {
			run = 0
		}
		fence = max(fence, run+1)
	}
	if text == "" {
		return "` `"
	}
	pad := ""
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		pad = " "
	}
	ticks := strings.Repeat("`", fence)
	return ticks + pad + text + pad + ticks
}

// link makes an address on the site one that can be clicked. What is not common in
// addresses is escaped, so that nothing but the address is made of it.
func link(site, address string) string {
	var b strings.Builder
	for _, r := range strings.TrimLeft(address, "/") {
		if r > unicode.MaxASCII && unicode.IsPrint(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-._~/%?=&+", r) {
			b.WriteRune(r)
			continue
		}
		for _, octet := range []byte(string(r)) {
			fmt.Fprintf(&b, "%%%02X", octet)
		}
	}
	return "<" + strings.TrimRight(site, "/") + "/" + b.String() + ">"
}
