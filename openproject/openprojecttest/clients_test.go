package openprojecttest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
)

// The types below are what OpenProject's own command line decodes answers into,
// as far as it looks: a kind that differs would end it.
type (
	cliLink struct {
		Href   string `json:"href"`
		Title  string `json:"title"`
		Method string `json:"method"`
	}
	cliText struct {
		Raw string `json:"raw"`
	}
	cliWorkPackage struct {
		ID          int64    `json:"id"`
		DisplayID   string   `json:"displayId"`
		Subject     string   `json:"subject"`
		Description *cliText `json:"description"`
		LockVersion int      `json:"lockVersion"`
		Links       struct {
			Self, AddAttachment, Status, Project, Parent, Schema, Assignee, Type *cliLink
			CustomActions                                                        []*cliLink
		} `json:"_links"`
		Embedded struct {
			CustomActions []any
			Project       *cliNamed
		} `json:"_embedded"`
	}
	cliNamed struct {
		ID         uint64 `json:"id"`
		Identifier string `json:"identifier"`
		Name       string `json:"name"`
		FirstName  string `json:"firstName"`
		LastName   string `json:"lastName"`
		Color      string `json:"color"`
		IsClosed   bool   `json:"isClosed"`
		Position   uint64 `json:"position"`
		Links      struct {
			Self, Types, Versions *cliLink
		} `json:"_links"`
	}
	cliActivity struct {
		ID      uint64     `json:"id"`
		Comment *cliText   `json:"comment"` // it needs one, also where nothing was said
		Details []*cliText `json:"details"`
		Version uint64     `json:"version"`
		Links   struct {
			User *cliLink `json:"user"` // it needs one
		} `json:"_links"`
	}
)

// cliList is any collection.
type cliList[T any] struct {
	Type     string `json:"_type"`
	Total    int64  `json:"total"`
	Count    int64  `json:"count"`
	Embedded *struct {
		Elements []T `json:"elements"`
	} `json:"_embedded"`
}

// op asks as the command line does, with the key as basic authentication.
func op[T any](t *testing.T, tracker *openprojecttest.Tracker, path string) T {
	t.Helper()
	got := ask(t, tracker, "GET", path, "")
	var v T
	if err := json.Unmarshal([]byte(got.text), &v); err != nil || got.status != 200 {
		t.Fatalf("%s: %d, %v\n%s", path, got.status, err, got.text)
	}
	return v
}

func opList[T any](t *testing.T, tracker *openprojecttest.Tracker, path string) []T {
	t.Helper()
	list := op[cliList[T]](t, tracker, path)
	if list.Embedded == nil || list.Type == "" || int(list.Count) != len(list.Embedded.Elements) {
		t.Fatalf("%s is not a collection: %+v", path, list)
	}
	return list.Embedded.Elements
}

func TestTheCommandLineOfOpenProject(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})

	root := op[struct {
		Type         string `json:"_type"`
		InstanceName string `json:"instanceName"`
	}](t, tracker, "/api/v3")
	if root.Type != "Root" || root.InstanceName == "" { // op login
		t.Errorf("login: %+v", root)
	}
	if me := op[cliNamed](t, tracker, "/api/v3/users/me"); me.ID != 1 || me.FirstName != "Ingest" || me.LastName != "Bot" { // op whoami
		t.Errorf("whoami: %+v", me)
	}
	if types := opList[cliNamed](t, tracker, "/api/v3/types?pageSize=-1"); len(types) != 3 || types[0].Links.Self.Href != "/api/v3/types/7" { // op type list
		t.Errorf("type list: %+v", types)
	}
	if statuses := opList[cliNamed](t, tracker, "/api/v3/statuses?pageSize=-1"); len(statuses) != 4 || !statuses[2].IsClosed { // op status list
		t.Errorf("status list: %+v", statuses)
	}
	if projects := opList[cliNamed](t, tracker, "/api/v3/projects"); len(projects) != 3 { // op project list
		t.Errorf("project list: %+v", projects)
	}
	project := op[cliNamed](t, tracker, "/api/v3/projects/medigy-curation-de") // op project inspect
	if versions := opList[cliNamed](t, tracker, project.Links.Versions.Href); len(versions) != 1 || versions[0].Name != "1.0" {
		t.Errorf("versions: %+v", versions)
	}
	if types := opList[cliNamed](t, tracker, project.Links.Types.Href); len(types) != 3 { // op work-package inspect --types
		t.Errorf("types of the project: %+v", types)
	}
}

