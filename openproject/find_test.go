package openproject_test

import (
	"errors"
	"slices"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func TestFind(t *testing.T) {
	fake := openprojecttest.New(openprojecttest.Options{})
	fake.AddType(openprojecttest.Type{ID: 7, Name: "Curated Content"}, openprojecttest.Type{ID: 9, Name: "Sub Only"}, openprojecttest.Type{ID: 10, Name: "Twice"}, openprojecttest.Type{ID: 11, Name: "twice "})
	fake.AddStatus(openprojecttest.Status{ID: 1, Name: "New"}, openprojecttest.Status{ID: 14, Name: "Published", Closed: true})
	fake.AddProject(openprojecttest.Project{ID: 41, Identifier: "curation", Name: "Curation", Types: []int64{7, 10, 11}},
		openprojecttest.Project{ID: 42, Identifier: "sub", Name: "Sub", Parent: 41, Types: []int64{9}})
	if err := fake.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	client, err := openproject.New(openproject.Options{BaseURL: fake.URL(), Retry: openproject.Retry{Attempts: 1}})
	if err != nil {
		t.Fatal(err)
	}

	types := map[string]struct {
		project string
		names   []string
		want    []int64
		known   []string // of the error
	}{
		"by name, folded and trimmed":   {"curation", []string{" curated content"}, []int64{7}, nil},
		"in the order of the names":     {"", []string{"Sub Only", "Curated Content"}, []int64{9, 7}, nil},
		"enabled in a subproject only":  {"curation", []string{"Sub Only"}, []int64{9}, nil},
		"unknown lists the project's":   {"curation", []string{"Curatd"}, nil, []string{"Curated Content", "Twice", "twice "}},
		"two of one name are ambiguous": {"curation", []string{"Twice"}, nil, []string{"Curated Content", "Twice", "twice "}},
	}
	for name, tt := range types {
		t.Run(name, func(t *testing.T) {
			found, err := client.FindTypes(t.Context(), tt.project, tt.names)
			var ids []int64
			for _, one := range found {
				ids = append(ids, one.ID)
			}
			var known []string
			if unknown, ok := errors.AsType[*openproject.NameError](err); ok {
				_, known = unknown.Names()
			}
			if !slices.Equal(ids, tt.want) || !slices.Equal(known, tt.known) || (err != nil) != (tt.known != nil) {
				t.Errorf("got %v and error %v that knows %q, want %v and %q", ids, err, known, tt.want, tt.known)
			}
		})
	}

	statuses, err := client.FindStatuses(t.Context(), []string{"published"})
	if err != nil || len(statuses) != 1 || !statuses[0].Closed {
		t.Errorf("FindStatuses: %+v, %v", statuses, err)
	}
	if p, err := client.FindProject(t.Context(), "curation"); err != nil || p.ID != 41 {
		t.Errorf("FindProject: %+v, %v", p, err)
	}
	_, err = client.FindProject(t.Context(), "curaton")
	unknown, ok := errors.AsType[*openproject.NameError](err)
	if !ok || unknown.Kind != "project" || !slices.Equal(unknown.Known, []string{"curation", "sub"}) {
		t.Errorf("FindProject of an unknown one: %v", err)
	}
}

func TestCount(t *testing.T) {
	fake := openprojecttest.Curation(openprojecttest.Options{})
	for i := range 45 {
		fake.Add(openprojecttest.WorkPackage{Status: []int64{1, 14}[i%2]})
	}
	fake.Add(openprojecttest.WorkPackage{Type: 1})
	if err := fake.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	client, err := openproject.New(openproject.Options{BaseURL: fake.URL()})
	if err != nil {
		t.Fatal(err)
	}
	for want, q := range map[int]openproject.Query{
		46: {}, 45: {Types: []string{"Curated Content"}}, 22: {Types: []string{"Curated Content"}, Statuses: []string{"Published"}},
	} {
		if got, err := client.Count(t.Context(), q); got != want || err != nil {
			t.Errorf("Count(%+v) = %d, %v; want %d, closed ones too", q, got, err, want)
		}
	}
}
