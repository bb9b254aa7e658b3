package frontmatter

import "strings"

// appendLiteral writes s in the literal style: every line as it is.
func appendLiteral(dst []byte, s string, indent int) []byte {
	dst = appendHeader(dst, '|', s)
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		dst = append(dst, '\n')
		dst = appendIndented(dst, line, indent)
	}
	return dst
}

// appendFolded writes s in the folded style: lines longer than width are broken at blanks, and the line feeds of the
// text are doubled where a reader would otherwise take them for such a break. They need no doubling at the ends of
// the text and beside lines that begin with a blank, which readers do not fold.
func appendFolded(dst []byte, s string, indent, width int) []byte {
	dst = append(appendHeader(dst, '>', s), '\n')
	kept := s[0] == '\n' || s[0] == ' ' // whether a reader keeps the line feeds that come next
	line, rest, more := strings.Cut(strings.TrimSuffix(s, "\n"), "\n")
	dst = appendBroken(dst, line, indent, width)
	for more {
		dst = append(dst, '\n')
		line, rest, more = strings.Cut(rest, "\n")
		if line == "" {
			continue
		}
		keepsNext := line[0] == ' '
		if !kept && !keepsNext {
			dst = append(dst, '\n')
		}
		dst = appendBroken(dst, line, indent, width)
		kept = keepsNext
	}
	return dst
}

// appendHeader writes the style, a 2 if the first line that has anything begins with a blank (so that a reader does
// not take that for indentation), and how the line feeds at the end are meant: `-` none, nothing for one, `+` more.
func appendHeader(dst []byte, style byte, s string) []byte {
	dst = append(dst, style)
	if strings.HasPrefix(strings.TrimLeft(s, "\n"), " ") {
		dst = append(dst, '2')
	}
	switch {
	case !strings.HasSuffix(s, "\n"):
		dst = append(dst, '-')
	case s == "\n" || strings.HasSuffix(s, "\n\n"):
		dst = append(dst, '+')
	}
	return dst
}

// appendIndented writes one line. An empty line is not indented.
func appendIndented(dst []byte, line string, indent int) []byte {
	if line == "" {
		return dst
	}
	return append(appendSpaces(dst, indent), line...)
}

// appendBroken writes one line of the text on as many lines as it needs: each the longest that fits in width, or
// the shortest there is. It breaks at a blank that is followed by something else, since a line that began with a
// blank would not be folded back.
func appendBroken(dst []byte, line string, indent, width int) []byte {
	if line == "" || line[0] == ' ' {
		return appendIndented(dst, line, indent)
	}
	var start, blank mark // where the part begins; the last place to break
	here := mark{}
	for ; here.at < len(line); here = here.next(line) {
		if line[here.at] != ' ' || here.at+1 == len(line) || line[here.at+1] == ' ' {
			continue
		}
		if here.column-start.column > width {
			if blank.at <= start.at {
				blank = here
			}
			dst = append(appendIndented(dst, line[start.at:blank.at], indent), '\n')
			start = blank.next(line)
		}
		blank = here
	}
	if here.column-start.column > width && blank.at > start.at {
		dst = append(appendIndented(dst, line[start.at:blank.at], indent), '\n')
		start = blank.next(line)
	}
	return appendIndented(dst, line[start.at:], indent)
}

// mark is a place in a line, counted in bytes and in UTF-16 units.
type mark struct{ at, column int }

func (m mark) next(line string) mark {
	return mark{m.at + 1, m.column + utf16Units(line[m.at])}
}

func appendSpaces(dst []byte, n int) []byte {
	const spaces = "                                "
	for ; n > len(spaces); n -= len(spaces) {
		dst = append(dst, spaces...)
	}
	return append(dst, spaces[:n]...)
}
