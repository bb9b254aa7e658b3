package body

import (
	"regexp"
	"strings"
)

// bareURL is what GitHub's dialect makes a link of: a URL behind a blank or one
// of * _ ~ (.
var bareURL = regexp.MustCompile(`(?:^|[\s*_~(])(https?://[^\s<]+)`)

// plain looks through a piece of text: for URLs, and between them for the
// tracker's references.
func (r *rewriter) plain(all span) {
	text := r.src[all.start:all.end]
	at := 0
	for _, m := range bareURL.FindAllStringSubmatchIndex(text, -1) {
		end := m[2] + len(trimURL(text[m[2]:m[3]]))
		r.references(span{all.start + at, all.start + m[2]}, false)
		if r.links == 0 {
			r.bare(span{all.start + m[2], all.start + end})
		}
		at = end
	}
	r.references(span{all.start + at, all.end}, false)
}

// trimURL takes off what ends a sentence, not a URL (GitHub Flavored Markdown,
// extended autolink path validation).
func trimURL(url string) string {
	unmatched := strings.Count(url, ")") - strings.Count(url, "(")
	for n := len(url) - 1; ; n-- {
		switch last := url[n]; {
		case strings.IndexByte("?!.,:*_~'\"", last) >= 0:
		case last == ')' && unmatched > 0:
			unmatched--
		default:
			return url[:n+1]
		}
	}
}

// bare is a URL without any markup.
func (r *rewriter) bare(at span) {
	url := r.src[at.start:at.end]
	v := r.judge(at.start, url, false)
	switch {
	case !v.changed:
	case v.label != "":
		r.thing(at, v)
	case !r.options.BareURLs:
		r.note(at.start, "a URL in the text keeps its tracking parameters: %s", url)
	default:
		r.replace(at.start, at.end, inText(v.target))
	}
}
