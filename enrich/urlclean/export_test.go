package urlclean

import (
	"errors"
	"strings"
)

// Sample is an address made from one row of the table, with what must become
// of it.
type Sample struct {
	Number             int  // of the row, in the order of the files
	Drops              bool // of a drop row
	Row, Input, Output string
	Exception          bool // of a keep or leave row
}

// Samples makes one or more of every row, every name and every host of the table.
func Samples() ([]Sample, error) {
	rows, err := builtin()
	var all []Sample
	for i := range rows {
		for _, s := range samplesOf(&rows[i]) {
			s.Number, s.Drops = i, rows[i].kind == drop
			all = append(all, s)
		}
	}
	return all, err
}

// Partial returns a Cleaner of the rows that are wanted.
func Partial(wanted func(number int, drops bool) bool) (*Cleaner, error) {
	rows, err := builtin()
	var some []row
	for i := range rows {
		if wanted(i, rows[i].kind == drop) {
			some = append(some, rows[i])
		}
	}
	c := &Cleaner{}
	c.once.Do(func() { c.table, c.err = compile(some) })
	return c, errors.Join(err, c.err)
}

// TableRow is what a test may know of a row.
type TableRow struct {
	Where, Scope, Why string
	Section           string
	Items             []string
}

// TableRows lists the rows in the order of the files.
func TableRows() ([]TableRow, error) {
	rows, err := builtin()
	var all []TableRow
	for _, r := range rows {
		section := [...]string{"drop", "keep", "leave", "sign", "trim", "open"}[r.kind] + " " + classNames()[r.class]
		all = append(all, TableRow{r.where, strings.Join(r.hosts, " ") + scopeOf(r.cond), r.why, section, r.items})
	}
	return all, err
}

func scopeOf(c cond) string {
	var b strings.Builder
	for _, p := range c.paths {
		switch p.kind {
		case '/':
			b.WriteString(" " + p.text)
		case '$':
			b.WriteString(" " + p.text + "$")
		default:
			b.WriteString(" " + string(p.kind) + p.text)
		}
	}
	for _, q := range c.queries {
		b.WriteString(" ?" + q.name + "=" + q.value)
	}
	return b.String()
}

// FromTable returns a Cleaner of the rows in text, which is like a file of the
// table.
func FromTable(text string) (*Cleaner, error) {
	c := &Cleaner{}
	rows, err := readRows("test.txt", text)
	if err == nil {
		c.once.Do(func() { c.table, err = compile(rows) })
	}
	return c, err
}
