package console

import (
	"fmt"
	"io"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"ingest/output"
)

// Diff writes what a dry run would change as unified diffs, in the form that
// git and patch read. Assets are named with their size. On a terminal (screen)
// characters that would move the cursor or change colours are escaped.
func Diff(w io.Writer, changes []output.Change, screen bool) error {
	var b strings.Builder
	for _, c := range changes {
		if c.Asset {
			verb, size := asset(c)
			fmt.Fprintf(&b, "%s %s (%d bytes)\n", verb, Clean(c.File), size)
			continue
		}
		before, after := "a/"+strings.TrimPrefix(c.File, "/"), "b/"+strings.TrimPrefix(c.File, "/")
		switch c.Kind {
		case output.Created:
			before = "/dev/null"
		case output.Removed:
			after = "/dev/null"
		}
		b.WriteString(udiff.Unified(before, after, string(c.Old), string(c.New)))
	}
	text := b.String()
	if screen {
		text = cleanLines(text)
	}
	_, err := io.WriteString(w, text)
	return err
}

// cleanLines is Clean that keeps line breaks and tabs.
func cleanLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		end := line[len(strings.TrimRight(line, "\r\n")):]
		for i, part := range strings.Split(strings.TrimSuffix(line, end), "\t") {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(Clean(part))
		}
		b.WriteString(end)
	}
	return b.String()
}

// asset says what becomes of an asset, and its size.
func asset(c output.Change) (verb string, size int64) {
	switch c.Kind {
	case output.Created:
		return "new asset", c.NewSize
	case output.Removed:
		return "removed asset", c.OldSize
	}
	return "changed asset", c.NewSize
}
