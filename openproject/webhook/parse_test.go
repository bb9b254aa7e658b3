package webhook_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ingest/openproject/webhook"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// updated is when the work package of the recorded bodies was changed.
func updated() time.Time { return time.Date(2020, 12, 22, 3, 12, 41, 254e6, time.UTC) }

func TestParseWhatTheTrackerSends(t *testing.T) {
	project := webhook.Named{ID: 41, Name: "Medigy News Curated Content"}
	embedded := project
	embedded.Identifier = "netspective-medigy-news-curated-content"
	kind := webhook.Named{ID: 7, Name: "Curated Content"}
	for name, want := range map[string]webhook.Event{
		"webhook-work-package-updated.json": {
			Action: "work_package:updated", Kind: webhook.WorkPackage, WorkPackage: 3960, Type: kind, Project: embedded,
			LockVersion: 7, UpdatedAt: updated(), Actor: 58,
		},
		"webhook-work-package-comment.json": {
			Action: "work_package_comment:comment", Kind: webhook.Comment, WorkPackage: 3960,
			UpdatedAt: time.Date(2020, 12, 22, 3, 20, 5, 731e6, time.UTC), Actor: 77, Activity: 88123,
			Text: "Ingested as news/all-about-the-telemedicine-solutions. <!-- ingest:run=7f3a -->",
		},
		"webhook-attachment-created.json": {
			Action: "attachment:created", Kind: webhook.Attachment, WorkPackage: 3960, Type: kind, Project: project,
			LockVersion: 7, UpdatedAt: updated(), Actor: 58, Attachment: 10312,
		},
	} {
		if got, err := webhook.Parse(file(t, name)); err != nil || got != want {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, err, got, want)
		}
	}
}

func TestParseShapesOfOtherVersions(t *testing.T) {
	const wp, comment, attachment = "webhook-work-package-updated.json", "webhook-work-package-comment.json", "webhook-attachment-created.json"
	here := `"href": "/api/v3/work_packages/3960"`
	for name, tc := range map[string]struct {
		file, from, to string
		check          func(webhook.Event) any
		want           any
	}{
		"made, not changed":            {wp, ":updated", ":created", func(e webhook.Event) any { return e.Kind }, webhook.WorkPackage},
		"no actor":                     {wp, `"actor"`, `"unactor"`, func(e webhook.Event) any { return e.Actor }, int64(0)},
		"actor null":                   {wp, `"actor": {`, `"actor": null, "x": {`, func(e webhook.Event) any { return e.Actor }, int64(0)},
		"whole seconds":                {wp, "12:41.254Z", "12:41Z", func(e webhook.Event) any { return e.UpdatedAt }, updated().Truncate(time.Second)},
		"microseconds, another zone":   {wp, "03:12:41.254Z", "04:12:41.254000+01:00", func(e webhook.Event) any { return e.UpdatedAt }, updated()},
		"nothing embedded":             {wp, `"_embedded": {`, `"_empty": {`, func(e webhook.Event) any { return e.Project }, webhook.Named{ID: 41, Name: "Medigy News Curated Content"}},
		"an internal comment":          {comment, ":comment", ":internal_comment", func(e webhook.Event) any { return e.Internal }, true},
		"internal by its property":     {comment, `"internal": false`, `"internal": true`, func(e webhook.Event) any { return e.Internal }, true},
		"below a prefix":               {comment, here, `"href": "/tracker/api/v3/work_packages/3960"`, func(e webhook.Event) any { return e.WorkPackage }, int64(3960)},
		"an absolute address":          {comment, here, `"href": "https://tracker.example/api/v3/work_packages/3960"`, func(e webhook.Event) any { return e.WorkPackage }, int64(3960)},
		"a comment without user":       {comment, `"user"`, `"nobody"`, func(e webhook.Event) any { return e.Actor }, int64(0)},
		"file of a wiki page":          {attachment, here + ",\n", `"href": "/api/v3/wiki_pages/3960",` + "\n", func(e webhook.Event) any { return e.WorkPackage }, int64(0)},
		"file of a meeting":            {attachment, here + ",\n", `"href": "/api/v3/meetings/3960",` + "\n", func(e webhook.Event) any { return e.Kind }, webhook.Attachment},
		"container without number":     {attachment, here + ",\n", `"href": "/api/v3/work_packages/NEWS-12",` + "\n", func(e webhook.Event) any { return e.WorkPackage }, int64(3960)},
		"container only embedded":      {attachment, `"container": {` + "\n        \"href\"", `"container": {` + "\n        \"x\"", func(e webhook.Event) any { return e.WorkPackage }, int64(3960)},
		"an action of another version": {wp, ":updated", ":deleted", func(e webhook.Event) any { return e }, webhook.Event{Action: "work_package:deleted", Kind: webhook.Other}},
	} {
		t.Run(name, func(t *testing.T) {
			body := bytes.ReplaceAll(file(t, tc.file), []byte(tc.from), []byte(tc.to))
			if bytes.Equal(body, file(t, tc.file)) {
				t.Fatalf("%q is not in %s", tc.from, tc.file)
			}
			got, err := webhook.Parse(body)
			if err != nil || tc.check(got) != tc.want {
				t.Errorf("got %+v of %+v, %v; want %+v", tc.check(got), got, err, tc.want)
			}
		})
	}
}

