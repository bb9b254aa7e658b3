package archetype

import (
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// source is the text of an archetype, to find positions in it.
type source struct{ lines []string }

func newSource(src []byte) source {
	return source{strings.Split(string(src), "\n")}
}

// at returns the line and column in the file of a place inside a scalar's
// value: the value's line (from 1) and character (from 0). Where a scalar is
// folded over lines the scalar's own beginning is returned.
func (s source) at(n *yaml.Node, line, char int) (int, int) {
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		return s.inBlock(n, line, char)
	case n.Style&yaml.FoldedStyle != 0 || line != 1 || n.Line > len(s.lines):
		return n.Line, n.Column
	}
	raw := []rune(s.lines[n.Line-1])
	i := n.Column - 1
	if quoted(n) {
		if i >= len(raw) || raw[i] != '\'' && raw[i] != '"' { // a tag stands before it
			return n.Line, n.Column
		}
		i++
	}
	for ; char > 0; char-- {
		i += width(raw, i, n.Style)
	}
	if i >= len(raw) {
		return n.Line, n.Column
	}
	return n.Line, i + 1
}

// inBlock finds a place in a "|" scalar, whose lines stand as they are.
func (s source) inBlock(n *yaml.Node, line, char int) (int, int) {
	first := n.Line // the line after the indicator, from 0
	at := first + line - 1
	if at >= len(s.lines) {
		return n.Line, n.Column
	}
	indent := len(s.lines[first]) - len(strings.TrimLeft(s.lines[first], " "))
	return at + 1, indent + char + 1
}

func quoted(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
}

// width returns how many characters of the file stand for the one at i.
func width(raw []rune, i int, style yaml.Style) int {
	if i+1 >= len(raw) {
		return 1
	}
	switch {
	case style&yaml.SingleQuotedStyle != 0 && raw[i] == '\'' && raw[i+1] == '\'':
		return 2
	case style&yaml.DoubleQuotedStyle != 0 && raw[i] == '\\':
		return escaped(raw[i+1])
	}
	return 1
}

// escaped returns the length of a double-quoted escape by its letter.
func escaped(letter rune) int {
	switch letter {
	case 'x':
		return len(`\x00`)
	case 'u':
		return len(`\u0000`)
	case 'U':
		return len(`\U00000000`)
	}
	return len(`\n`)
}
