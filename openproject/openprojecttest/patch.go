package openprojecttest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// patchWorkPackage changes a work package: the body needs the lockVersion of
// the last read, and changes all it names or nothing (API.md 9).
func (t *Tracker) patchWorkPackage(v viewer, r *http.Request) answer {
	w, found := t.visibleRow(v, r.PathValue("id"))
	if !found {
		return notFound()
	}
	if t.opts.ReadOnly || v.anonymous {
		return forbidden()
	}
	var body map[string]json.RawMessage
	if refusal := readBody(r, &body); refusal != nil {
		return *refusal
	}
	if string(body["lockVersion"]) != strconv.Itoa(w.LockVersion) {
		return refuse(http.StatusConflict, "UpdateConflict", "Could not update the resource because of conflicting modifications.")
	}
	delete(body, "lockVersion")
	p := &patch{t: t, from: w.Status, to: w.WorkPackage}
	p.to.Fields = maps.Clone(w.Fields)
	if p.to.Fields == nil {
		p.to.Fields = map[string]any{}
	}
	p.properties(body)
	if len(p.faults) > 0 {
		return invalid(p.faults)
	}
	w.WorkPackage = p.to
	t.touch(w)
	t.activities = append(t.activities, &activity{workPackage: w.ID, Activity: Activity{
		ID: t.nextID(), User: t.opts.User.ID, Version: w.LockVersion + 1, CreatedAt: w.UpdatedAt, Notified: notifies(r),
	}})
	t.emitWorkPackage("updated", w, t.opts.User.ID)
	return ok(t.single(w))
}

// patch collects changes and what is wrong with them.
type patch struct {
	t      *Tracker
	from   int64 // the status before
	to     WorkPackage
	faults []object
}

func (p *patch) fault(identifier, key, message string) {
	p.faults = append(p.faults, errorObject(identifier, message, key))
}

func (p *patch) readOnly(key string) {
	p.fault("PropertyIsReadOnly", key, key+" was attempted to be written but is not writable.")
}

func (p *patch) properties(body map[string]json.RawMessage) {
	for _, key := range slices.Sorted(maps.Keys(body)) {
		var text struct{ Raw string }
		raw := body[key]
		switch f := p.field(key); {
		case key == "subject":
			p.decode(key, raw, &p.to.Subject)
			if strings.TrimSpace(p.to.Subject) == "" {
				p.fault("PropertyConstraintViolation", key, "Subject can't be blank.")
			}
		case key == "description":
			p.decode(key, raw, &text)
			p.to.Description = text.Raw
		case key == "_links":
			p.links(raw)
		case f == nil || f.Format.linked() || f.Format == Calculated || f.ReadOnly:
			p.readOnly(key)
		case f.Format == LongText:
			p.decode(key, raw, &text)
			p.to.Fields[f.Name] = text.Raw
		default:
			var v any
			p.decode(key, raw, &v)
			p.to.Fields[f.Name] = v
		}
	}
}

func (p *patch) decode(key string, raw json.RawMessage, to any) {
	if err := decodeJSON(string(raw), to); err != nil {
		p.fault("PropertyFormatError", key, fmt.Sprintf("Invalid format for property %q.", key))
	}
}

func (p *patch) field(key string) *field {
	for _, f := range p.t.fieldsOf(p.to.Project, p.to.Type) {
		if f.key() == key {
			return f
		}
	}
	return nil
}

func (p *patch) links(raw json.RawMessage) {
	var links map[string]json.RawMessage
	p.decode("_links", raw, &links)
	refs := map[string]*int64{
		"type": &p.to.Type, "status": &p.to.Status, "priority": &p.to.Priority, "project": &p.to.Project,
		"assignee": &p.to.Assignee, "responsible": &p.to.Responsible, "parent": &p.to.Parent, "version": &p.to.Version,
	}
	for _, key := range slices.Sorted(maps.Keys(links)) {
		ids := p.targets(key, links[key])
		f := p.field(key)
		switch {
		case refs[key] != nil && len(ids) <= 1:
			*refs[key] = 0
			for _, id := range ids {
				*refs[key] = id
			}
		case f == nil || f.ReadOnly || !f.Format.linked():
			p.readOnly(key)
		case f.Format == List || f.Format == Hierarchy:
			p.to.Fields[f.Name] = p.labels(f, ids)
		default:
			p.to.Fields[f.Name] = ids
		}
	}
	p.check()
}

// targets reads one link or an array of links to ids.
func (p *patch) targets(key string, raw json.RawMessage) []int64 {
	type link struct{ Href *string }
	var many []link
	if strings.HasPrefix(string(raw), "[") {
		p.decode(key, raw, &many)
	} else {
		many = make([]link, 1)
		p.decode(key, raw, &many[0])
	}
	var ids []int64
	for _, l := range many {
		if l.Href == nil {
			continue
		}
		id, err := strconv.ParseInt((*l.Href)[strings.LastIndexByte(*l.Href, '/')+1:], 10, 64)
		if err != nil {
			p.fault("ResourceTypeMismatch", key, "The link does not name a resource by number.")
		}
		ids = append(ids, id)
	}
	return ids
}

func (p *patch) labels(f *field, ids []int64) []string {
	labels := []string{}
	for _, id := range ids {
		o, found := byID(f.options, id, func(o option) int64 { return o.id })
		if !found {
			p.fault("PropertyConstraintViolation", f.key(), f.Name+" is not set to one of the allowed values.")
		}
		labels = append(labels, o.label)
	}
	return labels
}

// check refuses references that every work package must have.
func (p *patch) check() {
	_, hasType := byID(p.t.types, p.to.Type, typeID)
	status, hasStatus := byID(p.t.statuses, p.to.Status, statusID)
	_, hasProject := byID(p.t.projects, p.to.Project, projectID)
	for _, ref := range []struct {
		key  string
		fine bool
	}{{"type", hasType}, {"status", hasStatus}, {"project", hasProject}} {
		if !ref.fine {
			p.fault("PropertyConstraintViolation", ref.key, ref.key+" is not set to one of the allowed values.")
		}
	}
	if p.to.Status != p.from && !allows(status.From, p.from) {
		p.fault("PropertyConstraintViolation", "status", "Status is invalid because no valid transition exists from old to new status for the current user's roles.")
	}
}
