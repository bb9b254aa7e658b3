package openproject_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// everyFormat is a tracker with a field of each format of the admin interface.
func everyFormat(t testing.TB, values map[string]any) (*openprojecttest.Tracker, int64) {
	tracker := openprojecttest.New(openprojecttest.Options{APIKey: "secret"})
	tracker.AddProject(openprojecttest.Project{ID: 41, Identifier: "p", Name: "P", Versions: []openprojecttest.Version{{ID: 9, Name: "1.0"}}})
	tracker.AddType(openprojecttest.Type{ID: 7, Name: "Curated Content"})
	tracker.AddStatus(openprojecttest.Status{ID: 1, Name: "New"})
	tracker.AddUser(openprojecttest.User{ID: 58, Name: "Radhika Narayanan"}, openprojecttest.User{ID: 12, Name: "Editors", Kind: "groups"})
	for i, f := range []openprojecttest.Field{
		{Name: "Text", Format: openprojecttest.Text},
		{Name: "Long text", Format: openprojecttest.LongText},
		{Name: "Link", Format: openprojecttest.Link},
		{Name: "Integer", Format: openprojecttest.Integer},
		{Name: "Float", Format: openprojecttest.Float},
		{Name: "Bool", Format: openprojecttest.Bool},
		{Name: "Date", Format: openprojecttest.Date},
		{Name: "Calculated", Format: openprojecttest.Calculated},
		{Name: "List", Format: openprojecttest.List},
		{Name: "Lists", Format: openprojecttest.List, Multi: true},
		{Name: "User", Format: openprojecttest.UserField},
		{Name: "Users", Format: openprojecttest.UserField, Multi: true},
		{Name: "Version", Format: openprojecttest.VersionRef},
		{Name: "Hierarchy", Format: openprojecttest.Hierarchy},
	} {
		f.ID = int64(20 - i) // labels come in the order of ids, not of names
		tracker.AddField(f)
	}
	return start(t, tracker), tracker.Add(openprojecttest.WorkPackage{Fields: values})
}

