package openprojecttest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
)

// shape lists the paths of a JSON value with the kinds of what is there. The
// first element stands for a list.
func shape(v any, path string, into map[string]string) map[string]string {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			shape(value, path+"/"+key, into)
		}
	case []any:
		into[path] = "list"
		for _, element := range v[:min(len(v), 1)] {
			shape(element, path+"[]", into)
		}
	default:
		into[path] = fmt.Sprintf("%T", v)
	}
	return into
}

func TestShapesAreThoseOfTheTracker(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	page := ask(t, tracker, "GET", query("/api/v3/projects/41/work_packages", "filters", `[{"type":{"operator":"=","values":["7"]}}]`, "pageSize", "1"), "")
	comment := ask(t, tracker, "POST", "/api/v3/work_packages/3960/activities", `{"comment":{"raw":"done"}}`)
	for name, got := range map[string]reply{
		"wp-3960.json":          ask(t, tracker, "GET", "/api/v3/work_packages/3960", ""),
		"collection-page.json":  page,
		"attachments-3960.json": ask(t, tracker, "GET", "/api/v3/work_packages/3960/attachments", ""),
		"comment-created.json":  comment,
	} {
		want := shape(payload(t, name), "", map[string]string{})
		have := shape(got.body, "", map[string]string{})
		for _, path := range slices.Sorted(maps.Keys(want)) {
			if omitted(path) || have[path] == want[path] {
				continue
			}
			t.Errorf("%s: %s is %q, want %q", name, path, have[path], want[path])
		}
	}
}

// omitted are the paths that the fake leaves out or has otherwise, with reason.
func omitted(path string) bool {
	return strings.Contains(path, "createWorkPackage") || // there is no creating over HTTP
		strings.Contains(path, "/schemas/") && (strings.Contains(path, "Length") || strings.Contains(path, "scheduleManually") || strings.Contains(path, "category")) ||
		strings.HasSuffix(path, "Insights Description/raw")
}

func TestNamedThings(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{InstanceName: "Desk", MaxPageSize: 77})
	for path, want := range map[string]struct {
		keys []string
		is   any
	}{
		"/api/v3":                              {[]string{"instanceName"}, "Desk"},
		"/api/v3/":                             {[]string{"_type"}, "Root"},
		"/api/v3/configuration":                {[]string{"maximumAPIV3PageSize"}, 77.0},
		"/api/v3/users/me":                     {[]string{"name"}, "Ingest Bot"},
		"/api/v3/users/58":                     {[]string{"lastName"}, "Narayanan"},
		"/api/v3/groups/12":                    {[]string{"_type"}, "Group"},
		"/api/v3/users":                        {[]string{"total"}, 2.0},
		"/api/v3/principals":                   {[]string{"total"}, 3.0},
		"/api/v3/projects/medigy-curation":     {[]string{"id"}, 41.0},
		"/api/v3/projects/41":                  {[]string{"_links", "types", "href"}, "/api/v3/projects/41/types"},
		"/api/v3/projects/43/versions":         {[]string{"total"}, 1.0},
		"/api/v3/projects/41/types":            {[]string{"total"}, 3.0},
		"/api/v3/types":                        {[]string{"total"}, 3.0},
		"/api/v3/types/7":                      {[]string{"name"}, "Curated Content"},
		"/api/v3/statuses":                     {[]string{"total"}, 4.0},
		"/api/v3/statuses/14":                  {[]string{"isClosed"}, true},
		"/api/v3/priorities":                   {[]string{"total"}, 1.0},
		"/api/v3/priorities/8":                 {[]string{"isDefault"}, true},
		"/api/v3/attachments/10312":            {[]string{"digest", "algorithm"}, "md5"},
		"/api/v3/work_packages/3960/relations": {[]string{"total"}, 0.0},
		"/api/v3/work_packages/schemas/41-7":   {[]string{"customField13", "type"}, "[]CustomOption"},
		query("/api/v3/work_packages/schemas", "filters", `[{"id":{"operator":"=","values":["41-7","42-8","9-9"]}}]`):   {[]string{"total"}, 2.0},
		query("/api/v3/projects", "filters", `[{"typeahead":{"operator":"**","values":["offer"]}}]`):                    {[]string{"total"}, 1.0},
		query("/api/v3/projects", "filters", `[{"name_and_identifier":{"operator":"=","values":["medigy-curation"]}}]`): {[]string{"total"}, 1.0},
	} {
		got := ask(t, tracker, "GET", path, "")
		if is := dig(got.body, want.keys...); got.status != 200 || is != want.is {
			t.Errorf("%s: %d, %v is %v, want %v", path, got.status, want.keys, is, want.is)
		}
	}
	for _, path := range []string{
		"/api/v3/types/99", "/api/v3/types/x", "/api/v3/statuses/99", "/api/v3/users/99", "/api/v3/projects/nowhere", "/api/v3/projects/41/nothing",
		"/api/v3/projects/nowhere/types", "/api/v3/work_packages/1", "/api/v3/work_packages/x", "/api/v3/work_packages/3960/nothing", "/api/v3/work_packages/1/attachments",
		"/api/v3/work_packages/schemas/41-99", "/api/v3/attachments/1", "/api/v3/attachments/1/content", "/api/v3/activities/1", "/api/v3/nothing", "/nothing",
	} {
		got := ask(t, tracker, "GET", path, "")
		if got.status != 404 || got.body["errorIdentifier"] != "urn:openproject-org:api:v3:errors:NotFound" {
			t.Errorf("%s: %d %s", path, got.status, got.text)
		}
	}
	if got := ask(t, tracker, "GET", "/api/v3/work_packages/schemas", ""); got.status != 400 {
		t.Errorf("schemas without filter: %d", got.status)
	}
}

func TestVariantsOfInstallations(t *testing.T) {
	at := func(r reply, keys ...string) any { return dig(r.body, keys...) }
	old := curated(t, openprojecttest.Options{WholeSeconds: true, NoSchemas: true, Prefix: "/tracker"})
	got := ask(t, old, "GET", "/api/v3/work_packages/3960", "")
	if at(got, "createdAt") != "2020-12-15T06:41:17Z" || at(got, "_links", "self", "href") != "/tracker/api/v3/work_packages/3960" {
		t.Errorf("got %s", got.text)
	}
	if got := ask(t, old, "GET", query(list, "filters", "[]"), ""); at(got, "_embedded", "schemas") != nil {
		t.Error("schemas came with the page")
	}
	if !strings.HasSuffix(old.URL(), "/tracker") {
		t.Errorf("the address is %s", old.URL())
	}
	bare := curated(t, openprojecttest.Options{BareHrefs: true, Prefix: "/tracker"})
	if got := ask(t, bare, "GET", "/api/v3/work_packages/3960", ""); at(got, "_links", "self", "href") != "/api/v3/work_packages/3960" {
		t.Errorf("got %s", got.text)
	}
	milestones := openprojecttest.New(openprojecttest.Options{})
	milestones.AddProject(openprojecttest.Project{ID: 1, Name: "P"})
	milestones.AddType(openprojecttest.Type{ID: 1, Name: "M", Milestone: true})
	milestones.AddStatus(openprojecttest.Status{ID: 1, Name: "S"})
	id := milestones.Add(openprojecttest.WorkPackage{DueDate: "2021-01-31"})
	start(t, milestones)
	got = ask(t, milestones, "GET", fmt.Sprint("/api/v3/work_packages/", id), "")
	if at(got, "date") != "2021-01-31" || at(got, "startDate") != nil {
		t.Errorf("got %s", got.text)
	}
}
