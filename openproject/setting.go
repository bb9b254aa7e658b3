package openproject

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// setting is one value to be written.
type setting struct {
	key, label string // "customField12", "Clean URL"; of the status twice "status"
	kind       string // of a custom field
	link       bool   // it goes among the links
	value      any    // as it goes over the wire
	wanted     string // for people
}

// plan lists what is still to be written. Before anything is, every name has been
// looked up, every value fitted to its field, and every present value compared
// with the base.
func (c *Client) plan(ctx context.Context, change Change, base, is *WorkPackage) ([]setting, error) {
	var todo []setting
	for _, label := range slices.Sorted(maps.Keys(change.Fields)) {
		s, err := c.planField(ctx, label, change.Fields[label], base, is)
		if err != nil {
			return nil, err
		}
		if s != nil {
			todo = append(todo, *s)
		}
	}
	s, err := c.planStatus(ctx, change.Status, base, is)
	if s != nil {
		todo = append(todo, *s)
	}
	return todo, err
}

// planField is nil for a field that has the wanted value.
func (c *Client) planField(ctx context.Context, label string, want any, base, is *WorkPackage) (*setting, error) {
	now, err := is.Fields.Lookup(label)
	if err != nil || now.holds(want) {
		return nil, err
	}
	was, err := base.Fields.Lookup(label)
	if err != nil {
		return nil, err
	}
	f := now.field
	s := &setting{key: f.Key, label: f.Label, kind: f.Type, link: f.linked(), wanted: fmt.Sprint(want)}
	if was.Text() != now.Text() {
		return nil, &ConflictError{WorkPackage: is.ID, What: f.Label, Was: was.Text(), Is: now.Text(), Wanted: s.wanted}
	}
	if f.ReadOnly {
		return nil, &FieldError{Label: f.Label, Type: f.Type, ReadOnly: true}
	}
	s.value, err = c.fit(ctx, is.Schema.Href, f, want)
	return s, err
}

// planStatus is nil for a work package that has the wanted status, or if none is
// wanted.
func (c *Client) planStatus(ctx context.Context, want string, base, is *WorkPackage) (*setting, error) {
	if want == "" || sameName(want, is.Status.Title) {
		return nil, nil
	}
	found, err := c.FindStatuses(ctx, []string{want})
	if err != nil || found[0].ID == is.Status.ID {
		return nil, err
	}
	if base.Status.ID != is.Status.ID {
		return nil, &ConflictError{WorkPackage: is.ID, What: "status", Was: base.Status.label(), Is: is.Status.label(), Wanted: want}
	}
	href := c.base.prefix + fmt.Sprintf("%s/statuses/%d", apiRoot, found[0].ID)
	if at := strings.LastIndexByte(is.Status.Href, '/'); at >= 0 { // as the tracker writes them, with or without prefix
		href = fmt.Sprintf("%s/%d", is.Status.Href[:at], found[0].ID)
	}
	return &setting{key: "status", label: "status", link: true, value: wireTarget(href), wanted: want}, nil
}

// wireTarget is a link as it is written; "" is none.
func wireTarget(href string) any {
	if href == "" {
		return map[string]any{"href": nil}
	}
	return map[string]any{"href": href}
}

// sameName compares names as people write them (API.md 4).
func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
