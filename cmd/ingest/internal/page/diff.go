package page

import (
	"strconv"
	"strings"
)

// maxDiff is how many lines of a difference are shown.
const maxDiff = 2000

// diff is a unified difference, line by line.
type diff struct {
	Lines          []diffLine
	Added, Removed int
	Cut            int // lines that are not shown
}

// diffLine is a line with its kind: add, del, same, hunk or file.
type diffLine struct{ Kind, Text string }

// readDiff tells the lines of a unified difference apart. A removed line may begin
// like the name of a file ("--- "): the counts in a hunk's head say where it ends.
func readDiff(text string) diff {
	var d diff
	before, after := 0, 0 // lines that the hunk still has
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		kind := "file"
		switch {
		case before > 0 && strings.HasPrefix(line, "-"):
			kind, before = "del", before-1
		case after > 0 && strings.HasPrefix(line, "+"):
			kind, after = "add", after-1
		case strings.HasPrefix(line, `\ `): // no newline at the end of the file
			kind = "same"
		case before > 0 && after > 0:
			kind, before, after = "same", before-1, after-1
		case strings.HasPrefix(line, "@@ "):
			kind = "hunk"
			before, after = hunk(line)
		}
		d.add(kind, line)
	}
	return d
}

func (d *diff) add(kind, line string) {
	switch kind {
	case "add":
		d.Added++
	case "del":
		d.Removed++
	}
	if len(d.Lines) >= maxDiff {
		d.Cut++
		return
	}
	d.Lines = append(d.Lines, diffLine{kind, visible(line)})
}

// hunk reads how many lines a hunk has of either text: @@ -12,7 +12,8 @@.
func hunk(head string) (before, after int) {
	for part := range strings.FieldsSeq(strings.TrimPrefix(head, "@@ ")) {
		count := 1
		if _, n, ok := strings.Cut(part, ","); ok {
			count, _ = strconv.Atoi(n) // 0 in a head that is none
		}
		switch part[0] {
		case '-':
			before = count
		case '+':
			after = count
		default:
			return before, after
		}
	}
	return before, after
}