func TestFieldsOfEveryFormat(t *testing.T) {
	tracker, id := everyFormat(t, map[string]any{
		"Text": " ", "Long text": "a\r\n**b** ", "Link": "https://example.com/?a=1&b=2#c", "Integer": 42, "Float": 1.50,
		"Bool": true, "Date": "2020-12-15", "Calculated": 12.25, "List": "One", "Lists": []string{"A: b", "C"},
		"User": int64(58), "Users": []int64{58, 12}, "Version": int64(9), "Hierarchy": "Leaf",
	})
	wp, err := of(t, tracker).WorkPackage(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for label, tc := range map[string]struct {
		text string
		any  any
	}{
		"Text":       {" ", " "},
		"Long text":  {"a\r\n**b** ", "a\r\n**b** "},
		"Link":       {"https://example.com/?a=1&b=2#c", "https://example.com/?a=1&b=2#c"},
		"Integer":    {"42", int64(42)},
		"Float":      {"1.5", 1.5},
		"Bool":       {"true", true},
		"Date":       {"2020-12-15", "2020-12-15"},
		"Calculated": {"12.25", 12.25},
		"List":       {"One", "One"},
		"Lists":      {"A: b, C", []string{"A: b", "C"}},
		"User":       {"Radhika Narayanan", "Radhika Narayanan"},
		"Users":      {"Radhika Narayanan, Editors", []string{"Radhika Narayanan", "Editors"}},
		"Version":    {"1.0", "1.0"},
		"Hierarchy":  {"Leaf", "Leaf"},
	} {
		v, ok := wp.Fields.Get(strings.ToUpper(label) + " ")
		if !ok || v.IsNull() || v.Text() != tc.text || !reflect.DeepEqual(v.Any(), tc.any) {
			t.Errorf("%s: got %q and %#v (%v), want %q and %#v", label, v.Text(), v.Any(), ok, tc.text, tc.any)
		}
	}
	typed(t, wp)
}

// typed checks the accessors for numbers, dates and targets.
func typed(t *testing.T, wp *openproject.WorkPackage) {
	t.Helper()
	get := func(label string) openproject.Value {
		v, err := wp.Fields.Lookup(label)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v, ok := get("Bool").Bool(); !v || !ok {
		t.Error("the yes-no field is not yes")
	}
	if v, ok := get("Integer").Int(); v != 42 || !ok {
		t.Errorf("the integer is %d", v)
	}
	if v, ok := get("Float").Float(); v != 1.5 || !ok {
		t.Errorf("the float is %v", v)
	}
	if _, ok := get("Float").Int(); ok {
		t.Error("1.5 is an integer")
	}
	if v, ok := get("Date").Date(); !v.Equal(time.Date(2020, 12, 15, 0, 0, 0, 0, time.UTC)) || !ok {
		t.Errorf("the date is %v", v)
	}
	for _, label := range []string{"Text", "Lists"} {
		v := get(label)
		_, isBool := v.Bool()
		_, isInt := v.Int()
		_, isFloat := v.Float()
		_, isDate := v.Date()
		if isBool || isInt || isFloat || isDate {
			t.Errorf("%s has a value of another format", label)
		}
	}
	users := get("Users").Refs()
	want := []openproject.Ref{
		{ID: 58, Href: "/api/v3/users/58", Title: "Radhika Narayanan"},
		{ID: 12, Href: "/api/v3/groups/12", Title: "Editors"},
	}
	if !slices.Equal(users, want) || !get("Users").Multiple() || get("User").Multiple() {
		t.Errorf("users are %+v, want %+v", users, want)
	}
	if f := get("Lists").Field(); f != (openproject.Field{Key: "customField11", Label: "Lists", Type: "[]CustomOption"}) {
		t.Errorf("the field is %+v", f)
	}
}

func TestFieldsWithoutValue(t *testing.T) {
	tracker, id := everyFormat(t, nil)
	wp, err := of(t, tracker).WorkPackage(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range wp.Fields.Labels() {
		v, ok := wp.Fields.Get(label)
		if !ok || !v.IsNull() || v.Text() != "" || v.Texts() != nil {
			t.Errorf("%s: got %q, null %v, known %v", label, v.Text(), v.IsNull(), ok)
		}
		want := any(nil)
		if v.Multiple() {
			want = []string{}
		}
		if !reflect.DeepEqual(v.Any(), want) {
			t.Errorf("%s: got %#v, want %#v", label, v.Any(), want)
		}
	}
	if first := wp.Fields.Labels()[0]; first != "Hierarchy" { // the lowest id
		t.Errorf("labels begin with %q", first)
	}
}

func TestLabels(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	tracker.AddField(
		openprojecttest.Field{ID: 30, Name: "Origin", Format: openprojecttest.Text},
		openprojecttest.Field{ID: 31, Name: "origin ", Format: openprojecttest.Text},
		openprojecttest.Field{ID: 32, Name: "Subject", Format: openprojecttest.Text},
	)
	id := tracker.Add(openprojecttest.WorkPackage{Subject: "built in", Fields: map[string]any{"Subject": "of the editors", "customField30": "x"}})
	wp, err := of(t, tracker).WorkPackage(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var wrong *openproject.NameError
	if _, err := wp.Fields.Lookup("Origin"); !errors.As(err, &wrong) || !slices.Equal(wrong.Matches, []string{"customField30", "customField31"}) {
		t.Errorf("a label that two fields share gave %v", err)
	}
	if _, ok := wp.Fields.Get("Origin"); ok {
		t.Error("Get chose one of two fields")
	}
	if _, err := wp.Fields.Lookup("Source"); !errors.As(err, &wrong) || !slices.Contains(wrong.Known, "Source URL") {
		t.Errorf("an unknown label gave %v", err)
	}
	if _, ok := wp.Fields.Get("Permalink"); ok {
		t.Error("a field of another type is known")
	}
	if v, _ := wp.Fields.Get("Subject"); v.Text() != "of the editors" {
		t.Errorf("the custom field Subject is %q", v.Text())
	}
}
