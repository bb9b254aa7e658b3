package openproject_test

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// library is a tracker with work packages of several projects, types, statuses.
func library(t testing.TB) *openprojecttest.Tracker {
	tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"})
	tracker.AddProject(
		openprojecttest.Project{ID: 43, Identifier: "medigy-curation-de", Name: "German", Parent: 41},
		openprojecttest.Project{ID: 44, Identifier: "plain", Name: "Plain", Types: []int64{1}},
		openprojecttest.Project{ID: 45, Identifier: "plain-sub", Name: "Plain sub", Parent: 44, Types: []int64{7}},
	)
	add := func(id, project, kind, status int64) {
		tracker.Add(openprojecttest.WorkPackage{
			ID: id, Project: project, Type: kind, Status: status, CreatedAt: epoch().Add(time.Duration(id) * time.Minute),
		})
	}
	add(1, 41, 7, 1)
	add(2, 41, 7, 14) // closed
	add(3, 41, 1, 7)
	add(4, 42, 8, 1)
	add(5, 43, 7, 1)
	add(6, 44, 1, 1)
	add(7, 45, 7, 1)
	return start(t, tracker)
}

func TestQueries(t *testing.T) {
	c := of(t, library(t))
	for name, tc := range map[string]struct {
		query openproject.Query
		want  []int64
	}{
		"everything, closed ones too": {openproject.Query{}, []int64{1, 2, 3, 4, 5, 6, 7}},
		"open only":                   {openproject.Query{OpenOnly: true}, []int64{1, 3, 4, 5, 6, 7}},
		"a project by identifier with its subprojects": {openproject.Query{Project: "medigy-curation"}, []int64{1, 2, 3, 5}},
		"a project by id":                     {openproject.Query{Project: "42"}, []int64{4}},
		"a type, in other letters":            {openproject.Query{Types: []string{" curated CONTENT "}}, []int64{1, 2, 5, 7}},
		"two types":                           {openproject.Query{Types: []string{"Task", "Offering"}}, []int64{3, 4, 6}},
		"a type that only the subproject has": {openproject.Query{Project: "plain", Types: []string{"Curated Content"}}, []int64{7}},
		"a closed status":                     {openproject.Query{Statuses: []string{"Published"}}, []int64{2}},
		"two statuses of a project":           {openproject.Query{Project: "41", Statuses: []string{"published", "in progress"}}, []int64{2, 3}},
		"since, to the second":                {openproject.Query{UpdatedSince: epoch().Add(4*time.Minute + 900*time.Millisecond)}, []int64{4, 5, 6, 7}},
		"since just after":                    {openproject.Query{UpdatedSince: epoch().Add(4*time.Minute + time.Second)}, []int64{5, 6, 7}},
		"since in another time zone":          {openproject.Query{UpdatedSince: epoch().Add(6 * time.Minute).In(time.FixedZone("", -7*3600))}, []int64{6, 7}},
		"nothing":                             {openproject.Query{Statuses: []string{"Rejected"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := list(t, c, tc.query, nil)
			if err != nil {
				t.Fatal(err)
			}
			if ids := slices.Sorted(maps.Keys(got)); !slices.Equal(ids, tc.want) {
				t.Errorf("got %v, want %v", ids, tc.want)
			}
		})
	}
}

func TestQueriesAlwaysSendFilters(t *testing.T) {
	tracker := library(t)
	if _, err := list(t, of(t, tracker), openproject.Query{}, nil); err != nil {
		t.Fatal(err)
	}
	for _, r := range tracker.Requests() {
		query, err := url.ParseQuery(r.Query)
		if err != nil || !strings.HasPrefix(query.Get("filters"), "[") || query.Get("includeSubprojects") != "true" {
			t.Errorf("asked %s?%s", r.Path, r.Query)
		}
	}
}

func TestNamesThatDoNotFit(t *testing.T) {
	tracker := library(t)
	tracker.AddType(openprojecttest.Type{ID: 9, Name: "task "})
	c := of(t, tracker)
	for name, tc := range map[string]struct {
		query         openproject.Query
		kind          string
		known, listed string // a name that exists; what the hint says
	}{
		"no such type":              {openproject.Query{Types: []string{"Curated"}}, "type", "Curated Content", "there are: Curated Content"},
		"no such type in project":   {openproject.Query{Project: "plain", Types: []string{"Curated"}}, "type", "Task", "there are: Task"},
		"two types alike":           {openproject.Query{Types: []string{"TASK"}}, "type", "Offering", "rename one of them"},
		"no such status":            {openproject.Query{Statuses: []string{"Done"}}, "status", "Published", "there are: New, In progress"},
		"second name wrong":         {openproject.Query{Statuses: []string{"New", "Done"}}, "status", "New", "there are"},
		"empty name of a status":    {openproject.Query{Statuses: []string{" "}}, "status", "New", "there are"},
		"a label with a line break": {openproject.Query{Types: []string{"Curated\nContent"}}, "type", "Offering", "there are"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := list(t, c, tc.query, nil)
			var wrong *openproject.NameError
			if !errors.As(err, &wrong) || len(got) > 0 {
				t.Fatalf("got %d rows and error %v, want a NameError", len(got), err)
			}
			if wrong.Kind != tc.kind || !slices.Contains(wrong.Known, tc.known) || !strings.Contains(wrong.Hint(), tc.listed) {
				t.Errorf("got %+v, hint %q", wrong, wrong.Hint())
			}
		})
	}
}

