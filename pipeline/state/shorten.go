package state

import (
	"encoding/json"
	"fmt"

	"ingest/pipeline"
)

// encode writes a report as JSON of at most so many bytes, which is what can be read
// back. Of a longer one the counts stay, and as many of its items, warnings and links
// as there is room for; a warning says what was left out.
func encode(r *pipeline.Report, most int) ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil || len(text) <= most {
		return text, err
	}
	short := *r
	short.Items, short.Warnings, short.Links = []pipeline.ItemReport{}, nil, nil
	head, err := json.Marshal(&short)
	if err != nil {
		return nil, err
	}
	space := &room{left: most - len(head) - noteSize}
	short.Warnings = fitting(space, r.Warnings, never)
	short.Items = fitting(space, r.Items, func(i pipeline.ItemReport) bool { return i.Outcome == pipeline.Unchanged })
	if r.Links != nil {
		links := *r.Links
		links.Items = fitting(space, r.Links.Items, never)
		short.Links = &links
	}
	short.Warnings = append(short.Warnings, pipeline.Warning{Step: "state",
		Text: fmt.Sprintf("this report is too long to be kept whole: %d items, warnings and links are left out", space.refused),
		Hint: "ingest --report writes one of any length to a file"})
	if text, err = json.Marshal(&short); err == nil && len(text) > most {
		err = fmt.Errorf("the report has %d bytes without its items, want at most %d", len(text), most)
	}
	return text, err
}

// noteSize is room for the warning, and for the numbers of a links report.
const noteSize = 4096

// room is how many bytes are left, and how much found no place in them.
type room struct{ left, refused int }

// fitting is the part of a list that there is room for, in its order. What can wait
// comes in last.
func fitting[T any](r *room, all []T, waits func(T) bool) []T {
	kept := make([]bool, len(all))
	for _, turn := range []bool{false, true} {
		for i, one := range all {
			if waits(one) == turn {
				kept[i] = r.takes(one)
			}
		}
	}
	list := make([]T, 0, len(all))
	for i, one := range all {
		if kept[i] {
			list = append(list, one)
		}
	}
	return list
}

func never[T any](T) bool { return false }

// takes makes room for a value, if there is enough.
func (r *room) takes(v any) bool {
	text, err := json.Marshal(v)
	if err != nil || len(text)+1 > r.left { // with a comma
		r.refused++
		return false
	}
	r.left -= len(text) + 1
	return true
}
