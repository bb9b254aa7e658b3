package openprojecttest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// project finds a project by id or identifier among those one may see.
func (t *Tracker) project(v viewer, ref string) (Project, bool) {
	for _, p := range t.projects {
		if (p.Identifier == ref || number(p.ID) == ref) && v.sees(p) {
			return p, true
		}
	}
	return Project{}, false
}

// family is a project with all projects below it.
func (t *Tracker) family(id int64) map[int64]bool {
	family := map[int64]bool{id: true}
	for grown := true; grown; {
		grown = false
		for _, p := range t.projects {
			if family[p.Parent] && !family[p.ID] {
				family[p.ID], grown = true, true
			}
		}
	}
	return family
}

func (t *Tracker) listProjects(v viewer, r *http.Request) answer {
	filters, err := parseFilters(r.URL.Query())
	if err != nil {
		return invalidQuery(err.Error())
	}
	var visible []Project
	for _, p := range t.projects {
		if v.sees(p) && matchesNamed(filters, p.ID, p.Name, p.Identifier) {
			visible = append(visible, p)
		}
	}
	offset, size, from, to := t.cutPage(r.URL.Query(), len(visible))
	page := pageOf("Collection", t.href("projects"), r.URL.Query(), offset, size, len(visible), render(visible[from:to], t.renderProject))
	return ok(page)
}

func (t *Tracker) getProjectSub(v viewer, r *http.Request) answer {
	p, found := t.project(v, r.PathValue("id"))
	if !found {
		return notFound()
	}
	at := t.href("projects", number(p.ID), r.PathValue("sub"))
	switch r.PathValue("sub") {
	case "work_packages":
		family := map[int64]bool{p.ID: true}
		if r.URL.Query().Get("includeSubprojects") != "false" {
			family = t.family(p.ID)
		}
		return t.listRows(v, r, at, family)
	case "types":
		var types []Type
		for _, n := range t.types {
			if allows(p.Types, n.ID) {
				types = append(types, n)
			}
		}
		return ok(collection(render(types, t.renderType), at))
	case "versions":
		return ok(collection(render(p.Versions, func(v Version) object { return t.renderVersion(v, p) }), at))
	}
	return notFound()
}

func (t *Tracker) listUsers(kind string, r *http.Request) answer {
	filters, err := parseFilters(r.URL.Query())
	if err != nil {
		return invalidQuery(err.Error())
	}
	var found []User
	for _, u := range t.users {
		if (kind == "principals" || u.kind() == "users") && matchesNamed(filters, u.ID, u.Name, u.Login) {
			found = append(found, u)
		}
	}
	offset, size, from, to := t.cutPage(r.URL.Query(), len(found))
	return ok(pageOf("Collection", t.href(kind), r.URL.Query(), offset, size, len(found), render(found[from:to], t.renderUser)))
}

// matchesNamed applies the filters that projects and users share: by id, and by
// parts of their names. Others hold for everything.
func matchesNamed(filters []filter, id int64, names ...string) bool {
	for _, f := range filters {
		within := func(value string) bool {
			return slices.ContainsFunc(names, func(name string) bool { return containsFold(name, value) })
		}
		exactly := func(value string) bool {
			return value == strconv.FormatInt(id, 10) || f.name != "id" && slices.Contains(names, value)
		}
		switch f.operator {
		case "=":
			if !slices.ContainsFunc(f.values, exactly) {
				return false
			}
		case "!":
			if slices.ContainsFunc(f.values, exactly) {
				return false
			}
		case "~", "**":
			if !slices.ContainsFunc(f.values, within) {
				return false
			}
		}
	}
	return true
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
