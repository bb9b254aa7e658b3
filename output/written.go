package output

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"ingest/output/frontmatter"
)

// BodyKey stands for the body among the keys of front matter.
const BodyKey = "(body)"

// Written is the memory of a document that makes hand edits known: what the
// file holds from us. It is written as JSON, with front matter as YAML.
type Written struct {
	// FrontMatter holds, at every place where the file has a value of ours,
	// that value. Where a person has changed or removed it, it still holds ours.
	FrontMatter frontmatter.Map
	// Body is the body of ours, in the same sense.
	Body string
	// Offered are later values of ours that an edit made by hand kept out. They
	// are warned of once.
	Offered []Offer
	// Covered holds what a mark stands in the place of, where that was a
	// person's, by the mark's key: it comes back with the work package. Its form is
	// that of [Tree.Remove] alone.
	Covered frontmatter.Map
	// Pending is what is to be remembered of a write that has begun; nil when
	// none has. See [Document.Before].
	Pending *Written
}

// Offer is a value of ours that is not in the file.
type Offer struct {
	// Path leads to the value, keys joined by dots; BodyKey for the body.
	Path  string
	Value any
	// Gone says that we do not write the key any more.
	Gone bool
}

// writtenJSON is the form of Written that is stored.
type writtenJSON struct {
	FrontMatter string   `json:"front_matter"`
	Body        string   `json:"body"`
	Offered     string   `json:"offered,omitempty"`
	Gone        []string `json:"gone,omitempty"`
	Covered     string   `json:"covered,omitempty"`
	Pending     *Written `json:"pending,omitempty"`
}

// MarshalJSON writes the memory down.
func (w Written) MarshalJSON() ([]byte, error) {
	stored := writtenJSON{Body: strings.ToValidUTF8(w.Body, "\ufffd"), Pending: w.Pending}
	var offered frontmatter.Map
	for _, o := range w.Offered {
		if o.Gone {
			stored.Gone = append(stored.Gone, o.Path)
		} else {
			offered = append(offered, frontmatter.Entry{Key: o.Path, Value: o.Value})
		}
	}
	for _, part := range []struct {
		to   *string
		from frontmatter.Map
	}{{&stored.FrontMatter, w.FrontMatter}, {&stored.Offered, offered}, {&stored.Covered, w.Covered}} {
		if len(part.from) == 0 {
			continue
		}
		text, err := frontmatter.Marshal(part.from)
		if err != nil {
			return nil, fmt.Errorf("remember what was written: %w", err)
		}
		*part.to = string(text)
	}
	return json.Marshal(stored)
}

// UnmarshalJSON reads the memory back.
func (w *Written) UnmarshalJSON(text []byte) error {
	var stored writtenJSON
	if err := json.Unmarshal(text, &stored); err != nil {
		return err
	}
	matter, err := frontmatter.Decode([]byte(stored.FrontMatter))
	if err != nil {
		return fmt.Errorf("recall what was written: %w", err)
	}
	offered, err := frontmatter.Decode([]byte(stored.Offered))
	if err != nil {
		return fmt.Errorf("recall what was offered: %w", err)
	}
	covered, err := frontmatter.Decode([]byte(stored.Covered))
	if err != nil {
		return fmt.Errorf("recall what is covered by a mark: %w", err)
	}
	*w = Written{FrontMatter: matter, Body: stored.Body, Covered: covered, Pending: stored.Pending}
	for _, e := range offered {
		w.Offered = append(w.Offered, Offer{Path: e.Key, Value: e.Value})
	}
	for _, path := range stored.Gone {
		w.Offered = append(w.Offered, Offer{Path: path, Gone: true})
	}
	w.sort()
	return nil
}

func (w *Written) sort() {
	slices.SortFunc(w.Offered, func(a, b Offer) int { return strings.Compare(a.Path, b.Path) })
}
