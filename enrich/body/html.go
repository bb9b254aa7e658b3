package body

import (
	"html"
	"slices"
	"strings"
)

// opened is a mention or macro whose end has not come yet.
type opened struct {
	token
	edit    int    // the index of the edit that takes its tag away
	address string // of the work package it mentions; "" for none
	text    string // what it shows when nothing stands in it
}

// anchor is an <a> whose end has not come yet.
type anchor struct{ unwrapped bool }

// html reads a piece of HTML: one tag inside Markdown, or a block.
func (r *rewriter) html(all span, block bool) {
	scan(r.src, all, func(t token) {
		switch {
		case r.raw != "":
			if t.closing && t.name == r.raw {
				r.raw = ""
			}
		case t.name == "":
			if block {
				r.references(t.span, true)
			}
		case t.name == "mention" || t.name == "macro":
			r.macro(t, block)
		case t.name == "a":
			r.anchor(t)
		case slices.Contains([]string{"script", "style", "textarea"}, t.name):
			r.raw = t.name
		case t.name == "code" || t.name == "pre":
			r.codeTag(t)
		default:
			r.attributes(t)
		}
	})
}

func (r *rewriter) codeTag(t token) {
	if !t.closing {
		r.code++
	} else if r.code > 0 {
		r.code--
	}
}

// attributes looks at the addresses of a tag that is no link: images, videos.
func (r *rewriter) attributes(t token) {
	for _, name := range []string{"src", "href", "poster", "data"} {
		if a, ok := t.attr(name); ok && !t.closing {
			r.attribute(a, true)
		}
	}
}

// attribute rewrites an address in an attribute.
func (r *rewriter) attribute(a attr, image bool) verdict {
	raw := r.src[a.value.start:a.value.end]
	v := r.judge(a.value.start, html.UnescapeString(raw), image)
	if v.changed && !v.unwrap {
		r.replace(a.value.start, a.value.end, quoted(v.target, raw, a.quote))
	}
	return v
}

// quoted writes an attribute's value in the way the old one was written.
func quoted(value, old string, quote byte) string {
	if strings.Contains(old, "&amp;") || html.UnescapeString(value) != value {
		value = strings.ReplaceAll(value, "&", "&amp;")
	}
	switch quote {
	case '"':
		return strings.ReplaceAll(value, `"`, "&quot;")
	case '\'':
		return strings.ReplaceAll(value, `'`, "&#39;")
	}
	return `"` + strings.ReplaceAll(value, `"`, "&quot;") + `"`
}

// anchor is <a …> or </a>.
func (r *rewriter) anchor(t token) {
	if t.closing {
		if n := len(r.anchors); n > 0 {
			if r.anchors[n-1].unwrapped {
				r.replace(t.start, t.end, "")
			} else {
				r.links--
			}
			r.anchors = r.anchors[:n-1]
		}
		return
	}
	a, ok := t.attr("href")
	unwrapped := ok && r.attribute(a, false).unwrap
	if unwrapped {
		r.replace(t.start, t.end, "")
	} else {
		r.links++
	}
	r.anchors = append(r.anchors, anchor{unwrapped})
}
