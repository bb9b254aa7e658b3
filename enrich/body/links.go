package body

import (
	"path"
	"strings"
)

// verdict is what becomes of a link's target.
type verdict struct {
	target  string // the new target; the old one where nothing changes
	changed bool
	unwrap  bool   // the link goes, its text stays
	label   string // what names the thing of the tracker that it led to
}

// judge decides on the target of a link or image.
func (r *rewriter) judge(at int, target string, image bool) verdict {
	if id, ok := r.tracker.attachment(target); ok {
		if r.options.Attachment == nil {
			return verdict{target: target}
		}
		address, ok := r.options.Attachment(id)
		if !ok {
			r.note(at, "attachment %d is not on the site: the link to the tracker stays", id)
			return verdict{target: target}
		}
		return verdict{target: address, changed: address != target, label: path.Base(address)}
	}
	if id, ok := r.tracker.workPackage(target); ok && r.options.Macros && !image {
		address := r.address(id)
		return verdict{target: address, unwrap: address == "", changed: true, label: "#" + id}
	}
	if r.options.CleanURL != nil && !image && isWeb(target) {
		clean := r.options.CleanURL(target)
		return verdict{target: clean, changed: clean != target}
	}
	return verdict{target: target}
}

// address returns the site's address of a work package, or "".
func (r *rewriter) address(id string) string {
	if r.options.WorkPackage == nil {
		return ""
	}
	return r.options.WorkPackage(id)
}

func isWeb(target string) bool {
	scheme, _, ok := strings.Cut(target, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// inline is a link or image with its target behind it: [text](target "title").
// It begins at start; tail is its closing bracket and all that follows. It tells
// whether the link goes.
func (r *rewriter) inline(start int, tail span, raw []byte, image bool) bool {
	at, ok := r.find(tail.start+len("]("), tail.end, raw)
	if !ok {
		return false
	}
	v := r.judge(at.start, decode(raw), image)
	if v.unwrap {
		r.replace(start, start+len("["), "")
		r.replace(tail.start, tail.end, "")
	} else if v.changed {
		r.replace(at.start, at.end, encode(v.target, r.angled(at)))
	}
	return v.unwrap
}

// definition is [label]: target "title".
func (r *rewriter) definition(all span, raw []byte) {
	for i := all.start + 1; i < all.end; i++ {
		switch r.src[i] {
		case '\\':
			i++
		case ']':
			at, ok := r.find(i+len("]:"), all.end, raw)
			if !ok {
				return
			}
			v := r.judge(at.start, decode(raw), false)
			if v.unwrap {
				r.note(at.start, "the link to a work package of the tracker stays: %s", raw)
			} else if v.changed {
				r.replace(at.start, at.end, encode(v.target, r.angled(at)))
			}
			return
		}
	}
}

// find returns where a target stands behind blanks, line ends and the marks of
// block quotes. It is not found where anything else is in the way.
func (r *rewriter) find(from, to int, raw []byte) (span, bool) {
	if len(raw) == 0 || from > to {
		return span{}, false
	}
	i := strings.Index(r.src[from:to], string(raw))
	if i < 0 || strings.Trim(r.src[from:from+i], " \t\r\n<>") != "" {
		return span{}, false
	}
	return span{from + i, from + i + len(raw)}, true
}

// angled tells whether a target stands between < and >.
func (r *rewriter) angled(at span) bool {
	return at.start > 0 && r.src[at.start-1] == '<' && at.end < len(r.src) && r.src[at.end] == '>'
}

// autolink is <https://…>.
func (r *rewriter) autolink(all span) {
	v := r.judge(all.start, r.src[all.start+1:all.end-1], false)
	switch {
	case !v.changed:
	case v.label != "":
		r.thing(all, v)
	default:
		r.replace(all.start+1, all.end-1, inText(v.target))
	}
}

// thing replaces an address by a link to a thing that was the tracker's.
func (r *rewriter) thing(all span, v verdict) {
	if v.unwrap {
		r.replace(all.start, all.end, v.label)
		return
	}
	r.replace(all.start, all.end, "["+escapeText(v.label)+"]("+encode(v.target, false)+")")
}

// inText writes a URL that has no markup but, perhaps, < and >.
func inText(url string) string {
	return strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E").Replace(url)
}
