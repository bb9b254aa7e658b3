package openprojecttest

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// filter is one condition of a filters parameter.
type filter struct {
	name     string // lower case, without underscores: "updatedat", "cf13"
	operator string
	values   []string
}

// filterError is what the tracker says of a filter, worded as it words things.
type filterError string

func (e filterError) Error() string { return string(e) }

// parseFilters reads the filters parameter, for which older servers also take
// "filter". Only the first key of each object counts, values become strings
// (API.md 3). The names of Go's maps have no order: an object of several keys is
// refused here.
func parseFilters(query url.Values) ([]filter, error) {
	raw := query.Get("filters")
	if !query.Has("filters") {
		raw = query.Get("filter")
	}
	if raw == "" {
		return nil, nil
	}
	var wire []map[string]struct {
		Operator string `json:"operator"`
		Values   []any  `json:"values"`
	}
	if err := decodeJSON(raw, &wire); err != nil {
		return nil, filterError("Filters are not valid JSON.")
	}
	var filters []filter
	for _, one := range wire {
		if len(one) != 1 {
			return nil, filterError("A filter has more or less than one name.")
		}
		for name, c := range one {
			f := filter{name: filterName(name), operator: c.Operator}
			for _, v := range c.Values {
				if v != nil {
					f.values = append(f.values, fmt.Sprint(v))
				}
			}
			filters = append(filters, f)
		}
	}
	return filters, nil
}

// filterName brings the spellings of a name together: updatedAt, updated_at;
// type, type_id; customField7, cf_7.
func filterName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, "_", ""))
	if n, ok := strings.CutPrefix(name, "customfield"); ok {
		return "cf" + n
	}
	switch name {
	case "assignedto", "assignedtoid":
		return "assignee"
	case "subjectorid", "id", "subprojectid":
		return name
	}
	return strings.TrimSuffix(name, "id")
}

// test tells whether a work package satisfies a condition.
type test func(*row) bool

// compile turns a filter into a test, or refuses it as the tracker would.
func (t *Tracker) compile(f filter) (test, error) {
	if id, ok := strings.CutPrefix(f.name, "cf"); ok {
		return t.compileField(f, id)
	}
	switch f.name {
	case "status":
		return t.compileStatus(f)
	case "createdat":
		return t.compileTime(f, func(r *row) time.Time { return r.CreatedAt })
	case "updatedat":
		return t.compileTime(f, func(r *row) time.Time { return r.UpdatedAt })
	case "subject":
		return compileText(f, func(r *row) string { return r.Subject })
	case "description":
		return compileText(f, func(r *row) string { return r.Description })
	case "subjectorid", "search", "typeahead":
		return t.compileSearch(f)
	}
	return t.compileRef(f)
}

func wrong(f filter, what string) error {
	return filterError(strings.ToUpper(f.name[:1]) + f.name[1:] + " filter has invalid " + what + ".")
}

// compileRef handles everything that points to something by id.
func (t *Tracker) compileRef(f filter) (test, error) {
	knows := map[string]func(int64) bool{
		"type":         func(id int64) bool { _, ok := byID(t.types, id, typeID); return ok },
		"project":      func(id int64) bool { _, ok := byID(t.projects, id, projectID); return ok },
		"subprojectid": func(id int64) bool { _, ok := byID(t.projects, id, projectID); return ok },
		"priority":     func(id int64) bool { _, ok := byID(t.priorities, id, priorityID); return ok },
		"id":           func(int64) bool { return true },
		"parent":       func(id int64) bool { _, ok := t.find(id); return ok },
		"author":       func(id int64) bool { _, ok := byID(t.users, id, userID); return ok },
		"assignee":     func(id int64) bool { _, ok := byID(t.users, id, userID); return ok },
		"responsible":  func(id int64) bool { _, ok := byID(t.users, id, userID); return ok },
		"version":      func(id int64) bool { return t.versionLink(id)["title"] != nil },
	}[f.name]
	if knows == nil {
		return nil, filterError(f.name + " filter does not exist.")
	}
	get := refOf(f.name)
	switch f.operator {
	case "*":
		return func(r *row) bool { return get(r) != 0 }, nil
	case "!*":
		return func(r *row) bool { return get(r) == 0 }, nil
	case "=", "!":
		ids, err := t.ids(f, knows)
		if err != nil {
			return nil, err
		}
		return func(r *row) bool { return slices.Contains(ids, get(r)) == (f.operator == "=") }, nil
	}
	return nil, wrong(f, "operator")
}

func refOf(name string) func(*row) int64 {
	return map[string]func(*row) int64{
		"type":         func(r *row) int64 { return r.Type },
		"project":      func(r *row) int64 { return r.Project },
		"subprojectid": func(r *row) int64 { return r.Project },
		"priority":     func(r *row) int64 { return r.Priority },
		"id":           func(r *row) int64 { return r.ID },
		"parent":       func(r *row) int64 { return r.Parent },
		"author":       func(r *row) int64 { return r.Author },
		"assignee":     func(r *row) int64 { return r.Assignee },
		"responsible":  func(r *row) int64 { return r.Responsible },
		"version":      func(r *row) int64 { return r.Version },
	}[name]
}

// ids reads the values of a filter: ids that exist, never names. People may be
// "me".
func (t *Tracker) ids(f filter, knows func(int64) bool) ([]int64, error) {
	var ids []int64
	for _, v := range f.values {
		id, err := strconv.ParseInt(v, 10, 64)
		if v == "me" {
			id, err = t.opts.User.ID, nil
		}
		if err != nil || !knows(id) {
			return nil, wrong(f, "values")
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, wrong(f, "values")
	}
	return ids, nil
}

func (t *Tracker) compileStatus(f filter) (test, error) {
	closed := func(r *row) bool {
		s, _ := byID(t.statuses, r.Status, statusID)
		return s.Closed
	}
	switch f.operator { // values of these are ignored: clients send [] and [""]
	case "o":
		return func(r *row) bool { return !closed(r) }, nil
	case "c":
		return closed, nil
	case "*":
		return func(*row) bool { return true }, nil
	case "=", "!":
		ids, err := t.ids(f, func(id int64) bool { _, ok := byID(t.statuses, id, statusID); return ok })
		return func(r *row) bool { return slices.Contains(ids, r.Status) == (f.operator == "=") }, err
	}
	return nil, wrong(f, "operator")
}