func TestFilesOfOtherThingsNameNoWorkPackage(t *testing.T) {
	body := `{"action":"attachment:created","attachment":{"id":5,"createdAt":"2020-12-15T06:43:02Z",
		"_embedded":{"container":{"_type":"WikiPage","id":3960}},"_links":{"container":{"href":null},"author":{"href":"/api/v3/users/58"}}}}`
	want := webhook.Event{
		Action: "attachment:created", Kind: webhook.Attachment, Attachment: 5, Actor: 58,
		UpdatedAt: time.Date(2020, 12, 15, 6, 43, 2, 0, time.UTC),
	}
	if got, err := webhook.Parse([]byte(body)); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestParseRefuses(t *testing.T) {
	deep := `{"action":"work_package:updated","x":` + strings.Repeat("[", 400_000) + strings.Repeat("]", 400_000) + "}"
	for name, body := range map[string]string{
		"nothing":                   "",
		"half a body":               `{"action":"work_package:upd`,
		"no object":                 `["work_package:updated"]`,
		"null":                      "null",
		"no action":                 `{"work_package":{"id":1}}`,
		"an action of numbers":      `{"action":1}`,
		"two bodies":                `{"action":"project:created"}{"action":"project:created"}`,
		"no work package":           vectorBody,
		"another resource":          `{"action":"work_package:updated","project":{"id":1}}`,
		"a work package of zero":    `{"action":"work_package:updated","work_package":{"id":0}}`,
		"a negative one":            `{"action":"work_package:updated","work_package":{"id":-3960}}`,
		"one beyond numbers":        `{"action":"work_package:updated","work_package":{"id":99999999999999999999}}`,
		"one of half a number":      `{"action":"work_package:updated","work_package":{"id":1.5}}`,
		"one of letters":            `{"action":"work_package:updated","work_package":{"id":"3960"}}`,
		"a time that is none":       `{"action":"work_package:updated","work_package":{"id":1,"updatedAt":"yesterday"}}`,
		"a comment on nothing":      `{"action":"work_package_comment:comment","activity":{"id":1}}`,
		"a comment on a meeting":    `{"action":"work_package_comment:comment","activity":{"id":1,"_links":{"workPackage":{"href":"/api/v3/meetings/1"}}}}`,
		"a comment without id":      `{"action":"work_package_comment:comment","activity":{"_links":{"workPackage":{"href":"/api/v3/work_packages/1"}}}}`,
		"a file without id":         `{"action":"attachment:created","attachment":{}}`,
		"nested without end":        deep,
		"larger than the limit":     `{"action":"project:created","x":"` + strings.Repeat("x", webhook.MaxBody) + `"}`,
		"a comment, its link a mix": `{"action":"work_package_comment:comment","activity":{"id":1,"_links":{"workPackage":[]}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := webhook.Parse([]byte(body))
			refused, ok := errors.AsType[*webhook.PayloadError](err)
			if !ok || refused.Hint() == "" || refused.Unwrap() == nil || got != (webhook.Event{}) {
				t.Errorf("got %+v, %T %v", got, err, err)
			}
		})
	}
}

func TestOtherActionsAreNoError(t *testing.T) {
	for _, action := range []string{"project:created", "project:updated", "time_entry:created", "work_package:deleted", "wiki_page:updated", "x", ":"} {
		want := webhook.Event{Action: action, Kind: webhook.Other}
		if got, err := webhook.Parse([]byte(`{"action":"` + action + `","work_package":5,"actor":"x"}`)); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", action, got, err)
		}
	}
}

func TestKeysTellRepetitions(t *testing.T) {
	first, err := webhook.Parse(file(t, "webhook-work-package-updated.json"))
	again, errAgain := webhook.Parse(file(t, "webhook-work-package-updated.json"))
	if err != nil || errAgain != nil || first.Key() != again.Key() {
		t.Errorf("%q and %q, %v, %v", first.Key(), again.Key(), err, errAgain)
	}
	seen := map[string]string{first.Key(): "itself"}
	for name, change := range map[string]func(*webhook.Event){
		"a later version":       func(e *webhook.Event) { e.LockVersion++ },
		"a later time":          func(e *webhook.Event) { e.UpdatedAt = e.UpdatedAt.Add(time.Millisecond) },
		"no time":               func(e *webhook.Event) { e.UpdatedAt = time.Time{} },
		"another work package":  func(e *webhook.Event) { e.WorkPackage++ },
		"another comment":       func(e *webhook.Event) { e.Activity++ },
		"another attachment":    func(e *webhook.Event) { e.Attachment++ },
		"another action":        func(e *webhook.Event) { e.Action = "work_package:created" },
		"another, not the same": func(e *webhook.Event) { e.WorkPackage, e.Attachment = e.Attachment, e.WorkPackage },
	} {
		e := first
		change(&e)
		if other := seen[e.Key()]; other != "" {
			t.Errorf("%s has the key of %s: %q", name, other, e.Key())
		}
		seen[e.Key()] = name
	}
}

// FuzzParse: no panic, and either an error and nothing, or an event with what its
// kind promises.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"webhook-work-package-updated.json", "webhook-work-package-comment.json", "webhook-attachment-created.json"} {
		f.Add(file(f, name))
	}
	f.Add([]byte(vectorBody))
	f.Add([]byte(`{"action":"attachment:created","attachment":{"id":1,"_links":{"container":{"href":"/work_packages/"}}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := webhook.Parse(body)
		if err != nil {
			if _, typed := errors.AsType[*webhook.PayloadError](err); !typed || e != (webhook.Event{}) {
				t.Errorf("%+v and %T %v", e, err, err)
			}
			return
		}
		fine := false
		switch e.Kind {
		case webhook.WorkPackage:
			fine = e.WorkPackage > 0
		case webhook.Comment:
			fine = e.WorkPackage > 0 && e.Activity > 0
		case webhook.Attachment:
			fine = e.WorkPackage >= 0 && e.Attachment > 0
		case webhook.Other:
			fine = e == webhook.Event{Action: e.Action, Kind: webhook.Other}
		}
		if !fine || e.Action == "" || e.Actor < 0 || e.Key() == "" {
			t.Errorf("half an event: %+v", e)
		}
	})
}
