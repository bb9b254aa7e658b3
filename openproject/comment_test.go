package openproject_test

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// desk is a started tracker with work package 3960, and a client for it.
func desk(t *testing.T, o openprojecttest.Options, fields map[string]any) (*openprojecttest.Tracker, *openproject.Client) {
	t.Helper()
	o.APIKey = "secret"
	tracker := openprojecttest.Curation(o)
	tracker.AddProject(openprojecttest.Project{ID: 50, Name: "Hidden", Hidden: true})
	tracker.Add(openprojecttest.WorkPackage{ID: 3960, Subject: "Telemedicine", CreatedAt: epoch(), Fields: fields})
	tracker.Add(openprojecttest.WorkPackage{ID: 3961, Project: 50, CreatedAt: epoch()})
	start(t, tracker)
	return tracker, of(t, tracker)
}

// sent are the requests of a method.
func sent(tracker *openprojecttest.Tracker, method string) []openprojecttest.Request {
	var all []openprojecttest.Request
	for _, r := range tracker.Requests() {
		if r.Method == method {
			all = append(all, r)
		}
	}
	return all
}

// quiet fails on a write that would notify or does not say what it carries.
func quiet(t *testing.T, tracker *openprojecttest.Tracker) {
	t.Helper()
	for _, r := range tracker.Requests() {
		if r.Method != http.MethodGet && (r.Query != "notify=false" || r.Header.Get("Content-Type") != "application/json") {
			t.Errorf("%s %s?%s with content type %q", r.Method, r.Path, r.Query, r.Header.Get("Content-Type"))
		}
	}
}

func TestComments(t *testing.T) {
	now := epoch()
	tracker, c := desk(t, openprojecttest.Options{Now: func() time.Time { now = now.Add(time.Minute); return now }}, nil)
	if got, err := c.Comments(t.Context(), 3960); err != nil || len(got) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	question := tracker.AddComment(3960, openprojecttest.Activity{Comment: "/ingest *now*\r\n", Internal: true})
	made, err := c.AddComment(t.Context(), 3960, "Done. <!-- a -->", "<!-- a -->")
	if err != nil {
		t.Fatal(err)
	}
	edited, err := c.EditComment(t.Context(), made.ID, "Done & dusted. <!-- a -->")
	if err != nil || edited.ID != made.ID || !edited.UpdatedAt.After(made.UpdatedAt) {
		t.Errorf("made %+v, edited %+v, %v", made, edited, err)
	}
	want := []openproject.Comment{
		{
			ID: question, Text: "/ingest *now*\r\n", Internal: true, CreatedAt: epoch().Add(time.Minute), UpdatedAt: epoch().Add(time.Minute),
			Author: openproject.Ref{ID: 58, Href: "/api/v3/users/58", Title: "Radhika Narayanan"},
		},
		{
			ID: made.ID, Text: "Done & dusted. <!-- a -->", Editable: true, CreatedAt: epoch().Add(2 * time.Minute), UpdatedAt: epoch().Add(3 * time.Minute),
			Author: openproject.Ref{ID: 1, Href: "/api/v3/users/1", Title: "Ingest Bot"},
		},
	}
	if got, err := c.Comments(t.Context(), 3960); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\ngot  %+v\nwant %+v", err, got, want)
	}
	if n := tracker.Comments(3960); n[1].Notified {
		t.Error("the watchers got mail")
	}
	quiet(t, tracker)
}

