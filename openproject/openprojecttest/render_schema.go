package openprojecttest

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

func (t *Tracker) schemaHref(project, kind int64) string {
	return t.href("work_packages", "schemas", fmt.Sprintf("%d-%d", project, kind))
}

// parseSchemaID reads "41-7" and tells whether there is such a schema.
func (t *Tracker) parseSchemaID(id string) (project, kind int64, ok bool) {
	a, b, _ := strings.Cut(id, "-")
	project, _ = strconv.ParseInt(a, 10, 64)
	kind, _ = strconv.ParseInt(b, 10, 64)
	p, hasProject := byID(t.projects, project, projectID)
	_, hasType := byID(t.types, kind, typeID)
	return project, kind, hasProject && hasType && allows(p.Types, kind)
}

func (t *Tracker) schemasHref(ids []string) string {
	filters := string(mustJSON([]any{object{"id": object{"operator": "=", "values": ids}}}))
	return t.href("work_packages", "schemas") + "?" + url.Values{"filters": {filters}}.Encode()
}

// schema describes the work packages of one project and type.
func (t *Tracker) schema(project, kind int64) object {
	s := object{
		"_type": "Schema", "_dependencies": []any{},
		"_links": self(object{"href": t.schemaHref(project, kind)}),
	}
	for _, p := range builtin() {
		s[p.key] = entry(p.kind, p.name, p.location, p.writable)
	}
	var names []string
	for _, f := range t.fieldsOf(project, kind) {
		s[f.key()] = t.fieldEntry(f)
		names = append(names, f.key())
	}
	s["_attributeGroups"] = []any{object{"_type": "WorkPackageFormAttributeGroup", "name": "Details", "attributes": names}}
	return s
}

func (t *Tracker) fieldEntry(f *field) object {
	kind, location := string(f.Format), ""
	if f.Multi {
		kind = "[]" + kind
	}
	if f.Format.linked() {
		location = "_links"
	}
	e := entry(kind, f.Name, location, f.Format != Calculated && !f.ReadOnly)
	if f.Format != List {
		return e
	}
	links, values := []any{}, []any{}
	for _, o := range f.options {
		l := t.link("custom_options", o.id, o.label)
		links = append(links, l)
		values = append(values, object{"_type": "CustomOption", "id": o.id, "value": o.label, "_links": self(l)})
	}
	e["_links"] = object{"allowedValues": links}
	e["_embedded"] = object{"allowedValues": values}
	return e
}

func entry(kind, name, location string, writable bool) object {
	e := object{"type": kind, "name": name, "required": false, "hasDefault": false, "writable": writable, "options": object{}}
	if location != "" {
		e["location"] = location
	}
	return e
}

type property struct {
	key, kind, name, location string
	writable                  bool
}

// builtin are the properties that every work package has.
func builtin() []property {
	return []property{
		{"lockVersion", "Integer", "Lock version", "", false},
		{"id", "Integer", "ID", "", false},
		{"subject", "String", "Subject", "", true},
		{"description", "Formattable", "Description", "", true},
		{"startDate", "Date", "Start date", "", true},
		{"dueDate", "Date", "Finish date", "", true},
		{"createdAt", "DateTime", "Created on", "", false},
		{"updatedAt", "DateTime", "Updated on", "", false},
		{"author", "User", "Author", "_links", false},
		{"project", "Project", "Project", "_links", true},
		{"parent", "WorkPackage", "Parent", "_links", true},
		{"assignee", "User", "Assignee", "_links", true},
		{"responsible", "User", "Accountable", "_links", true},
		{"type", "Type", "Type", "_links", true},
		{"status", "Status", "Status", "_links", true},
		{"version", "Version", "Version", "_links", true},
		{"priority", "Priority", "Priority", "_links", true},
	}
}