func TestTheCommandLineReadsWorkPackages(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})

	wp := op[cliWorkPackage](t, tracker, "/api/v3/work_packages/3960") // op work-package inspect 3960
	if wp.ID != 3960 || wp.Links.Status.Title != "Published" || wp.Links.Type.Title != "Curated Content" || wp.Description.Raw != "Body & soul" ||
		wp.Embedded.Project.Identifier != "medigy-curation" || wp.Links.Assignee.Href != "" || wp.LockVersion != 7 {
		t.Errorf("inspect: %+v", wp)
	}
	var schema map[string]json.RawMessage // every key that begins with customField is a field
	if err := json.Unmarshal([]byte(ask(t, tracker, "GET", wp.Links.Schema.Href, "").text), &schema); err != nil {
		t.Fatal(err)
	}
	for key, raw := range schema {
		var field struct {
			Name, Type string
			Writable   bool
		}
		if strings.HasPrefix(key, "customField") && (json.Unmarshal(raw, &field) != nil || field.Name == "" || field.Type == "") {
			t.Errorf("field %s is %s", key, raw)
		}
	}
	for path, want := range map[string][]int64{
		query(list, "includeSubprojects", "false", "pageSize", "-1"):                                                                                                       {3961, 3962, 3963}, // op work-package list
		query(list, "filters", `[{"status":{"operator":"c","values":[""]}},{"type":{"operator":"=","values":["7"]}}]`, "pageSize", "-1"):                                   {3960},             // list --status closed --type 7
		query("/api/v3/projects/medigy-curation/work_packages", "filters", `[{"status":{"operator":"!","values":["1"]}}]`, "includeSubprojects", "true", "pageSize", "-1"): {3960, 3962},       // list -p … --include-sub-projects
		query(list, "filters", `[{"parent":{"operator":"=","values":["3960"]}}]`, "pageSize", "-1"):                                                                        {3961},             // inspect --children
		query(list, "filters", `[{"typeahead":{"operator":"**","values":["telemedicine"]}}]`, "pageSize", "100"):                                                           {3960, 3962},       // search, to 2025
		query(list, "filters", `[{"subjectOrId":{"operator":"**","values":["3960"]}}]`, "pageSize", "100"):                                                                 {3960},             // search
		query(list, "filters", `[{"assignee":{"operator":"=","values":["me"]}}]`, "pageSize", "0", "includeSubprojects", "false"):                                          nil,                // list --total
	} {
		var got []int64
		for _, w := range opList[cliWorkPackage](t, tracker, path) {
			got = append(got, w.ID)
		}
		if len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}

func TestTheCommandLineReadsActivities(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	if got := ask(t, tracker, "POST", "/api/v3/work_packages/3960/activities", `{"comment":{"raw":"Looks good"}}`); got.status != 201 {
		t.Fatal(got.text)
	}
	var said []string
	for _, a := range opList[cliActivity](t, tracker, "/api/v3/work_packages/3960/activities") { // op activity list
		if a.Comment == nil || a.Links.User == nil || a.ID == 0 || a.Version == 0 {
			t.Fatalf("an entry without what is needed: %+v", a)
		}
		said = append(said, a.Links.User.Href+": "+a.Comment.Raw)
	}
	if strings.Join(said, "\n") != "/api/v3/users/58: \n/api/v3/users/1: Looks good" {
		t.Errorf("activities: %q", said)
	}
	people := query("/api/v3/principals", "filters", `[{"id":{"operator":"=","values":["58","1"]}}]`, "pageSize", "100")
	if users := opList[cliNamed](t, tracker, people); len(users) != 2 || users[1].FirstName != "Radhika" {
		t.Errorf("users: %+v", users)
	}
	search := query("/api/v3/principals", "filters", `[{"typeahead":{"operator":"**","values":["edit"]}}]`, "pageSize", "100") // op user search
	if users := opList[cliNamed](t, tracker, search); len(users) != 1 || users[0].Name != "Editors" {
		t.Errorf("users: %+v", users)
	}
}
