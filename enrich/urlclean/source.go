package urlclean

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// Version names the state of the table, for reports and "ingest version": the
// year, then a count. It is raised with every change of the rules.
const Version = "2026.2"

// The table: what is a tracker, where it must stay, which addresses are
// redirects. doc.go says how to read it.
//
//go:embed rules/*.txt
var rules embed.FS

// builtin reads the embedded table, file by file in the order of their names.
func builtin() ([]row, error) {
	names, err := fs.Glob(rules, "rules/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the rule table: %w", err)
	}
	var rows []row
	for _, file := range names {
		text, err := fs.ReadFile(rules, file)
		if err != nil {
			return nil, fmt.Errorf("read the rule table: %w", err)
		}
		more, err := readRows(file, string(text))
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// readRows reads one file: "# comment", "[drop click]" for the rows below it,
// and rows of three columns, "scope | what | why", two where there is no what.
func readRows(file, text string) ([]row, error) {
	var rows []row
	section := row{}
	started := false
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		section.where = fmt.Sprintf("%s:%d", file, number+1)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			if err := section.section(strings.Trim(line, "[]")); err != nil {
				return nil, err
			}
			started = true
		case !started:
			return nil, section.errorf(rowHelp, "a row before the first section")
		default:
			next := section
			if err := next.columns(line); err != nil {
				return nil, err
			}
			rows = append(rows, next)
		}
	}
	return rows, nil
}

// section reads "drop mail", "keep", "open affiliate"…
func (r *row) section(text string) error {
	word, rest, _ := strings.Cut(text, " ")
	r.class = campaign
	for i, name := range classNames() {
		if rest == name {
			r.class, rest = class(i), ""
		}
	}
	for i, name := range []string{"drop", "keep", "leave", "sign", "trim", "open"} {
		if word == name && rest == "" {
			r.kind = kind(i)
			return nil
		}
	}
	return r.errorf(rowHelp, "no such section: [%s]", text)
}

// columns reads one row.
func (r *row) columns(line string) error {
	cols := strings.Split(line, "|")
	want := 3
	if r.kind == leave {
		want = 2
	}
	if len(cols) != want {
		return r.errorf(rowHelp, "%d columns, want %d", len(cols), want)
	}
	r.why = strings.TrimSpace(cols[want-1])
	if r.why == "" {
		return r.errorf(rowHelp, "no reason given")
	}
	if want == 3 {
		r.items = strings.Fields(cols[1])
		if len(r.items) == 0 {
			return r.errorf(rowHelp, "the middle column is empty")
		}
	}
	return r.scope(cols[0])
}
