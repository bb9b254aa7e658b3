package openproject

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// undisclosed is the href of a target that the user may not see (API.md 5).
const undisclosed = "urn:openproject-org:api:v3:undisclosed"

// Ref is a link to another resource, as the tracker gives it. The zero Ref is
// "none".
type Ref struct {
	ID    int64  // last segment of the path, 0 if that is not a number
	Href  string // "/api/v3/groups/12": also tells users from groups
	Title string // name for display; may be missing
}

// IsZero tells that there is no target.
func (r Ref) IsZero() bool { return r == Ref{} }

// Undisclosed tells that there is a target which the user may not see.
func (r Ref) Undisclosed() bool { return r.Href == undisclosed }

// label is what stands for the target in a text: its title, else its href, so
// that a value without a title is not lost.
func (r Ref) label() string {
	if r.Title != "" {
		return r.Title
	}
	return r.Href
}

type wireLink struct {
	Href  *string `json:"href"`
	Title string  `json:"title"`
}

func (l wireLink) ref() Ref {
	if l.Href == nil || *l.Href == "" {
		return Ref{}
	}
	r := Ref{Href: *l.Href, Title: l.Title}
	if i := strings.LastIndexByte(r.Href, '/'); i >= 0 {
		if id, err := strconv.ParseInt(r.Href[i+1:], 10, 64); err == nil {
			r.ID = id
		}
	}
	return r
}

// wireLinks is the _links object: single links and arrays of links, by name.
type wireLinks map[string]json.RawMessage

// one reads a single link; an absent or empty one is the zero Ref.
func (l wireLinks) one(name string) (Ref, error) {
	refs, _, err := l.all(name)
	if err != nil || len(refs) == 0 {
		return Ref{}, err
	}
	return refs[0], nil
}

// all reads a link that may be an object or an array, whatever the schema says:
// "multiple values" is a switch an administrator may flip (API.md 6). Empty
// targets are left out.
func (l wireLinks) all(name string) (refs []Ref, many bool, err error) {
	raw := l[name]
	if len(raw) == 0 || string(raw) == "null" {
		return nil, false, nil
	}
	links := []json.RawMessage{raw}
	if many = raw[0] == '['; many {
		if links, err = items(raw); err != nil {
			return nil, many, err
		}
	}
	for _, one := range links {
		var link wireLink
		if err := json.Unmarshal(one, &link); err != nil {
			return nil, many, fmt.Errorf("%s: %w", name, err)
		}
		if r := link.ref(); !r.IsZero() {
			refs = append(refs, r)
		}
	}
	return refs, many, nil
}
