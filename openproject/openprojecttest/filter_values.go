package openprojecttest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// compileTime handles past date-times. Comparisons with >= and <= do not exist
// for them (API.md 3.2).
func (t *Tracker) compileTime(f filter, get func(*row) time.Time) (test, error) {
	switch f.operator {
	case "<>d":
		return compileBetween(f, get)
	case "=d":
		if len(f.values) != 1 {
			return nil, wrong(f, "values")
		}
		day, err := parseBound(f.values[0])
		return func(r *row) bool { return sameDay(get(r), day) }, err
	}
	now := t.opts.Now().UTC()
	if f.operator == "t" {
		return func(r *row) bool { return sameDay(get(r), now) }, nil
	}
	if f.operator == "w" {
		year, week := now.ISOWeek()
		return func(r *row) bool { y, w := get(r).UTC().ISOWeek(); return y == year && w == week }, nil
	}
	if len(f.values) != 1 {
		return nil, wrong(f, "values")
	}
	days, err := strconv.Atoi(f.values[0])
	if err != nil {
		return nil, wrong(f, "values")
	}
	day := now.Truncate(24*time.Hour).AddDate(0, 0, -days)
	switch f.operator {
	case ">t-":
		return func(r *row) bool { return !get(r).Before(day) }, nil
	case "<t-":
		return func(r *row) bool { return get(r).Before(day.AddDate(0, 0, 1)) }, nil
	case "t-":
		return func(r *row) bool { return sameDay(get(r), day) }, nil
	}
	return nil, wrong(f, "operator")
}

// compileBetween takes two values, either of which may be blank; both inclusive.
func compileBetween(f filter, get func(*row) time.Time) (test, error) {
	if len(f.values) != 2 {
		return nil, wrong(f, "values")
	}
	from, err := parseBound(f.values[0])
	if err != nil {
		return nil, wrong(f, "values")
	}
	to, err := parseBound(f.values[1])
	if err != nil {
		return nil, wrong(f, "values")
	}
	return func(r *row) bool {
		at := get(r)
		return (from.IsZero() || !at.Before(from)) && (to.IsZero() || !at.After(to))
	}, nil
}

// parseBound reads a date-time, or a date, which stands for its midnight.
func parseBound(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day, nil
	}
	return time.Parse(time.RFC3339, s)
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

func compileText(f filter, get func(*row) string) (test, error) {
	if len(f.values) == 0 && f.operator != "*" && f.operator != "!*" {
		return nil, wrong(f, "values")
	}
	has := func(match func(string, string) bool) test {
		return func(r *row) bool {
			return slices.ContainsFunc(f.values, func(v string) bool { return match(get(r), v) })
		}
	}
	not := func(inner test) test { return func(r *row) bool { return !inner(r) } }
	equal := func(a, b string) bool { return a == b }
	switch f.operator {
	case "~":
		return has(containsFold), nil
	case "!~":
		return not(has(containsFold)), nil
	case "=":
		return has(equal), nil
	case "!":
		return not(has(equal)), nil
	case "*":
		return func(r *row) bool { return get(r) != "" }, nil
	case "!*":
		return func(r *row) bool { return get(r) == "" }, nil
	}
	return nil, wrong(f, "operator")
}

// compileSearch finds every word in the id or the subject; typeahead also in
// the names of type, status and project.
func (t *Tracker) compileSearch(f filter) (test, error) {
	if f.operator != "**" || len(f.values) == 0 {
		return nil, wrong(f, "operator")
	}
	words := strings.Fields(strings.Join(f.values, " "))
	return func(r *row) bool {
		text := r.Subject
		if f.name == "typeahead" {
			kind, _ := byID(t.types, r.Type, typeID)
			status, _ := byID(t.statuses, r.Status, statusID)
			project, _ := byID(t.projects, r.Project, projectID)
			text = fmt.Sprint(r.Subject, " ", kind.Name, " ", status.Name, " ", project.Name)
		}
		return !slices.ContainsFunc(words, func(word string) bool {
			return !containsFold(text, word) && strings.TrimPrefix(word, "#") != number(r.ID)
		})
	}, nil
}

// compileField handles custom fields: lists by option id, numbers by order,
// everything else as text.
func (t *Tracker) compileField(f filter, id string) (test, error) {
	i := slices.IndexFunc(t.fields, func(c *field) bool { return number(c.ID) == id })
	if i < 0 {
		return nil, filterError(f.name + " filter does not exist.")
	}
	custom := t.fields[i]
	values := func(r *row) []string { return t.filterValues(custom, r.value(custom)) }
	switch f.operator {
	case "*":
		return func(r *row) bool { return len(values(r)) > 0 }, nil
	case "!*":
		return func(r *row) bool { return len(values(r)) == 0 }, nil
	case ">=", "<=":
		return compileOrder(f, custom, values)
	case "=", "!":
		if custom.Format == List && slices.ContainsFunc(f.values, func(v string) bool { return !custom.hasOption(v) }) {
			return nil, wrong(f, "values")
		}
		return func(r *row) bool {
			has := slices.ContainsFunc(values(r), func(v string) bool { return slices.Contains(f.values, v) })
			return has == (f.operator == "=")
		}, nil
	}
	return compileText(f, func(r *row) string { return strings.Join(values(r), "\n") })
}

func (f *field) hasOption(id string) bool {
	return slices.ContainsFunc(f.options, func(o option) bool { return number(o.id) == id })
}

func compileOrder(f filter, custom *field, values func(*row) []string) (test, error) {
	if custom.Format != Integer && custom.Format != Float || len(f.values) != 1 {
		return nil, wrong(f, "operator")
	}
	bound, err := strconv.ParseFloat(f.values[0], 64)
	if err != nil {
		return nil, wrong(f, "values")
	}
	return func(r *row) bool {
		return slices.ContainsFunc(values(r), func(v string) bool {
			n, err := strconv.ParseFloat(v, 64)
			return err == nil && (n == bound || (n > bound) == (f.operator == ">="))
		})
	}, nil
}

// filterValues are a field's values in the words of filters: option ids, "t" and
// "f", else the text.
func (t *Tracker) filterValues(f *field, v any) []string {
	var all []string
	for _, one := range asList(v) {
		switch one := one.(type) {
		case string:
			if f.Format == List || f.Format == Hierarchy {
				all = append(all, number(t.optionID(f, one)))
			} else if one != "" {
				all = append(all, one)
			}
		case bool:
			all = append(all, map[bool]string{true: "t", false: "f"}[one])
		default:
			all = append(all, fmt.Sprint(one))
		}
	}
	return all
}
