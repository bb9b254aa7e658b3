package openprojecttest_test

import (
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

func TestChangesFromOutside(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	before, _ := tracker.Get(3961)
	if !tracker.Update(3961, func(w *openprojecttest.WorkPackage) { w.Subject = "Titled"; w.ID = 1 }) {
		t.Fatal("3961 is not there")
	}
	after, _ := tracker.Get(3961)
	if after.Subject != "Titled" || after.LockVersion != before.LockVersion+1 || !after.UpdatedAt.Equal(noon()) || !after.CreatedAt.Equal(before.CreatedAt) {
		t.Errorf("got %+v", after)
	}
	if got := ask(t, tracker, "GET", "/api/v3/work_packages/3961", ""); dig(got.body, "subject") != "Titled" || dig(got.body, "updatedAt") != "2020-12-22T12:00:00.000Z" {
		t.Errorf("got %s", got.text)
	}
	if !tracker.Delete(3960) || tracker.Delete(3960) || tracker.Update(3960, func(*openprojecttest.WorkPackage) {}) {
		t.Error("3960 was not deleted once")
	}
	if _, exists := tracker.Get(3960); exists {
		t.Error("3960 is still there")
	}
	if got := ask(t, tracker, "GET", "/api/v3/attachments/10312", ""); got.status != 404 {
		t.Errorf("its attachment: %d", got.status)
	}
	// A list that was rendered before shows what changes beside the work package.
	ask(t, tracker, "GET", query(list, "filters", "[]"), "")
	tracker.AddField(openprojecttest.Field{ID: 20, Name: "New", Format: openprojecttest.Text})
	for _, e := range elements(ask(t, tracker, "GET", query(list, "filters", "[]"), "")) {
		if _, has := e.(map[string]any)["customField20"]; !has {
			t.Errorf("%v lacks the new field", dig(e, "id"))
		}
	}
	if again := tracker.Add(openprojecttest.WorkPackage{}); again <= 3963 {
		t.Errorf("a new work package got id %d", again)
	}
}

func TestMistakesInFixturesPanic(t *testing.T) {
	for name, mistake := range map[string]func(*openprojecttest.Tracker){
		"no such type":     func(t *openprojecttest.Tracker) { t.Add(openprojecttest.WorkPackage{Type: 99}) },
		"no such field":    func(t *openprojecttest.Tracker) { t.Add(openprojecttest.WorkPackage{Fields: map[string]any{"X": 1}}) },
		"an id twice":      func(t *openprojecttest.Tracker) { t.Add(openprojecttest.WorkPackage{ID: 3960}) },
		"a type twice":     func(t *openprojecttest.Tracker) { t.AddType(openprojecttest.Type{ID: 7}) },
		"a file of no one": func(t *openprojecttest.Tracker) { t.AddAttachment(1, openprojecttest.Attachment{}) },
	} {
		t.Run(name, func(t *testing.T) {
			tracker := curated(t, openprojecttest.Options{})
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
				if _, ok := tracker.Get(3960); !ok { // and no lock is held
					t.Error("3960 is gone")
				}
			}()
			mistake(tracker)
		})
	}
}

func TestCommentsAndChangesOverHTTP(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{CommentsTouch: true})
	const wp, activities = "/api/v3/work_packages/3960", "/api/v3/work_packages/3960/activities"
	made := ask(t, tracker, "POST", activities+"?notify=false", `{"comment":{"raw":"Published."},"internal":true}`)
	at, _ := dig(made.body, "_links", "self", "href").(string)
	if made.status != 201 || dig(made.body, "comment", "raw") != "Published." || dig(made.body, "_links", "user", "title") != "Ingest Bot" {
		t.Fatalf("got %d %s", made.status, made.text)
	}
	if changed := ask(t, tracker, "PATCH", at, `{"comment":{"raw":"Published again."}}`); changed.status != 200 {
		t.Errorf("got %d %s", changed.status, changed.text)
	}
	if got := ask(t, tracker, "GET", at, ""); dig(got.body, "comment", "raw") != "Published again." {
		t.Errorf("got %s", got.text)
	}
	want := []openprojecttest.Activity{{ID: tracker.Comments(3960)[0].ID, Comment: "Published again.", Internal: true, User: 1, Version: 10, CreatedAt: noon(), UpdatedAt: noon()}}
	if got := tracker.Comments(3960); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if last := tracker.Requests()[0]; last.Query != "notify=false" || last.Method != http.MethodPost {
		t.Errorf("the log has %+v", last)
	}
	lock := dig(ask(t, tracker, "GET", wp, "").body, "lockVersion") // the comment touched it
	body := fmt.Sprintf(`{"lockVersion":%v,"subject":"S","description":{"raw":"D"},"customField14":"v","customField17":{"raw":"i"},
		"_links":{"status":{"href":"/api/v3/statuses/7"},"assignee":{"href":null},"customField13":[]}}`, lock)
	if got := ask(t, tracker, "PATCH", wp, body); got.status != 200 || dig(got.body, "_links", "status", "title") != "In progress" || dig(got.body, "lockVersion") != lock.(float64)+1 {
		t.Errorf("got %d %s", got.status, got.text)
	}
	if w, _ := tracker.Get(3960); w.Subject != "S" || w.Description != "D" || w.Fields["Via"] != "v" || w.Fields["Insights Description"] != "i" || w.Status != 7 {
		t.Errorf("got %+v", w)
	}
	if got := ask(t, tracker, "PATCH", wp, body); got.status != 409 || got.body["errorIdentifier"] != "urn:openproject-org:api:v3:errors:UpdateConflict" {
		t.Errorf("a stale lock version: %d %s", got.status, got.text)
	}
}

