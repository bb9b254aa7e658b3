package body

import (
	"html"
	"strings"
)

// macro is a tag of the tracker's own: <mention …>, <macro …> and their ends.
func (r *rewriter) macro(t token, block bool) {
	if !r.options.Macros || r.code > 0 {
		return
	}
	if t.closing {
		r.closeMacro(t, block)
		return
	}
	o := opened{token: t, edit: r.replace(t.start, t.end, "")}
	if t.name == "macro" {
		class, _ := t.attr("class")
		r.note(t.start, "the macro %q has nothing to show on a site: it is left out", r.src[class.value.start:class.value.end])
	} else {
		o.text, o.address = r.mention(t)
	}
	r.opened = append(r.opened, o)
}

// mention returns what a mention shows by itself, and where it leads to.
func (r *rewriter) mention(t token) (text, address string) {
	value := func(name string) string {
		a, _ := t.attr(name)
		return html.UnescapeString(r.src[a.value.start:a.value.end])
	}
	if value("data-type") == "work_package" && r.links == 0 {
		address = r.address(value("data-id"))
	}
	return strings.Join(strings.Fields(value("data-text")), " "), address
}

// closeMacro ends the last macro of its name.
func (r *rewriter) closeMacro(t token, block bool) {
	end := r.replace(t.start, t.end, "")
	n := len(r.opened) - 1
	if n < 0 || r.opened[n].name != t.name {
		return
	}
	o := r.opened[n]
	r.opened = r.opened[:n]
	if o.end == t.start {
		r.edits[o.edit].text = escapeText(o.text)
		if o.name == "macro" {
			r.edits[end].end = r.lineEnd(o.start, t.end)
		}
	}
	if o.address == "" {
		return
	}
	open, shut := "[", "]("+encode(o.address, false)+")"
	if block {
		open, shut = `<a href="`+html.EscapeString(o.address)+`">`, "</a>"
	}
	r.edits[o.edit].text = open + r.edits[o.edit].text
	r.edits[end].text = shut
}

// lineEnd returns where the line ends that holds nothing but src[start:end]
// between two lines with text, so that no blank line parts the paragraph; end
// for any other.
func (r *rewriter) lineEnd(start, end int) int {
	before, after := r.src[:start], r.src[end:]
	line, rest, ok := strings.Cut(after, "\n")
	above := strings.TrimRight(before, " \t")
	if !ok || strings.TrimSpace(line) != "" || !strings.HasSuffix(above, "\n") {
		return end
	}
	next, _, _ := strings.Cut(rest, "\n")
	previous := above[strings.LastIndexByte(above[:len(above)-1], '\n')+1:]
	if strings.TrimSpace(next) == "" || strings.TrimSpace(previous) == "" {
		return end
	}
	return end + len(line) + 1
}
