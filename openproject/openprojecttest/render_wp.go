package openprojecttest

import (
	"encoding/json"
	"fmt"
	"slices"
)

// element is a work package as it stands in lists, kept until it changes.
func (t *Tracker) element(r *row) []byte {
	if r.wire == nil || r.era != t.era {
		r.wire, r.era = mustJSON(t.workPackage(r)), t.era
	}
	return r.wire
}

// single is a work package as it is answered alone, with what it embeds.
func (t *Tracker) single(r *row) object {
	w := t.workPackage(r)
	kind, _ := byID(t.types, r.Type, typeID)
	status, _ := byID(t.statuses, r.Status, statusID)
	project, _ := byID(t.projects, r.Project, projectID)
	priority, _ := byID(t.priorities, r.Priority, priorityID)
	embedded := object{
		"attachments":   t.attachmentsOf(r.ID),
		"relations":     collection(nil, t.href("work_packages", number(r.ID), "relations")),
		"type":          t.renderType(kind),
		"status":        t.renderStatus(status),
		"priority":      t.renderPriority(priority),
		"project":       t.renderProject(project),
		"customActions": []any{},
	}
	if author, ok := byID(t.users, r.Author, userID); ok {
		embedded["author"] = t.renderUser(author)
	}
	w["_embedded"] = embedded
	return w
}

func (t *Tracker) workPackage(r *row) object {
	w := object{
		"_type": "WorkPackage", "id": r.ID, "displayId": number(r.ID), "lockVersion": r.LockVersion,
		"subject": r.Subject, "description": formattable("markdown", textOrNil(r.Description)),
		"scheduleManually": true, "estimatedTime": nil, "derivedEstimatedTime": nil,
		"remainingTime": nil, "derivedRemainingTime": nil, "duration": nil,
		"ignoreNonWorkingDays": false, "percentageDone": nil, "derivedPercentageDone": nil,
		"createdAt": t.stamp(r.CreatedAt), "updatedAt": t.stamp(r.UpdatedAt),
	}
	if kind, _ := byID(t.types, r.Type, typeID); kind.Milestone {
		w["date"] = textOrNil(r.DueDate)
	} else {
		w["startDate"], w["dueDate"] = textOrNil(r.StartDate), textOrNil(r.DueDate)
		w["derivedStartDate"], w["derivedDueDate"] = nil, nil
	}
	links := t.workPackageLinks(r)
	for _, f := range t.fieldsOf(r.Project, r.Type) {
		if f.Format.linked() {
			links[f.key()] = t.fieldLinks(r, f)
		} else {
			w[f.key()] = plainValue(f, r.value(f))
		}
	}
	w["_links"] = links
	return w
}

func (t *Tracker) workPackageLinks(r *row) object {
	here := func(sub ...string) string {
		return t.href(append([]string{"work_packages", number(r.ID)}, sub...)...)
	}
	kind, _ := byID(t.types, r.Type, typeID)
	status, _ := byID(t.statuses, r.Status, statusID)
	priority, _ := byID(t.priorities, r.Priority, priorityID)
	project, _ := byID(t.projects, r.Project, projectID)
	links := object{
		"self":        object{"href": here(), "title": r.Subject},
		"schema":      object{"href": t.schemaHref(r.Project, r.Type)},
		"attachments": object{"href": here("attachments")},
		"activities":  object{"href": here("activities")},
		"relations":   object{"href": here("relations")},
		"revisions":   object{"href": here("revisions")},
		"watchers":    object{"href": here("watchers")},
		"type":        t.link("types", kind.ID, kind.Name),
		"status":      t.link("statuses", status.ID, status.Name),
		"priority":    t.link("priorities", priority.ID, priority.Name),
		"project":     t.link("projects", project.ID, project.Name),
		"author":      t.userLink(r.Author),
		"assignee":    t.userLink(r.Assignee),
		"responsible": t.userLink(r.Responsible),
		"category":    object{"href": nil},
		"version":     t.versionLink(r.Version),
		"parent":      t.parentLink(r.Parent),
		"ancestors":   []any{}, "customActions": []any{},
	}
	if !t.opts.ReadOnly {
		links["update"] = object{"href": here("form"), "method": "post"}
		links["updateImmediately"] = object{"href": here(), "method": "patch"}
		links["addAttachment"] = object{"href": here("attachments"), "method": "post"}
		links["addComment"] = object{"href": here("activities"), "title": "Add comment", "method": "post"}
	}
	return links
}

func (t *Tracker) userLink(id int64) object {
	u, ok := byID(t.users, id, userID)
	if !ok {
		return object{"href": nil}
	}
	return t.link(u.kind(), u.ID, u.Name)
}

func (u User) kind() string {
	if u.Kind == "" {
		return "users"
	}
	return u.Kind
}

func (t *Tracker) versionLink(id int64) object {
	for _, p := range t.projects {
		if v, ok := byID(p.Versions, id, versionID); ok {
			return t.link("versions", v.ID, v.Name)
		}
	}
	return object{"href": nil}
}

func versionID(v Version) int64 { return v.ID }

func (t *Tracker) parentLink(id int64) object {
	if i, ok := t.find(id); ok {
		return t.link("work_packages", id, t.rows[i].Subject)
	}
	return object{"href": nil, "title": nil}
}

// value is what a work package has in a field, by the field's key or its name.
func (r *row) value(f *field) any {
	if v, ok := r.Fields[f.key()]; ok {
		return v
	}
	return r.Fields[f.Name]
}

func plainValue(f *field, v any) any {
	if f.Format == LongText {
		return formattable("markdown", v)
	}
	return v
}

// fieldLinks is the value of a field that lives among the links.
func (t *Tracker) fieldLinks(r *row, f *field) any {
	links := []object{}
	for _, v := range asList(r.value(f)) {
		switch target := v.(type) {
		case string:
			kind := "custom_options"
			if f.Format == Hierarchy {
				kind = "custom_field_items"
			}
			links = append(links, t.link(kind, t.optionID(f, target), target))
		case int64:
			if f.Format == VersionRef {
				links = append(links, t.versionLink(target))
			} else {
				links = append(links, t.userLink(target))
			}
		}
	}
	switch {
	case f.Multi:
		return links
	case len(links) == 0:
		return object{"href": nil}
	}
	return links[0]
}

func asList(v any) []any {
	var all []any
	switch v := v.(type) {
	case nil:
	case []string:
		for _, s := range v {
			all = append(all, s)
		}
	case []int64:
		for _, n := range v {
			all = append(all, n)
		}
	case int:
		all = append(all, int64(v))
	default:
		all = append(all, v)
	}
	return all
}

// fieldsOf lists the custom fields that a project and a type both have.
func (t *Tracker) fieldsOf(project, kind int64) []*field {
	var fields []*field
	for _, f := range t.fields {
		if allows(f.Projects, project) && allows(f.Types, kind) {
			fields = append(fields, f)
		}
	}
	return fields
}

// allows reads a list of ids in which nil means all.
func allows(ids []int64, id int64) bool { return ids == nil || slices.Contains(ids, id) }

func textOrNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("openprojecttest: a fixture holds what JSON cannot: %v", err))
	}
	return b
}
