package openprojecttest_test

import (
	"net/http"
	"reflect"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

const activities = "/api/v3/work_packages/3960/activities"

func TestCommentsNotifyUnlessToldNotTo(t *testing.T) {
	for query, want := range map[string]bool{"": true, "?notify=true": true, "?notify=false": false, "?notify=": true} {
		tracker := curated(t, openprojecttest.Options{})
		if got := ask(t, tracker, "POST", activities+query, `{"comment":{"raw":"x"}}`); got.status != 201 {
			t.Fatalf("got %d %s", got.status, got.text)
		}
		if got := tracker.Comments(3960)[0].Notified; got != want {
			t.Errorf("%q: notified %v, want %v", query, got, want)
		}
	}
}

func TestCommentsOfOthersCannotBeEdited(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	id := tracker.AddComment(3960, openprojecttest.Activity{Comment: "/ingest"})
	at := "/api/v3/activities/" + number(id)
	got := ask(t, tracker, "GET", at, "")
	if dig(got.body, "_links", "user", "title") != "Radhika Narayanan" || dig(got.body, "_links", "update") != nil {
		t.Errorf("got %s", got.text)
	}
	if got := ask(t, tracker, "PATCH", at, `{"comment":{"raw":"x"}}`); got.status != 403 {
		t.Errorf("got %d %s", got.status, got.text)
	}
	want := []openprojecttest.Activity{{ID: id, Comment: "/ingest", User: 58, CreatedAt: noon()}}
	if got := tracker.Comments(3960); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEditingAComment(t *testing.T) {
	now := noon()
	tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", Now: func() time.Time { now = now.Add(time.Minute); return now }})
	tracker.Add(openprojecttest.WorkPackage{ID: 3960})
	start(t, tracker)
	at, _ := dig(ask(t, tracker, "POST", activities, `{"comment":{"raw":"x"}}`).body, "_links", "self", "href").(string)
	got := ask(t, tracker, "PATCH", at, `{"comment":{"raw":"y"}}`)
	if dig(got.body, "createdAt") != "2020-12-22T12:02:00.000Z" || dig(got.body, "updatedAt") != "2020-12-22T12:03:00.000Z" {
		t.Errorf("got %s", got.text)
	}
	if w, _ := tracker.Get(3960); w.LockVersion != 0 {
		t.Errorf("it moved the work package: %+v", w)
	}
}

func TestCommentsAreMergedIntoAChange(t *testing.T) {
	for name, tc := range map[string]struct {
		options openprojecttest.Options
		between func(*openprojecttest.Tracker)
		merged  bool
	}{
		"after a change":    {openprojecttest.Options{MergeComments: true}, func(*openprojecttest.Tracker) {}, true},
		"after another's":   {openprojecttest.Options{MergeComments: true}, func(t *openprojecttest.Tracker) { t.AddComment(3960, openprojecttest.Activity{Comment: "x"}) }, false},
		"where it does not": {openprojecttest.Options{}, func(*openprojecttest.Tracker) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := curated(t, tc.options)
			if got := ask(t, tracker, "PATCH", "/api/v3/work_packages/3960", `{"lockVersion":7,"subject":"S"}`); got.status != 200 {
				t.Fatalf("got %d %s", got.status, got.text)
			}
			entry := dig(elements(ask(t, tracker, "GET", activities, ""))[1], "id")
			tc.between(tracker)
			got := ask(t, tracker, "POST", activities, `{"comment":{"raw":"said"}}`)
			if (dig(got.body, "id") == entry) != tc.merged || (dig(got.body, "_links", "user") == nil) != tc.merged || dig(got.body, "comment", "raw") != "said" {
				t.Errorf("merged into %v: %s", entry, got.text)
			}
			if details, _ := dig(got.body, "details").([]any); (len(details) > 0) != tc.merged {
				t.Errorf("details %v", details)
			}
			again := ask(t, tracker, "POST", activities, `{"comment":{"raw":"said again"}}`)
			if dig(again.body, "id") == dig(got.body, "id") {
				t.Error("a second comment took the place of the first")
			}
		})
	}
}

func TestWorkflow(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	tracker.AddStatus(openprojecttest.Status{ID: 20, Name: "Archived", From: []int64{15}})
	const wp = "/api/v3/work_packages/3960"
	got := ask(t, tracker, "PATCH", wp, `{"lockVersion":7,"_links":{"status":{"href":"/api/v3/statuses/20"}}}`)
	if got.status != 422 || dig(got.body, "_embedded", "details", "attribute") != "status" {
		t.Errorf("got %d %s", got.status, got.text)
	}
	ask(t, tracker, "PATCH", wp, `{"lockVersion":7,"_links":{"status":{"href":"/api/v3/statuses/15"}}}`)
	if got := ask(t, tracker, "PATCH", wp, `{"lockVersion":8,"_links":{"status":{"href":"/api/v3/statuses/20"}}}`); got.status != 200 {
		t.Errorf("got %d %s", got.status, got.text)
	}
}

func TestReadOnlyFields(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	tracker.AddField(
		openprojecttest.Field{ID: 30, Name: "Score", Format: openprojecttest.Text, ReadOnly: true},
		openprojecttest.Field{ID: 31, Name: "Desk", Format: openprojecttest.List, Options: []string{"A"}, ReadOnly: true},
	)
	schema := ask(t, tracker, "GET", "/api/v3/work_packages/schemas/41-7", "")
	for _, key := range []string{"customField30", "customField31"} {
		if dig(schema.body, key, "writable") != false {
			t.Errorf("%s is writable", key)
		}
	}
	for _, body := range []string{`{"lockVersion":7,"customField30":"x"}`, `{"lockVersion":7,"_links":{"customField31":{"href":null}}}`} {
		if got := ask(t, tracker, "PATCH", "/api/v3/work_packages/3960", body); got.status != 422 || got.body["errorIdentifier"] != "urn:openproject-org:api:v3:errors:PropertyIsReadOnly" {
			t.Errorf("%s: got %d %s", body, got.status, got.text)
		}
	}
}

func TestFaultsAfterTheDeed(t *testing.T) {
	for name, fault := range map[string]openprojecttest.Fault{
		"dropped":     {Done: true, Drop: true},
		"half":        {Cut: true},
		"of a proxy":  {Done: true, Status: http.StatusGatewayTimeout},
		"not a word":  {Done: true},
		"none at all": {Drop: true},
	} {
		tracker := curated(t, openprojecttest.Options{})
		tracker.SetFault(func(*http.Request) *openprojecttest.Fault { return &fault })
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, tracker.URL()+activities, jsonBody(`{"comment":{"raw":"x"}}`))
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth("apikey", "secret")
		r.Header.Set("Content-Type", "application/json")
		if resp, err := http.DefaultClient.Do(r); err == nil {
			_ = resp.Body.Close()
		}
		want := 1
		if name == "none at all" {
			want = 0
		}
		if got := len(tracker.Comments(3960)); got != want {
			t.Errorf("%s: %d comments, want %d", name, got, want)
		}
	}
}
