package openproject_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
)

func TestWorkPackageAsTheTrackerSendsIt(t *testing.T) {
	c := from(t, canned{body: file(t, "wp-3960.json"), schemas: file(t, "schema.json")})
	wp, err := c.WorkPackage(t.Context(), 3960)
	if err != nil {
		t.Fatal(err)
	}
	description := wp.Description
	wp.Description = ""
	want := &openproject.WorkPackage{
		ID: 3960, DisplayID: "3960", LockVersion: 7,
		Subject:         "All About The Telemedicine Solutions Why It Is The Future?",
		CreatedAt:       time.Date(2020, 12, 15, 6, 41, 17, 902e6, time.UTC),
		UpdatedAt:       time.Date(2020, 12, 22, 3, 12, 41, 254e6, time.UTC),
		Type:            openproject.Ref{ID: 7, Href: "/api/v3/types/7", Title: "Curated Content"},
		Status:          openproject.Ref{ID: 14, Href: "/api/v3/statuses/14", Title: "Published"},
		Priority:        openproject.Ref{ID: 8, Href: "/api/v3/priorities/8", Title: "Normal"},
		Project:         openproject.Ref{ID: 41, Href: "/api/v3/projects/41", Title: "Medigy News Curated Content"},
		Author:          openproject.Ref{ID: 58, Href: "/api/v3/users/58", Title: "Radhika Narayanan"},
		Schema:          openproject.Ref{Href: "/api/v3/work_packages/schemas/41-7"},
		AttachmentsHref: "/api/v3/work_packages/3960/attachments",
		Fields:          wp.Fields,
	}
	if !reflect.DeepEqual(wp, want) {
		t.Errorf("got  %+v\nwant %+v", wp, want)
	}
	if !strings.HasPrefix(description, "**As we know,** [**telemedicine**]") || !strings.Contains(description, "Letâ€™s surf.\n\n##") {
		t.Errorf("the description is %q", description)
	}
	if v, ok := wp.Fields.Get("Via"); v.Text() != " " || v.IsNull() || !ok {
		t.Errorf("Via is %q, null %v", v.Text(), v.IsNull())
	}
	if v, _ := wp.Fields.Get("Medigy Topics"); !reflect.DeepEqual(v.Any(), []string{"Healthcare IT News: Telemedicine"}) {
		t.Errorf("topics are %#v", v.Any())
	}
	if v, _ := wp.Fields.Get("Insights Description"); !v.IsNull() {
		t.Errorf("the insights are %#v", v.Any())
	}
}

func TestPageAsTheTrackerSendsIt(t *testing.T) {
	body := bytes.Replace(file(t, "collection-page.json"), []byte(`"total": 5,`), []byte(`"total": 2,`), 1)
	got, err := list(t, from(t, canned{body: body, schemas: []byte("none must be fetched")}), openproject.Query{}, nil)
	if err != nil || len(got) != 2 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	second := got[3961]
	if !second.CreatedAt.Equal(time.Date(2020, 12, 15, 7, 2, 55, 0, time.UTC)) || second.Description != "" {
		t.Errorf("got %+v", second)
	}
	if second.Assignee.Href != "/api/v3/groups/12" || second.Author != (openproject.Ref{ID: 1, Href: "/api/v3/users/1"}) {
		t.Errorf("assignee %+v, author %+v", second.Assignee, second.Author)
	}
	if !second.Parent.Undisclosed() || got[3960].Parent.Undisclosed() {
		t.Errorf("parent %+v", second.Parent)
	}
	if v, ok := second.Fields.Get("Medigy Topics"); !ok || !v.IsNull() {
		t.Errorf("topics %#v", v.Any())
	}
}