func TestQueriesThatCannotBe(t *testing.T) {
	c := of(t, library(t))
	for name, q := range map[string]openproject.Query{
		"statuses and open only":   {Statuses: []string{"New"}, OpenOnly: true},
		"a project of dots":        {Project: ".."},
		"a project as a path":      {Project: "../users"},
		"a project that is hidden": {Project: "nowhere"},
	} {
		if got, err := list(t, c, q, nil); err == nil || len(got) > 0 {
			t.Errorf("%s: got %d rows and error %v", name, len(got), err)
		}
	}
}

func TestNamedThings(t *testing.T) {
	tracker := library(t)
	c := client(t, openproject.Options{BaseURL: tracker.URL(), APIKey: "secret", PageSize: 2})
	ctx := t.Context()

	me, err := c.Me(ctx)
	if err != nil || me != (openproject.User{ID: 1, Name: "Ingest Bot", Login: "ingest-bot"}) {
		t.Errorf("me is %+v, %v", me, err)
	}
	for _, ref := range []string{"41", "medigy-curation"} {
		p, err := c.Project(ctx, ref)
		if err != nil || p != (openproject.Project{ID: 41, Identifier: "medigy-curation", Name: "Medigy News Curated Content"}) {
			t.Errorf("project %s is %+v, %v", ref, p, err)
		}
	}
	if _, err := c.Project(ctx, "."); err == nil {
		t.Error("a project of dots was found")
	}
	projects, err := c.Projects(ctx)
	if err != nil || len(projects) != 5 || projects[4].Identifier != "plain-sub" {
		t.Errorf("projects are %+v, %v", projects, err)
	}
	types, err := c.Types(ctx, "plain")
	if err != nil || len(types) != 1 || types[0].Name != "Task" {
		t.Errorf("types are %+v, %v", types, err)
	}
	if _, err = c.Types(ctx, "..."); err == nil {
		t.Error("a project of dots has types")
	}
	statuses, err := c.Statuses(ctx)
	if err != nil || len(statuses) != 4 || !statuses[2].Closed || statuses[0].Closed {
		t.Errorf("statuses are %+v, %v", statuses, err)
	}
	if got, want := c.WebURL(7), tracker.URL()+"/work_packages/7"; got != want {
		t.Errorf("web address %s, want %s", got, want)
	}
}

// A query that was resolved lists the same, and asks for no names again.
func TestResolve(t *testing.T) {
	tracker := library(t)
	c := of(t, tracker)
	q := openproject.Query{Project: "medigy-curation", Types: []string{"curated content"}, Statuses: []string{"published"}}
	resolved, err := c.Resolve(t.Context(), q)
	if err != nil || !slices.Equal(resolved.TypeIDs, []int64{7}) || !slices.Equal(resolved.StatusIDs, []int64{14}) {
		t.Fatalf("resolved %+v, error %v; want type 7 and status 14", resolved, err)
	}
	tracker.ForgetRequests()
	got, err := list(t, c, resolved, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantAll(t, got, []int64{2})
	for _, r := range tracker.Requests() {
		if !strings.HasSuffix(r.Path, "/work_packages") {
			t.Errorf("asked for %s", r.Path)
		}
	}
}