func TestChangesAreNotComments(t *testing.T) {
	_, c := desk(t, openprojecttest.Options{}, nil)
	if _, err := c.Change(t.Context(), 3960, openproject.Change{Status: "Published"}); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Comments(t.Context(), 3960); err != nil || len(got) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCommentsAsTheTrackerSendsThem(t *testing.T) {
	recorded := file(t, "comment-created.json")
	want := openproject.Comment{
		ID: 88123, Text: "Ingested as news/all-about-the-telemedicine-solutions. <!-- ingest:run=7f3a -->", Editable: true,
		Author:    openproject.Ref{ID: 77, Href: "/api/v3/users/77", Title: "Ingest Bot"},
		CreatedAt: time.Date(2020, 12, 22, 3, 20, 5, 731e6, time.UTC), UpdatedAt: time.Date(2020, 12, 22, 3, 20, 5, 731e6, time.UTC),
	}
	for name, tc := range map[string]struct {
		from, to string
		change   func(*openproject.Comment)
	}{
		"recorded":               {"", "", func(*openproject.Comment) {}},
		"no user":                {`"user"`, `"nobody"`, func(c *openproject.Comment) { c.Author = openproject.Ref{} }},
		"not to be edited":       {`"update"`, `"delete"`, func(c *openproject.Comment) { c.Editable = false }},
		"internal":               {`"internal": false`, `"internal": true`, func(c *openproject.Comment) { c.Internal = true }},
		"internal by older name": {`"internal": false`, `"isPrivate": true`, func(c *openproject.Comment) { c.Internal = true }},
		"no word of internal":    {`"internal": false,`, ``, func(*openproject.Comment) {}},
		"never updated":          {`"updatedAt"`, `"x"`, func(*openproject.Comment) {}},
		"no times": {`"createdAt": "2020-12-22T03:20:05.731Z",
  "updatedAt": "2020-12-22T03:20:05.731Z",`, `"createdAt": null,`, func(c *openproject.Comment) { c.CreatedAt, c.UpdatedAt = time.Time{}, time.Time{} }},
	} {
		t.Run(name, func(t *testing.T) {
			body := bytes.Replace(recorded, []byte(tc.from), []byte(tc.to), 1)
			if tc.from != "" && bytes.Equal(body, recorded) {
				t.Fatalf("%q is not in the payload", tc.from)
			}
			expected := want
			tc.change(&expected)
			got, err := answering(t, http.StatusCreated, "application/hal+json; charset=utf-8", body).AddComment(t.Context(), 3960, "x", "")
			if err != nil || got != expected {
				t.Errorf("%v\ngot  %+v\nwant %+v", err, got, expected)
			}
		})
	}
}

func TestNoCommentWithoutId(t *testing.T) {
	for name, body := range map[string]string{"none": `{}`, "zero": `{"id":0}`, "negative": `{"id":-5}`, "a list": `[]`, "half": `{"id":5`} {
		got, err := answering(t, http.StatusCreated, "application/json", []byte(body)).AddComment(t.Context(), 3960, "x", "")
		var unreadable *openproject.PayloadError
		if !errors.As(err, &unreadable) || got != (openproject.Comment{}) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

// TestMergedComments: the answer tells of an entry made earlier, without its user;
// id and text are right all the same (API.md 8).
func TestMergedComments(t *testing.T) {
	now := epoch()
	tracker, c := desk(t, openprojecttest.Options{MergeComments: true, Now: func() time.Time { now = now.Add(time.Minute); return now }}, nil)
	if _, err := c.Change(t.Context(), 3960, openproject.Change{Status: "Published"}); err != nil {
		t.Fatal(err)
	}
	changed, _ := tracker.Get(3960)
	got, err := c.AddComment(t.Context(), 3960, "Published.", "Published.")
	if err != nil || got.Text != "Published." || got.ID != tracker.Comments(3960)[0].ID || !got.Author.IsZero() || !got.CreatedAt.Equal(changed.UpdatedAt) {
		t.Errorf("got %+v, %v", got, err)
	}
	if edited, err := c.EditComment(t.Context(), got.ID, "Published again."); err != nil || edited.ID != got.ID {
		t.Errorf("got %+v, %v", edited, err)
	}
	if said := tracker.Comments(3960); len(said) != 1 || said[0].Comment != "Published again." {
		t.Errorf("got %+v", said)
	}
}

func TestWhoMayNotComment(t *testing.T) {
	tracker, c := desk(t, openprojecttest.Options{}, nil)
	theirs := tracker.AddComment(3960, openprojecttest.Activity{Comment: "x"})
	_, reader := desk(t, openprojecttest.Options{ReadOnly: true}, nil)
	for name, try := range map[string]func() error{
		"a reader comments":         func() error { _, err := reader.AddComment(t.Context(), 3960, "x", "x"); return err },
		"another's comment, edited": func() error { _, err := c.EditComment(t.Context(), theirs, "y"); return err },
		"a reader changes something": func() error {
			_, err := reader.Change(t.Context(), 3960, openproject.Change{Status: "Published"})
			return err
		},
	} {
		err := try()
		var denied *openproject.PermissionError
		var api *openproject.APIError
		if !errors.As(err, &denied) || !strings.Contains(denied.Hint(), "role") || !errors.As(err, &api) || api.Status != http.StatusForbidden {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if got := tracker.Comments(3960); got[0].Comment != "x" {
		t.Errorf("got %+v", got)
	}
	for name, try := range map[string]func() error{
		"a hidden work package": func() error { _, err := c.AddComment(t.Context(), 3961, "x", "x"); return err },
		"no such comment":       func() error { _, err := c.EditComment(t.Context(), 1, "x"); return err },
		"comments of nothing":   func() error { _, err := c.Comments(t.Context(), 1); return err },
	} {
		var api *openproject.APIError
		if err := try(); !errors.As(err, &api) || api.Status != http.StatusNotFound || api.Hint() == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestWritesFollowNoRedirect: followed, a POST would become a GET whose answer looks
// like success, or be sent twice.
func TestWritesFollowNoRedirect(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		requests := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests++
			http.Redirect(w, r, "/elsewhere", status)
		}))
		c := client(t, openproject.Options{BaseURL: server.URL, APIKey: "secret"})
		_, err := c.AddComment(t.Context(), 3960, "x", "x")
		var redirect *openproject.RedirectError
		var transport *openproject.TransportError
		if !errors.As(err, &redirect) || requests != 1 || !errors.As(err, &transport) || transport.Method != http.MethodPost {
			t.Errorf("%d: %d requests, %v", status, requests, err)
		}
		server.Close()
	}
}
