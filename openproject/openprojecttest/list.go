package openprojecttest

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func (t *Tracker) listWorkPackages(v viewer, r *http.Request) answer {
	return t.listRows(v, r, t.href("work_packages"), nil)
}

// listRows answers a list of the work packages in some projects, nil for all.
func (t *Tracker) listRows(v viewer, r *http.Request, path string, projects map[int64]bool) answer {
	query := r.URL.Query()
	rows, err := t.selectRows(v, query, projects)
	if err != nil {
		return invalidQuery(err.Error())
	}
	if err := sortRows(rows, query.Get("sortBy")); err != nil {
		return invalidQuery(err.Error())
	}
	offset, size, from, to := t.cutPage(query, len(rows))
	reply := pageOf("WorkPackageCollection", path, query, offset, size, len(rows), []any{})
	reply["count"] = to - from
	if !t.opts.NoSchemas {
		schemas, at := t.schemasOf(rows[from:to])
		reply["_embedded"].(object)["schemas"] = schemas
		reply["_links"].(object)["schemas"] = object{"href": at}
	}
	a := ok(reply)
	a.body = t.withElements(a.body, rows[from:to])
	return a
}

// withElements puts the rows into a page that was rendered without any. Their
// JSON is at hand; rendering it through the page would double the work. "elements"
// comes before "schemas", so the first empty list is the right one.
func (t *Tracker) withElements(page []byte, rows []*row) []byte {
	elements := make([][]byte, len(rows))
	for i, r := range rows {
		elements[i] = t.element(r)
	}
	list := slices.Concat([]byte(`"elements":[`), bytes.Join(elements, []byte(",")), []byte("]"))
	return bytes.Replace(page, []byte(`"elements":[]`), list, 1)
}

// selectRows applies the filters. Without any filters parameter the tracker
// shows open work packages only (API.md 3.1).
func (t *Tracker) selectRows(v viewer, query url.Values, projects map[int64]bool) ([]*row, error) {
	filters, err := parseFilters(query)
	if err != nil {
		return nil, err
	}
	if !query.Has("filters") && !query.Has("filter") {
		filters = []filter{{name: "status", operator: "o"}}
	}
	var tests []test
	for _, f := range filters {
		matches, err := t.compile(f)
		if err != nil {
			return nil, err
		}
		tests = append(tests, matches)
	}
	visible := map[int64]bool{}
	for _, p := range t.projects {
		visible[p.ID] = v.sees(p) && (projects == nil || projects[p.ID])
	}
	var rows []*row
	for _, r := range t.rows {
		if visible[r.Project] && !slices.ContainsFunc(tests, func(matches test) bool { return !matches(r) }) {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// sortRows reads [["updatedAt","asc"],["id","asc"]] or ["updatedAt:asc"].
// Without it, rows stand by id.
func sortRows(rows []*row, sortBy string) error {
	if sortBy == "" {
		return nil
	}
	var criteria []any
	if err := decodeJSON(sortBy, &criteria); err != nil {
		return fmt.Errorf("sort criteria are not valid JSON")
	}
	var orders []func(a, b *row) int
	for _, c := range criteria {
		text := fmt.Sprint(c)
		if pair, isPair := c.([]any); isPair && len(pair) == 2 {
			text = fmt.Sprint(pair[0], ":", pair[1])
		}
		name, direction, _ := strings.Cut(text, ":")
		order := orderBy(filterName(name))
		if order == nil {
			return fmt.Errorf("can't sort by column: %s", name)
		}
		if direction == "desc" {
			ascending := order
			order = func(a, b *row) int { return ascending(b, a) }
		}
		orders = append(orders, order)
	}
	slices.SortStableFunc(rows, func(a, b *row) int {
		for _, order := range orders {
			if c := order(a, b); c != 0 {
				return c
			}
		}
		return 0
	})
	return nil
}

func orderBy(name string) func(a, b *row) int {
	switch name {
	case "id":
		return func(a, b *row) int { return cmp.Compare(a.ID, b.ID) }
	case "createdat":
		return func(a, b *row) int { return a.CreatedAt.Compare(b.CreatedAt) }
	case "updatedat":
		return func(a, b *row) int { return a.UpdatedAt.Compare(b.UpdatedAt) }
	case "subject":
		return func(a, b *row) int { return strings.Compare(a.Subject, b.Subject) }
	case "type":
		return func(a, b *row) int { return cmp.Compare(a.Type, b.Type) }
	case "status":
		return func(a, b *row) int { return cmp.Compare(a.Status, b.Status) }
	case "project":
		return func(a, b *row) int { return cmp.Compare(a.Project, b.Project) }
	}
	return nil
}

// schemasOf are the schemas of the rows of a page, each once, and their address.
func (t *Tracker) schemasOf(rows []*row) (schemas object, at string) {
	var ids []string
	var list []any
	for _, r := range rows {
		if id := fmt.Sprintf("%d-%d", r.Project, r.Type); !slices.Contains(ids, id) {
			ids = append(ids, id)
			list = append(list, t.schema(r.Project, r.Type))
		}
	}
	return collection(list, t.schemasHref(ids)), t.schemasHref(ids)
}

func (t *Tracker) listSchemas(v viewer, r *http.Request) answer {
	filters, err := parseFilters(r.URL.Query())
	if err != nil || len(filters) != 1 || filters[0].name != "id" {
		return invalidQuery("Filters id needs to be set.")
	}
	var schemas []any
	for _, id := range filters[0].values {
		if project, kind, found := t.parseSchemaID(id); found && t.seesProject(v, project) {
			schemas = append(schemas, t.schema(project, kind))
		}
	}
	return ok(collection(schemas, t.schemasHref(filters[0].values)))
}

func (t *Tracker) seesProject(v viewer, id int64) bool {
	p, exists := byID(t.projects, id, projectID)
	return exists && v.sees(p)
}

// visibleRow finds a work package that one may see. What one may not see does
// not exist.
func (t *Tracker) visibleRow(v viewer, id string) (*row, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, false
	}
	i, found := t.find(n)
	if !found || !t.seesProject(v, t.rows[i].Project) {
		return nil, false
	}
	return t.rows[i], true
}

func (t *Tracker) getWorkPackage(v viewer, r *http.Request) answer {
	w, found := t.visibleRow(v, r.PathValue("id"))
	if !found {
		return notFound()
	}
	return ok(t.single(w))
}

func (t *Tracker) getWorkPackageSub(v viewer, r *http.Request) answer {
	if r.PathValue("id") == "schemas" {
		project, kind, found := t.parseSchemaID(r.PathValue("sub"))
		if !found || !t.seesProject(v, project) {
			return notFound()
		}
		return ok(t.schema(project, kind))
	}
	w, found := t.visibleRow(v, r.PathValue("id"))
	if !found {
		return notFound()
	}
	switch r.PathValue("sub") {
	case "attachments":
		return ok(t.attachmentsOf(w.ID))
	case "activities":
		return ok(t.activitiesOf(w))
	case "relations", "revisions", "watchers":
		return ok(collection(nil, t.href("work_packages", number(w.ID), r.PathValue("sub"))))
	}
	return notFound()
}
