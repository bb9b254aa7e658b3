package config

import (
	"fmt"
	"strings"
)

// Mistake is one thing that is wrong in a configuration file.
type Mistake struct {
	File string // as it was named to Load
	Line int    // 1-based; 0 when the mistake is that something is missing
	Key  string // dotted path, "tracker.fields.topics"; "" for the file itself
	Text string // what is wrong
	Help string // what to do, "" when Text says it all
}

// Error formats the mistake as file:line: key: text.
func (m *Mistake) Error() string {
	var b strings.Builder
	b.WriteString(m.File)
	if m.Line > 0 {
		fmt.Fprintf(&b, ":%d", m.Line)
	}
	b.WriteString(": ")
	if m.Key != "" {
		b.WriteString(m.Key + ": ")
	}
	b.WriteString(m.Text)
	return b.String()
}

// Hint says how to mend it.
func (m *Mistake) Hint() string { return m.Help }

// Mistakes are all that is wrong in one file, in the order of their lines,
// those about missing keys last.
type Mistakes []*Mistake

// Error lists every mistake on a line of its own, each followed by its hint.
func (ms Mistakes) Error() string {
	lines := make([]string, 0, len(ms))
	for _, m := range ms {
		line := m.Error()
		if m.Help != "" {
			line += " (" + m.Help + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As reach the single mistakes.
func (ms Mistakes) Unwrap() []error {
	errs := make([]error, len(ms))
	for i, m := range ms {
		errs[i] = m
	}
	return errs
}

// Hint tells where every key is explained.
func (ms Mistakes) Hint() string {
	return "config.example.yaml documents every key"
}
