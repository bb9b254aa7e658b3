package body

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the tracker reads in plain text (OpenProject's matchers of text
// formatting): numbers of work packages, names of other things, wiki pages,
// values. Each stands behind a blank or one of ( , - [ >, which the expression
// asks for, so that what stands elsewhere is not read to its end in vain.
var reference = regexp.MustCompile(
	`[ \t\n\r(,\-\[>](?:(#{1,3})([0-9]{1,18}|[A-Z][A-Z0-9_]*-[0-9]{1,18})` +
		`|!?\[\[([^\[\]|\n]+)(?:\|([^\[\]|\n]+))?\]\]` +
		`|(?:[a-z0-9_-]+:)?(?:version|project|document|meeting|message|attachment|user|group|view|source|export|commit|forum|news):"([^"\n]+)"` +
		`|attachment:([^\s"<>|,;()\[\]]*[^\s"<>|,;()\[\].:!?])` +
		`|((?:workPackage|project)(?:Value|Label):(?:[^\s"<]|"[^"\n]*")+` +
		`|(?:version|project|document|meeting|message|user|group|view|query|sprint|forum|news)#[0-9]{1,18}))`)

// references makes text, or links, of the tracker's references in src[all].
func (r *rewriter) references(all span, block bool) {
	if !r.options.Macros || r.code > 0 || all.start >= all.end {
		return
	}
	text := r.src[all.start:all.end]
	if !strings.ContainsAny(text, "#[:") { // no reference is without one
		return
	}
	text, base := " "+text, all.start-1 // a reference may stand at the beginning
	for at := 0; ; {
		m := reference.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return
		}
		start, end := at+m[0]+1, at+m[1]
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[at+m[2*i] : at+m[2*i+1]]
		}
		switch {
		case group(2) != "" && !closes(text[end:]):
			end = start + 1 // another may begin behind the - in A-1
		case group(2) != "":
			r.number(base+start, base+end, group(2), block)
		case group(3) != "":
			r.wiki(base+start, base+end, text[end:], group(3), group(4))
		case group(7) != "":
			r.note(base+start, "only the tracker knows what %s shows: it stays as it is", group(7))
		default:
			r.replace(base+start, base+end, group(5)+group(6))
		}
		at = end - 1 // its last byte may open the next
	}
}

// closes tells whether a number ends where the text goes on: not in a word,
// and not at a sign inside one, as in #12.5.
func closes(after string) bool {
	first, size := utf8.DecodeRuneInString(after)
	if size == 0 || unicode.IsSpace(first) || strings.ContainsRune(",]<", first) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(after[size:])
	return !word(first) && !word(next)
}

func word(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// number is #123, ##123 or ###123: the tracker shows more the more signs there
// are.
func (r *rewriter) number(start, end int, id string, block bool) {
	address := ""
	if r.links == 0 && len(r.opened) == 0 {
		address = r.address(id)
	}
	text := "#" + id
	switch {
	case address == "" && r.src[start:end] == text:
		return
	case address == "":
	case block:
		text = `<a href="` + html.EscapeString(address) + `">` + text + "</a>"
	default:
		text = "[" + text + "](" + encode(address, false) + ")"
	}
	r.replace(start, end, text)
}

// wiki is [[page]], [[page|text]] or [[project:page#section]]. Double brackets
// around the text of a link are none of it, and a ! before them switches them off.
func (r *rewriter) wiki(start, end int, after, page, text string) {
	if strings.HasPrefix(after, "(") || strings.HasPrefix(after, "[") || r.src[start] == '!' {
		return
	}
	if text == "" {
		text = page
		if _, name, ok := strings.Cut(page, ":"); ok && name != "" {
			text = name
		}
		text, _, _ = strings.Cut(text, "#")
	}
	r.replace(start, end, strings.TrimSpace(text))
}
