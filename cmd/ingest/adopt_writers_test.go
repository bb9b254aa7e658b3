package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ingest/output/frontmatter"
)

// dumper writes front matter as another program would. Only what is met in
// documents needs to be right, and every value must read back as it was.
type dumper struct {
	sorted bool   // keys in alphabetical order
	ascii  bool   // everything else escaped
	null   string // with the blank before it
	psych  bool   // blocks for texts of several lines, double quotes where a text begins with a sign
	hand   bool   // comments, odd spacing, lists in brackets
	lines  int    // written so far; decides where the hand puts what
}

func (d *dumper) dump(m frontmatter.Map) string { return d.mapping(m, 0) }

// step is the indentation of a mapping inside another.
func (d *dumper) step() int {
	if d.hand {
		return 3
	}
	return 2
}

func (d *dumper) mapping(m frontmatter.Map, indent int) string {
	if d.sorted {
		m = slices.SortedFunc(slices.Values(m), func(a, b frontmatter.Entry) int { return cmp.Compare(a.Key, b.Key) })
	}
	var b strings.Builder
	for _, e := range m {
		d.lines++
		if d.hand && indent == 0 && d.lines%5 == 0 {
			fmt.Fprintf(&b, "\n# --- %s: please keep ---\n", e.Key)
		}
		key := e.Key
		if d.hand && d.lines%7 == 0 {
			key = strconv.Quote(key)
		}
		b.WriteString(strings.Repeat(" ", indent) + key + ":" + d.value(e.Value, indent, len(key)+1) + "\n")
	}
	return b.String()
}

// value is what follows the colon of a key in the column indent, or a dash.
func (d *dumper) value(v any, indent, before int) string {
	switch v := v.(type) {
	case frontmatter.Map:
		if len(v) == 0 {
			return " {}"
		}
		return d.comment() + "\n" + strings.TrimSuffix(d.mapping(v, indent+d.step()), "\n")
	case frontmatter.List:
		return d.list(v, indent)
	case string:
		return d.space() + d.text(v, indent+d.step(), indent+before+1)
	case nil:
		return d.null + d.comment()
	case bool:
		if d.hand {
			return d.space() + map[bool]string{true: "True", false: "FALSE"}[v]
		}
	}
	return d.space() + fmt.Sprint(v) + d.comment()
}

func (d *dumper) list(list frontmatter.List, indent int) string {
	if len(list) == 0 {
		return " []"
	}
	if d.hand && !slices.ContainsFunc(list, func(v any) bool { _, flat := v.(int64); return !flat }) {
		return "  [ " + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(list...)), " ,  "), "[]") + " ]" + d.comment()
	}
	var b strings.Builder
	b.WriteString(d.comment())
	for _, element := range list {
		b.WriteString("\n" + strings.Repeat(" ", indent) + "-")
		if m, ok := element.(frontmatter.Map); ok && len(m) > 0 {
			b.WriteString(" " + strings.TrimSpace(d.mapping(m, indent+2)))
			continue
		}
		b.WriteString(d.value(element, indent, 1))
	}
	return b.String()
}

func (d *dumper) space() string {
	if d.hand {
		return strings.Repeat(" ", 1+d.lines%4)
	}
	return " "
}

// comment is one behind a value that ends on its line.
func (d *dumper) comment() string {
	if d.hand && d.lines%3 == 0 {
		return "\t# as agreed: no. " + strconv.Itoa(d.lines)
	}
	return ""
}

// yaml11 are the texts that YAML 1.1 reads as something else.
var yaml11 = regexp.MustCompile(`^(~|null|Null|NULL|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|=|<<|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9]*)?|[-+]?0x[0-9a-fA-F_]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?)$`)

// sign are the texts that begin with one, as Psych sees it.
var sign = regexp.MustCompile(`^[^\pL\pN_][^"]*$`)

// text writes a text that begins in a column and goes on in another.
func (d *dumper) text(s string, indent, column int) string {
	odd := strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && !unicode.IsPrint(r) || r > unicode.MaxASCII && d.ascii || r > 0xffff && d.psych
	})
	switch {
	case d.psych && strings.Contains(s, "\n") && !odd && s[0] != ' ' && s[0] != '\n' && !strings.Contains(s, " \n"):
		mark, lines := "|-", strings.Split(s, "\n")
		if strings.HasSuffix(s, "\n") {
			mark, lines = "|", lines[:len(lines)-1]
		}
		for i, line := range lines {
			if line != "" {
				lines[i] = strings.Repeat(" ", indent) + line
			}
		}
		return mark + "\n" + strings.Join(lines, "\n")
	case odd, strings.Contains(s, "\n ") || strings.Contains(s, " \n"), d.psych && sign.MatchString(s), d.hand && d.lines%2 == 0:
		return d.double(s, indent, column)
	case s == "", strings.Contains(s, "\n"), yaml11.MatchString(s), strings.TrimSpace(s) != s, strings.ContainsRune(",[]{}#&*!|>'\"%@`", rune(s[0])),
		strings.HasPrefix(s, "- "), strings.HasPrefix(s, "? "), s == "-", strings.HasPrefix(s, ": "), strings.Contains(s, ": "), strings.Contains(s, " #"), strings.HasSuffix(s, ":"):
		return "'" + folded(strings.ReplaceAll(s, "'", "''"), indent, column+1) + "'"
	}
	return folded(s, indent, column)
}

const width = 80

// folded breaks a text at single blanks behind the width; a line feed in it
// becomes an empty line.
func folded(s string, indent, column int) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == ' ' && column > width && i > 0 && i+1 < len(s) && s[i-1] != ' ' && s[i+1] != ' ' {
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
			continue
		}
		if s[i] == '\n' {
			if b.WriteByte('\n'); s[i-1] != '\n' {
				b.WriteByte('\n')
			}
			if i+1 == len(s) || s[i+1] != '\n' {
				b.WriteString(strings.Repeat(" ", indent))
			}
			column = indent
			continue
		}
		b.WriteByte(s[i])
		if s[i]&0xc0 != 0x80 {
			column++
		}
	}
	return b.String()
}

// double writes a text in double quotes.
func (d *dumper) double(s string, indent, column int) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		piece := string(r)
		switch {
		case r == ' ' && column > width && i+1 < len(s):
			piece = "\\\n" + strings.Repeat(" ", indent) + "\\ "
			column = indent
		case r == '\n':
			piece = `\n`
		case r == '"', r == '\\':
			piece = `\` + piece
		case r > 0xffff && (d.ascii || d.psych):
			piece = fmt.Sprintf(`\U%08X`, r)
		case r > 0xff && (d.ascii || !unicode.IsPrint(r)):
			piece = fmt.Sprintf(`\u%04X`, r)
		case r < ' ', r > unicode.MaxASCII && (d.ascii || !unicode.IsPrint(r)):
			piece = fmt.Sprintf(`\x%02X`, r)
		}
		column += len([]rune(piece))
		b.WriteString(piece)
	}
	return b.String() + `"`
}
