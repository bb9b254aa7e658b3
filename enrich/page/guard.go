package page

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Limits that keep reading linear. The parser of golang.org/x/net/html bounds the depth of the tree (512), but three shapes
// still cost far more than their size: attributes of repeated <html> and <body> tags, which it gathers in a map made
// anew for each; formatting elements left open, which it opens again in every paragraph; and end tags without a start, each
// of which it looks for through all open elements. Each is measured in hostile_test.go.
const (
	// maxBytes is how much of a page is parsed: what the fetcher lets through.
	maxBytes = 10 << 20
	// maxRoots is how many <html> and <body> tags are left in place.
	maxRoots = 16
	// maxNodes bounds the nodes that the tree may get, by an estimate that for 571 real pages was 2,000 in the middle and
	// 375,000 at most.
	maxNodes = 1_000_000
	// maxSteps bounds the open elements passed over while matching tags, summed over all tags: 2.5 million at most for
	// the same pages.
	maxSteps = 20_000_000
	// maxOpen is the parser's own bound on open elements.
	maxOpen = 512
)

// guard makes markup safe and cheap to parse: it cuts it where a limit is passed, replaces invalid UTF-8 and takes out
// what says nothing (mute.go).
func (s *signals) guard(markup []byte) []byte {
	if len(markup) > maxBytes {
		markup = markup[:maxBytes]
		s.note("page is larger than 10 MB and was read only up to there")
	}
	if !utf8.Valid(markup) {
		markup = bytes.ToValidUTF8(markup, []byte("\ufffd"))
		s.note("page holds bytes that are not UTF-8")
	}
	var c cost
	var out []byte // what is kept, once something is dropped
	done := 0      // how far markup is copied to out
	unended := false
	for at := 0; ; {
		i := bytes.IndexByte(markup[at:], '<')
		if i < 0 {
			break
		}
		at += i + 1
		if bytes.HasPrefix(markup[at:], []byte("!--")) {
			end := bytes.Index(markup[at:], []byte("-->"))
			if end < 0 {
				break // the rest is a comment
			}
			at += end
			continue
		}
		c.tag(markup[at:])
		if c.nodes > maxNodes || c.steps > maxSteps {
			s.note(fmt.Sprintf("page is too complex and was read only up to byte %d", at))
			markup = markup[:at-1]
			break
		}
		if c.root && c.roots > maxRoots {
			out = append(append(out, markup[done:at-1]...), ' ')
			done = at
		}
		if c.mute && !unended {
			from, to := muteText(markup, at)
			unended = to < 0
			if to-from > minMute {
				if out == nil {
					out = make([]byte, 0, len(markup)-(to-from))
				}
				out = append(out, markup[done:from]...)
				done = to
			}
			at = max(to, at)
		}
	}
	if out == nil {
		return markup
	}
	return append(out, markup[done:]...)
}

// cost estimates, tag by tag, what parsing costs.
type cost struct {
	nodes, steps int
	depth        int
	open         [256]uint32 // open elements by a hash of their name
	formatting   int         // open formatting elements
	roots        int
	root         bool // the last tag was <html> or <body>
	mute         bool // the last tag was <script>, <style> or <svg>
}

// tag adds the tag whose name stands at the beginning of rest.
func (c *cost) tag(rest []byte) {
	ends := len(rest) > 0 && rest[0] == '/'
	if ends {
		rest = rest[1:]
	}
	var name [10]byte
	n := 0
	for n < len(rest) && n < len(name) && (isAlnum(rest[n]) && rest[n] < 0x80) {
		name[n] = lowerByte(rest[n])
		n++
	}
	c.root, c.mute = false, false
	if n == 0 {
		return
	}
	kind := kindOf(string(name[:n]))
	hash := byte(n)
	for _, b := range name[:n] {
		hash = hash*31 + b
	}
	open := &c.open[hash]
	c.nodes += 1 + min(c.formatting, maxOpen)
	c.steps += min(c.depth, maxOpen)
	switch {
	case kind == rootTag && !ends:
		c.root = true
		c.roots++
	case kind == shallowTag || kind == rootTag:
	case kind == muteTag:
		c.mute = !ends
	case ends && *open == 0: // an end without a start closes nothing
	case ends:
		*open--
		c.depth--
		if kind == formatTag {
			c.formatting--
		}
	default:
		*open++
		c.depth++
		if kind == formatTag {
			c.formatting++
		}
	}
}

// tagKind sorts tags by what they cost.
type tagKind int

const (
	otherTag   tagKind = iota
	shallowTag         // void elements, and those that end by themselves when the next one comes
	formatTag          // formatting elements (HTML standard, section 13.2.4.3)
	rootTag
	muteTag
)

func kindOf(name string) tagKind {
	switch name {
	case "html", "body":
		return rootTag
	case "script", "style", "svg":
		return muteTag
	case "p", "li", "td", "tr", "th", "dd", "dt", "br", "img", "meta", "link", "input", "hr", "option", "source", "wbr", "base", "area", "col", "embed", "track", "param", "tbody":
		return shallowTag
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return formatTag
	}
	return otherTag
}
