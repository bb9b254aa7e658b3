package page

import (
	"bytes"
)

// thinner copies markup for the parser without what says nothing of the page: comments, scripts, style sheets, drawings,
// white space in front of blocks, attributes that no field reads (attrkeep.go). On an average page that is half of the
// bytes and half of the attributes, each of which costs the parser several allocations. It reads tags exactly as the
// tokenizer of golang.org/x/net/html does (tagscan.go), so that what is left means what it meant.
type thinner struct {
	in, out []byte
	done    int // how far in is copied to out, or dropped
	raw     int // up to here the text may be raw and stays as it is
	foreign bool
	cost    cost
	keep    keeper
}

// thin gives the markup without its mute parts, and the place where it was cut because it costs too much; 0 where it
// was not.
func (t *thinner) thin() (markup []byte, cut int) {
	t.out = make([]byte, 0, len(t.in))
	for at := 0; ; {
		i := bytes.IndexByte(t.in[at:], '<')
		if i < 0 {
			break
		}
		i += at
		at = t.markup(i)
		if t.cost.tooMuch() {
			t.drop(max(i, t.done), len(t.in))
			cut = i
			break
		}
	}
	return append(t.out, t.in[t.done:]...), cut
}

// drop leaves out what stands between two places. A bracket in front of it must not come to begin a tag with what follows.
func (t *thinner) drop(from, to int) {
	t.out = append(t.out, t.in[t.done:from]...)
	if n := len(t.out); n > 0 && t.out[n-1] == '<' {
		t.out = append(t.out, ' ')
	}
	t.done = to
}

// markup treats what begins with the "<" at at and gives the place to go on from.
func (t *thinner) markup(at int) int {
	rest := t.in[at+1:]
	switch {
	case len(rest) > 0 && isLetter(rest[0]):
		kind := t.cost.tag(rest, false)
		if at < t.raw {
			return at + 1
		}
		return t.startTag(at, kind)
	case len(rest) > 1 && rest[0] == '/' && isLetter(rest[1]):
		kind := t.cost.tag(rest[1:], true)
		if at < t.raw {
			return at + 1
		}
		t.trim(at, kind)
		return skipTag(t.in, at+2)
	case at < t.raw || len(rest) == 0 || rest[0] == '/' && len(rest) == 1 || rest[0] != '/' && rest[0] != '!' && rest[0] != '?':
		return at + 1
	}
	return t.comment(at)
}

// comment drops a comment, whether it is written as one or read as one.
func (t *thinner) comment(at int) int {
	switch rest := t.in[at:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		end := at + commentEnd(rest)
		t.drop(at, end)
		return end
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		t.raw = len(t.in) // it ends elsewhere inside of a drawing than outside; the parser will know
		return at + 1
	case len(rest) > 2 && rest[1] == '!' && lowerByte(rest[2]) == 'd':
		return at + angle(rest) // a document type
	default:
		end := at + angle(rest)
		t.drop(at, end)
		return end
	}
}

// trim drops the white space in front of a tag that separates words by itself.
func (t *thinner) trim(at int, kind tagKind) {
	from := at
	for kind.separates() && from > t.done && isBlank(t.in[from-1]) {
		from--
	}
	if from < at {
		t.drop(from, at)
	}
}

// startTag treats a start tag outside of raw text.
func (t *thinner) startTag(at int, kind tagKind) int {
	t.trim(at, kind)
	name := at + 1
	for name < len(t.in) && !endsName(t.in[name]) {
		name++
	}
	if kind == rootTag && t.cost.roots > maxRoots {
		end := skipTag(t.in, name)
		t.drop(at, end)
		return end
	}
	if end := muteEnd(t.in, at, name, kind); end > 0 {
		t.drop(at, end)
		return end
	}
	end := t.attributes(name)
	t.foreign = t.foreign || kind == foreignTag
	if kind == rawTag || kind == scriptTag {
		t.raw = t.rawEnd(string(t.in[at+1:name]), end, kind)
	}
	return end
}

// rawEnd is where the raw text of an element ends. In a drawing there is none, and a script may hide its end behind a
// comment; where it is not certain the rest of the page stays as it is.
func (t *thinner) rawEnd(name string, at int, kind tagKind) int {
	end := endTag(t.in, at, name)
	if t.foreign || end < 0 || kind == scriptTag && bytes.Contains(t.in[at:end], []byte("<!--")) {
		return len(t.in)
	}
	return end
}

// attributes drops those that no field reads and gives the end of the tag.
func (t *thinner) attributes(at int) int {
	for {
		a := scanAttr(t.in, at)
		if a.last {
			return a.end
		}
		if !t.keep.attr(t.in[a.key:a.keyEnd], t.in[a.val:a.valEnd]) && (a.end >= len(t.in) || t.in[a.end] != '=') {
			t.drop(a.key, a.end)
		}
		at = a.end
	}
}