func TestShapesOfOtherVersions(t *testing.T) {
	change := func(from, to string) []byte {
		return bytes.Replace(file(t, "wp-3960.json"), []byte(from), []byte(to), 1)
	}
	for name, tc := range map[string]struct {
		body  []byte
		check func(*openproject.WorkPackage) any
		want  any
	}{
		"no displayId": {
			change(`"displayId": "3960",`, ""),
			func(w *openproject.WorkPackage) any { return w.DisplayID }, "3960",
		},
		"semantic displayId": {
			change(`"displayId": "3960"`, `"displayId": "MED-3960"`),
			func(w *openproject.WorkPackage) any { return w.DisplayID }, "MED-3960",
		},
		"microseconds": {
			change("06:41:17.902Z", "06:41:17.902123Z"),
			func(w *openproject.WorkPackage) any { return w.CreatedAt }, time.Date(2020, 12, 15, 6, 41, 17, 902123e3, time.UTC),
		},
		"keys like those of custom fields": {
			change(`"duration": null`, `"customFields": {"raw": 5}, "customField": {"raw": 5}, "customField1a": {"raw": 5}`),
			func(w *openproject.WorkPackage) any { return len(w.Fields.Labels()) }, 7,
		},
		"a milestone": {
			change(`"startDate": null`, `"date": "2021-01-31"`),
			func(w *openproject.WorkPackage) any { return w.StartDate + w.DueDate }, "2021-01-312021-01-31",
		},
		"no version link": {
			change(`"version": {`, `"targetVersions": {`),
			func(w *openproject.WorkPackage) any { return w.Version }, openproject.Ref{},
		},
		"no schema link": {
			change(`"schema": {`, `"scheme": {`),
			func(w *openproject.WorkPackage) any { return w.Schema.Href }, "/api/v3/work_packages/schemas/41-7",
		},
		"no attachments link": {
			change("\"attachments\": {\n      \"href\"", "\"attached\": {\n      \"href\""),
			func(w *openproject.WorkPackage) any { return w.AttachmentsHref }, "",
		},
		"a list that was switched to single": {
			change("\"customField13\": [\n      {\n        \"href\": \"/api/v3/custom_options/212\",\n        \"title\": \"Healthcare IT News: Telemedicine\"\n      }\n    ]", `"customField13": {"href": "/api/v3/custom_options/212", "title": "T"}`),
			func(w *openproject.WorkPackage) any { v, _ := w.Fields.Get("Medigy Topics"); return v.Any() }, []string{"T"},
		},
		"a list entry without title": {
			change("\"href\": \"/api/v3/custom_options/212\",\n        \"title\": \"Healthcare IT News: Telemedicine\"", `"href": "/api/v3/custom_options/212"`),
			func(w *openproject.WorkPackage) any { v, _ := w.Fields.Get("Medigy Topics"); return v.Text() }, "/api/v3/custom_options/212",
		},
		"a number too large for any type": {
			change(`"customField16": null`, `"customField16": 1e999`),
			func(w *openproject.WorkPackage) any { v, _ := w.Fields.Get("Insights Name"); return v.Any() }, "1e999",
		},
		"a format nobody knows": {
			change(`"customField16": null`, `"customField16": [1, true, {"a": null}]`),
			func(w *openproject.WorkPackage) any { v, _ := w.Fields.Get("Insights Name"); return v.Any() }, []string{"1", "true", `{"a":null}`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			wp, err := from(t, canned{body: tc.body, schemas: file(t, "schema.json")}).WorkPackage(t.Context(), 3960)
			if err != nil {
				t.Fatal(err)
			}
			if got := tc.check(wp); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got %#v, want %#v", got, tc.want)
			}
		})
	}
}

func TestBodiesThatAreNotWorkPackages(t *testing.T) {
	whole := string(file(t, "wp-3960.json"))
	change := func(from, to string) string { return strings.Replace(whole, from, to, 1) }
	for name, body := range map[string]string{
		"empty":                    "",
		"half":                     whole[:len(whole)/2],
		"all but the last brace":   strings.TrimSpace(whole)[:len(strings.TrimSpace(whole))-1],
		"something behind it":      whole + "{}",
		"null":                     "null",
		"an array":                 "[" + whole + "]",
		"an empty object":          "{}",
		"an error with status 200": string(file(t, "error-404.json")),
		"another work package":     change(`"id": 3960`, `"id": 3961`),
		"id 0":                     change(`"id": 3960`, `"id": 0`),
		"id as text":               change(`"id": 3960`, `"id": "3960"`),
		"no lock version":          change(`"lockVersion": 7,`, ""),
		"null subject":             change(`"subject": "All About The Telemedicine Solutions Why It Is The Future?"`, `"subject": null`),
		"createdAt null":           change(`"createdAt": "2020-12-15T06:41:17.902Z"`, `"createdAt": null`),
		"createdAt of words":       change("2020-12-15T06:41:17.902Z", "yesterday"),
		"updatedAt empty":          change("2020-12-22T03:12:41.254Z", ""),
		"month 13":                 change("2020-12-22T03:12:41.254Z", "2020-13-22T03:12:41Z"),
		"links as text": change(`"_links": {
    "self": {
      "href": "/api/v3/work_packages/3960"`, `"_links": "", "more": {
    "self": {
      "href": "/api/v3/work_packages/3960"`),
		"a custom field that points to a number": change(`"href": "/api/v3/custom_options/212"`, `"href": 212`),
		"a long text of numbers":                 change(`"raw": null`, `"raw": 5`),
	} {
		t.Run(name, func(t *testing.T) {
			wp, err := from(t, canned{body: []byte(body), schemas: file(t, "schema.json")}).WorkPackage(t.Context(), 3960)
			var broken *openproject.PayloadError
			if wp != nil || !errors.As(err, &broken) || broken.Hint() == "" {
				t.Errorf("got %v and error %v, want a PayloadError", wp, err)
			}
		})
	}
}
