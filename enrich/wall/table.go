package wall

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed rules.txt
var source string

// table is the rules, read once.
var table = sync.OnceValue(func() *rules { return parse(source) }) //nolint:gochecknoglobals // read-only table

// row is a line of rules.txt.
type row struct {
	kind    Kind
	place   string
	weight  int
	pattern string
}

// rules are rows by the place where they are looked for.
type rules struct {
	title map[string][]row // by pattern: a part of a title is looked up
	other map[string][]row // by place
}

// parse reads rules.txt. A line that cannot be read is a mistake of ours, which
// the first test to run would show.
func parse(text string) *rules {
	r := &rules{title: map[string][]row{}, other: map[string][]row{}}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		one, err := parseRow(line)
		if err != nil {
			panic(fmt.Sprintf("enrich/wall/rules.txt: %q: %v", line, err))
		}
		if one.place == "title" {
			r.title[one.pattern] = append(r.title[one.pattern], one)
			continue
		}
		r.other[one.place] = append(r.other[one.place], one)
	}
	return r
}

func parseRow(line string) (row, error) {
	cells := strings.SplitN(line, "|", 4)
	if len(cells) != 4 {
		return row{}, fmt.Errorf("%d cells, not 4", len(cells))
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	kind := map[string]Kind{"bot": Bot, "consent": Consent, "login": Login, "parked": Parked, "soft": SoftError}[cells[0]]
	weight, err := strconv.Atoi(cells[2])
	switch {
	case kind == "":
		return row{}, fmt.Errorf("unknown kind %q", cells[0])
	case err != nil:
		return row{}, fmt.Errorf("weight %q is no number", cells[2])
	case cells[3] == "" || cells[3] != strings.ToLower(cells[3]):
		return row{}, fmt.Errorf("pattern %q is empty or not in lower case", cells[3])
	}
	return row{kind, cells[1], weight, cells[3]}, nil
}
