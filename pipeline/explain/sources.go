package explain

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ingest/pipeline"
)

// source names where a part of an expression comes from; mostly one place, but
// a list of offerings has several.
func (a account) source(part string, r row) []Source {
	path := names(part)
	s := Source{Part: part, Value: brief(a.r.Env.Part(part))}
	s.Empty = a.r.Env.Part(part) == nil || s.Value.none() && s.Value.V != nil
	rest := path[1:]
	switch path[0] {
	case "title":
		s.Kind, s.Text = WorkPackage, "subject of the work package"
	case "body":
		s.Kind, s.Text = WorkPackage, "description of the work package"
	case "name":
		s.Kind, s.Text = Name, "name of the document"
	case "bundle":
		s.Kind, s.Text = Name, "place of the document"
	case "topics":
		s.Kind, s.Text = Field, a.field(pipeline.FieldTopics)
	case "wp":
		return a.workPackage(s, rest)
	case "site":
		s.Kind, s.Text = Setting, setting(rest)
	case "link":
		s = a.ofLink(s, rest)
	case "page":
		s = a.ofPage(s, rest)
	case "image", "pdf", "icon":
		s = a.ofAsset(s, path[0], rest)
	case "offerings":
		return a.offerings(s, r)
	default:
		s.Kind, s.Text = Unknown, part
	}
	return []Source{s}
}

// field names a custom field by its label.
func (a account) field(key string) string {
	if label, ok := a.r.Labels[key]; ok {
		return "custom field " + strconv.Quote(label)
	}
	return fmt.Sprintf("custom field %q, which tracker.fields does not name", key)
}

// workPackage is a part of wp.
func (a account) workPackage(s Source, path []string) []Source {
	s.Kind, s.Text = WorkPackage, "work package"
	if len(path) == 0 {
		return []Source{s}
	}
	if path[0] == "fields" || path[0] == "customFields" {
		return a.fields(s, path)
	}
	words := map[string]string{"createdAt": "time of creation", "updatedAt": "time of the last change", "url": "address"}
	word, ok := words[path[0]]
	if !ok {
		word = path[0]
	}
	s.Text = word + " of the work package"
	return []Source{s}
}

// fields is one custom field, or all of them that have a value.
func (a account) fields(s Source, path []string) []Source {
	s.Kind = Field
	switch {
	case len(path) > 1 && path[0] == "fields":
		if path[1] == pipeline.FieldCleanURL && a.link() != nil {
			s = a.ofLink(s, []string{"href"})
			s.Lost = nil
			return []Source{s}
		}
		s.Text = a.field(path[1])
		return []Source{s}
	case len(path) > 1:
		s.Text = "custom field shown as " + path[1]
		return []Source{s}
	}
	var list []Source
	for _, key := range slices.Sorted(maps.Keys(a.r.Labels)) {
		if v, ok := a.r.Env.WP.Fields[key]; ok {
			one := Source{Kind: Field, Part: "wp.fields." + key, Value: brief(v)}
			list = append(list, a.fields(one, []string{"fields", key})...)
		}
	}
	if len(list) == 0 {
		s.Text, s.Empty = "custom fields of the work package", true
		return []Source{s}
	}
	return list
}

// setting names the key of the configuration that gives a part of site.
func setting(path []string) string {
	switch {
	case len(path) == 0:
		return "settings of the site"
	case path[0] == "archetype": // the only constant that no setting changes
		return "constant site.archetype of the program"
	}
	path = slices.Clone(path)
	path[0] = snake(path[0])
	return "setting site." + strings.Join(path, ".")
}

// snake writes basePath as base_path.
func snake(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// offerings are the related ones: all, or that of an element.
func (a account) offerings(s Source, r row) []Source {
	s.Kind = Offering
	s.Empty = len(a.r.Env.Offerings) == 0
	if s.Empty {
		s.Text = "offerings: none shares a topic"
		return []Source{s}
	}
	all := make([]Source, 0, len(a.r.Env.Offerings))
	for _, o := range a.r.Env.Offerings {
		all = append(all, Source{Kind: Offering, Text: fmt.Sprintf("offering %d %q", o.ID, cut(o.Label)), Part: s.Part, ID: o.ID})
	}
	for _, f := range r.origins[0].Around {
		rest, ok := strings.CutPrefix(r.path, f.Key+"[")
		digits, _, _ := strings.Cut(rest, "]")
		if i, err := strconv.Atoi(digits); ok && err == nil && f.Expression == "offerings" && i < len(all) {
			return all[i : i+1]
		}
	}
	return all
}