func TestChangesThatAreRefused(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	before, _ := tracker.Get(3960)
	const wp = "/api/v3/work_packages/3960"
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		identifier         string
	}{
		"no lock version":         {"PATCH", wp, `{"subject":"S"}`, 409, "UpdateConflict"},
		"blank subject":           {"PATCH", wp, `{"lockVersion":7,"subject":" "}`, 422, "PropertyConstraintViolation"},
		"two faults":              {"PATCH", wp, `{"lockVersion":7,"subject":"","createdAt":"x"}`, 422, "MultipleErrors"},
		"read-only":               {"PATCH", wp, `{"lockVersion":7,"createdAt":"2020"}`, 422, "PropertyIsReadOnly"},
		"a field of another type": {"PATCH", wp, `{"lockVersion":7,"customField18":"x"}`, 422, "PropertyIsReadOnly"},
		"a text of numbers":       {"PATCH", wp, `{"lockVersion":7,"subject":5}`, 422, "PropertyFormatError"},
		"no such status":          {"PATCH", wp, `{"lockVersion":7,"_links":{"status":{"href":"/api/v3/statuses/99"}}}`, 422, "PropertyConstraintViolation"},
		"no such option":          {"PATCH", wp, `{"lockVersion":7,"_links":{"customField13":[{"href":"/api/v3/custom_options/1"}]}}`, 422, "PropertyConstraintViolation"},
		"not a number":            {"PATCH", wp, `{"lockVersion":7,"_links":{"status":{"href":"/api/v3/statuses/x"}}}`, 422, "MultipleErrors"},
		"an unknown link":         {"PATCH", wp, `{"lockVersion":7,"_links":{"author":{"href":null}}}`, 422, "PropertyIsReadOnly"},
		"half JSON":               {"PATCH", wp, `{"lockVersion":7`, 400, "InvalidRequestBody"},
		"no such work package":    {"PATCH", "/api/v3/work_packages/1", `{}`, 404, "NotFound"},
		"blank comment":           {"POST", wp + "/activities", `{"comment":{"raw":" "}}`, 422, "PropertyConstraintViolation"},
		"half a comment":          {"POST", wp + "/activities", `{"comment"`, 400, "InvalidRequestBody"},
		"a comment nowhere":       {"POST", "/api/v3/work_packages/1/activities", `{"comment":{"raw":"x"}}`, 404, "NotFound"},
		"no such comment":         {"PATCH", "/api/v3/activities/1", `{"comment":{"raw":"x"}}`, 404, "NotFound"},
		"without content type":    {"POST", wp + "/activities", "", 406, "TypeNotSupported"},
	} {
		got := ask(t, tracker, tc.method, tc.path, tc.body)
		if got.status != tc.status || got.body["errorIdentifier"] != "urn:openproject-org:api:v3:errors:"+tc.identifier {
			t.Errorf("%s: got %d %s", name, got.status, got.text)
		}
	}
	if after, _ := tracker.Get(3960); !reflect.DeepEqual(after, before) {
		t.Errorf("a refused change changed it to %+v", after)
	}
	reader := curated(t, openprojecttest.Options{ReadOnly: true})
	if got := ask(t, reader, "PATCH", wp, `{"lockVersion":7}`); got.status != 403 {
		t.Errorf("a reader changed it: %d", got.status)
	}
	if got := ask(t, reader, "POST", wp+"/activities", `{"comment":{"raw":"x"}}`); got.status != 403 {
		t.Errorf("a reader commented it: %d", got.status)
	}
	if got := ask(t, reader, "GET", wp, ""); dig(got.body, "_links", "addComment") != nil || dig(got.body, "_links", "updateImmediately") != nil {
		t.Error("a reader is offered changes")
	}
}

func TestTimesAreThoseOfTheClock(t *testing.T) {
	tracker := openprojecttest.Curation(openprojecttest.Options{Now: noon})
	id := tracker.Add(openprojecttest.WorkPackage{})
	if w, _ := tracker.Get(id); !w.CreatedAt.Equal(noon()) || !w.UpdatedAt.Equal(noon()) || w.Project != 41 || w.Type != 7 || w.Author != 1 {
		t.Errorf("got %+v", w)
	}
	wall := openprojecttest.Curation(openprojecttest.Options{})
	if w, _ := wall.Get(wall.Add(openprojecttest.WorkPackage{})); time.Since(w.CreatedAt) > time.Hour {
		t.Errorf("made at %v", w.CreatedAt)
	}
}
