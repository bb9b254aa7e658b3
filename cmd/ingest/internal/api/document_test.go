package api_test

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/cmd/ingest/internal/api"
	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/enrich/linkhealth"
	"ingest/enrich/urlclean"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

func TestEveryRouteIsDescribedAndEachDescriptionIsARoute(t *testing.T) {
	s := newSpec(t)
	described := map[string][]string{}
	for path, operations := range s.paths() {
		for method := range operations.(object) {
			described[path] = append(described[path], strings.ToUpper(method))
		}
		slices.Sort(described[path])
	}
	routes := api.Endpoints()
	for path := range routes {
		slices.Sort(routes[path])
	}
	if diff := cmp.Diff(described, routes); diff != "" {
		t.Errorf("routes (-described +served):\n%s", diff)
	}
	w := newWorld(t, api.Options{})
	for path, methods := range described {
		a := w.ask(t, http.MethodOptions, strings.ReplaceAll(path, "{id}", "1"), readToken, "")
		want := append(slices.Clone(methods), "OPTIONS")
		if slices.Contains(methods, "GET") {
			want = append(want, "HEAD")
		}
		slices.Sort(want)
		if got := a.header.Get("Allow"); a.status != http.StatusNoContent || got != strings.Join(want, ", ") {
			t.Errorf("%s: %d, Allow %q, want %q", path, a.status, got, want)
		}
	}
}

func TestEveryOperationNamesItsScope(t *testing.T) {
	s := newSpec(t)
	for path, operations := range s.paths() {
		for method := range operations.(object) {
			want := "read"
			if method == "post" {
				want = "run"
			}
			security, _ := s.at(operations, method, "security").([]any)
			if len(security) != 2 || !reflect.DeepEqual(security[0], object{"bearer": []any{want}}) {
				t.Errorf("%s %s: security %v, want %s", method, path, security, want)
			}
		}
	}
}

// TestSchemasAreTheTypes compares each schema with the type that is sent: the same
// names, and required what is always there.
func TestSchemasAreTheTypes(t *testing.T) {
	s := newSpec(t)
	types := map[string]any{
		"Problem": api.Problem{}, "RunOrder": api.RunOrder{}, "RunList": api.RunList{}, "Refreshed": api.Refreshed{}, "Event": daemon.Event{},
		"Run": desk.Run{}, "EntryList": desk.List{}, "Summary": desk.Summary{}, "Entry": desk.Entry{}, "Pending": desk.Pending{}, "Delay": desk.Delay{}, "Health": desk.Health{},
		"PastOutcome": desk.PastOutcome{}, "Last": desk.Last{}, "Report": pipeline.Report{}, "ItemReport": pipeline.ItemReport{}, "File": pipeline.File{},
		"Warning": pipeline.Warning{}, "LinkReport": pipeline.LinkReport{}, "LinkItem": pipeline.LinkItem{}, "Copy": linkhealth.Copy{}, "Evidence": linkhealth.Evidence{},
		"Explanation": explain.Explanation{}, "Walk": explain.Link{}, "Hop": explain.Hop{}, "Removal": urlclean.Removal{}, "Unwrap": urlclean.Unwrap{},
		"ExplainedKey": explain.Key{}, "Condition": explain.Condition{}, "Source": explain.Source{}, "Candidate": explain.Candidate{}, "HandEdit": explain.Edit{},
	}
	schemas := s.at(s.doc, "components", "schemas").(object)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(types)), slices.Sorted(maps.Keys(schemas))); diff != "" {
		t.Fatalf("schemas (-types +document):\n%s", diff)
	}
	for name, value := range types {
		fields, always := fieldsOf(reflect.TypeOf(value))
		properties := slices.Sorted(maps.Keys(s.at(schemas, name, "properties").(object)))
		var required []string
		list, _ := s.at(schemas, name, "required").([]any)
		for _, key := range list {
			required = append(required, key.(string))
		}
		slices.Sort(required)
		if diff := cmp.Diff([][]string{fields, always}, [][]string{properties, required}); diff != "" {
			t.Errorf("%s: all and required fields (-type +schema):\n%s", name, diff)
		}
	}
}

func fieldsOf(t reflect.Type) (all, always []string) {
	for f := range t.Fields() {
		tag := strings.Split(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && tag[0] == "":
			inner, innerAlways := fieldsOf(f.Type)
			all, always = append(all, inner...), append(always, innerAlways...)
		case tag[0] == "-":
		default:
			if all = append(all, tag[0]); len(tag) == 1 {
				always = append(always, tag[0])
			}
		}
	}
	slices.Sort(all)
	slices.Sort(always)
	return all, always
}

func TestDocumentIsServedInTheProgramsVersion(t *testing.T) {
	w := newWorld(t, api.Options{})
	a := w.ask(t, http.MethodGet, "/api/v1/openapi.json", readToken, "")
	if a.status != http.StatusOK || !strings.Contains(a.body, `"version": "1.2.3"`) || strings.Contains(a.body, "$VERSION") {
		t.Errorf("%d %.300s", a.status, a.body)
	}
}
