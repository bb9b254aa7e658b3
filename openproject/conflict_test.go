package openproject_test

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// meanwhile lets somebody edit 3960 before each of the first n changes arrives.
func meanwhile(tracker *openprojecttest.Tracker, n int, edit func(*openprojecttest.WorkPackage)) {
	var sent atomic.Int64
	tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if r.Method == http.MethodPatch && sent.Add(1) <= int64(n) {
			tracker.Update(3960, edit)
		}
		return nil
	})
}

func TestConflicts(t *testing.T) {
	ours := openproject.Change{Status: "Published", Fields: map[string]any{"Clean URL": "https://ours.org"}}
	set := func(label, value string) func(*openprojecttest.WorkPackage) {
		return func(w *openprojecttest.WorkPackage) { w.Fields[label] = value }
	}
	status := func(id int64) func(*openprojecttest.WorkPackage) {
		return func(w *openprojecttest.WorkPackage) { w.Status = id }
	}
	for name, tc := range map[string]struct {
		times   int
		edit    func(*openprojecttest.WorkPackage)
		patches int
		what    string // of the conflict; "-": there is none
		status  int64  // afterwards
		link    string
	}{
		"nobody":                       {0, nil, 1, "-", 14, "https://ours.org"},
		"another field":                {1, set("Via", "x"), 2, "-", 14, "https://ours.org"},
		"another field, twice":         {2, set("Via", "x"), 3, "-", 14, "https://ours.org"},
		"another field, without end":   {99, set("Via", "x"), 3, "", 1, "https://was.org"},
		"the same field":               {1, set("Clean URL", "https://theirs.org"), 1, "Clean URL", 1, "https://theirs.org"},
		"the same field, as we wanted": {1, set("Clean URL", "https://ours.org"), 2, "-", 14, "https://ours.org"},
		"the status":                   {1, status(15), 1, "status", 15, "https://was.org"},
		"the status, as we wanted":     {1, status(14), 2, "-", 14, "https://ours.org"},
		"all of it, as we wanted": {1, func(w *openprojecttest.WorkPackage) {
			w.Status, w.Fields["Clean URL"] = 14, "https://ours.org"
		}, 1, "-", 14, "https://ours.org"},
		"the same field emptied": {1, set("Clean URL", ""), 1, "Clean URL", 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, c := desk(t, openprojecttest.Options{}, map[string]any{"Clean URL": "https://was.org"})
			meanwhile(tracker, tc.times, tc.edit)
			got, err := c.Change(t.Context(), 3960, ours)
			var conflict *openproject.ConflictError
			switch {
			case tc.what == "-" && (err != nil || got.Status.ID != tc.status):
				t.Errorf("got %+v, %v", got, err)
			case tc.what != "-" && (!errors.As(err, &conflict) || got != nil):
				t.Fatalf("got %+v, %v; want a conflict", got, err)
			case tc.what != "-" && (conflict.What != tc.what || conflict.Hint() == "" || !strings.Contains(err.Error(), "work package 3960")):
				t.Errorf("got %v", err)
			}
			now, _ := tracker.Get(3960)
			if now.Status != tc.status || now.Fields["Clean URL"] != tc.link {
				t.Errorf("it has status %d and %v", now.Status, now.Fields)
			}
			if n := patches(tracker); n != tc.patches {
				t.Errorf("%d changes were sent, want %d", n, tc.patches)
			}
		})
	}
}

func TestConflictsTellWhatWasSeen(t *testing.T) {
	tracker, c := desk(t, openprojecttest.Options{}, map[string]any{"Clean URL": "https://was.org"})
	meanwhile(tracker, 1, func(w *openprojecttest.WorkPackage) { w.Fields["Clean URL"] = "https://theirs.org" })
	_, err := c.Change(t.Context(), 3960, openproject.Change{Fields: map[string]any{"clean url": "https://ours.org"}})
	conflict, _ := errors.AsType[*openproject.ConflictError](err)
	want := openproject.ConflictError{WorkPackage: 3960, What: "Clean URL", Was: "https://was.org", Is: "https://theirs.org", Wanted: "https://ours.org"}
	if conflict == nil || *conflict != want {
		t.Errorf("got %+v, want %+v", conflict, want)
	}
	meanwhile(tracker, 99, func(*openprojecttest.WorkPackage) {})
	_, err = c.Change(t.Context(), 3960, openproject.Change{Status: "Published"})
	api, _ := errors.AsType[*openproject.APIError](err)
	if api == nil || api.Identifier != "UpdateConflict" || api.Method != http.MethodPatch {
		t.Errorf("got %v", err)
	}
}

// TestBases: what was changed between the caller's look and ours is a conflict too,
// and costs no write.
func TestBases(t *testing.T) {
	for name, tc := range map[string]struct {
		edit func(*openprojecttest.WorkPackage)
		what string
	}{
		"nothing":          {func(*openprojecttest.WorkPackage) {}, "-"},
		"another field":    {func(w *openprojecttest.WorkPackage) { w.Fields["Via"] = "x" }, "-"},
		"the same field":   {func(w *openprojecttest.WorkPackage) { w.Fields["Clean URL"] = "https://theirs.org" }, "Clean URL"},
		"the status":       {func(w *openprojecttest.WorkPackage) { w.Status = 15 }, "status"},
		"to what we want":  {func(w *openprojecttest.WorkPackage) { w.Status = 14 }, "-"},
		"a blank at least": {func(w *openprojecttest.WorkPackage) { w.Fields["Clean URL"] = "https://was.org " }, "Clean URL"},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, c := desk(t, openprojecttest.Options{}, map[string]any{"Clean URL": "https://was.org"})
			base, err := c.WorkPackage(t.Context(), 3960)
			if err != nil {
				t.Fatal(err)
			}
			tracker.Update(3960, tc.edit)
			change := openproject.Change{Base: base, Status: "Published", Fields: map[string]any{"Clean URL": "https://ours.org"}}
			_, err = c.Change(t.Context(), 3960, change)
			conflict, conflicts := errors.AsType[*openproject.ConflictError](err)
			if conflicts != (tc.what != "-") || conflicts && (conflict.What != tc.what || patches(tracker) > 0) || !conflicts && err != nil {
				t.Errorf("got %v after %d changes", err, patches(tracker))
			}
		})
	}
}

// TestChangesArriveOnce: an answer that is lost leads to a second attempt, which
// finds the change done.
func TestChangesArriveOnce(t *testing.T) {
	for name, tc := range map[string]struct {
		fault   openprojecttest.Fault
		patches int
	}{
		"arrived, no answer":      {openprojecttest.Fault{Done: true, Drop: true}, 2},
		"arrived, half an answer": {openprojecttest.Fault{Cut: true}, 2},
		"arrived, 504":            {openprojecttest.Fault{Done: true, Status: 504}, 2},
		"lost":                    {openprojecttest.Fault{Drop: true}, 2},
		"429":                     {openprojecttest.Fault{Status: 429}, 2},
	} {
		tracker, c := desk(t, openprojecttest.Options{}, nil)
		failing(tracker, http.MethodPatch, 1, tc.fault)
		got, err := c.Change(t.Context(), 3960, openproject.Change{Status: "Published"})
		now, _ := tracker.Get(3960)
		if err != nil || got.Status.Title != "Published" || now.LockVersion != 1 || patches(tracker) != tc.patches {
			t.Errorf("%s: got %+v, %v; lock version %d after %d changes", name, got, err, now.LockVersion, patches(tracker))
		}
	}
}

// TestRefusals: the tracker's rules may be stricter than what its schema tells.
func TestRefusals(t *testing.T) {
	const prefix = `{"_type":"Error","errorIdentifier":"urn:openproject-org:api:v3:errors:`
	for name, tc := range map[string]struct {
		body string
		want any
		says string
	}{
		"closed after all":   {prefix + `PropertyIsReadOnly","message":"Read me.","_embedded":{"details":{"attribute":"customField12"}}}`, new(*openproject.FieldError), `"Clean URL" (Link) cannot be written: change work package 3960`},
		"against a rule":     {prefix + `PropertyConstraintViolation","message":"Too long.","_embedded":{"details":{"attribute":"customField12"}}}`, new(*openproject.FieldError), "Too long."},
		"the status":         {prefix + `PropertyConstraintViolation","message":"Nope.","_embedded":{"details":{"attribute":"status"}}}`, new(*openproject.StatusError), `"Published": Nope.`},
		"something else":     {string(file(t, "error-422-single.json")), new(*openproject.APIError), "Source URL can't be blank."},
		"several of others":  {string(file(t, "error-422.json")), new(*openproject.APIError), "Subject can't be blank. Source URL can't be blank."},
		"several, one ours":  {strings.Replace(string(file(t, "error-422.json")), `"subject"`, `"status"`, 1), new(*openproject.StatusError), "Subject can't be blank."},
		"nobody knows which": {prefix + `PropertyConstraintViolation","message":"No."}`, new(*openproject.APIError), "No."},
	} {
		tracker, c := desk(t, openprojecttest.Options{}, nil)
		failing(tracker, http.MethodPatch, 1, openprojecttest.Fault{Status: 422, Body: tc.body, Header: http.Header{"Content-Type": {"application/hal+json"}}})
		got, err := c.Change(t.Context(), 3960, openproject.Change{Status: "Published", Fields: map[string]any{"Clean URL": "https://e.org"}})
		if !errors.As(err, tc.want) || got != nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: got %T %v", name, err, err)
		}
		var field *openproject.FieldError
		if _, plain := tc.want.(**openproject.APIError); plain && errors.As(err, &field) {
			t.Errorf("%s: blames %v", name, field)
		}
		if api, _ := errors.AsType[*openproject.APIError](err); api == nil || api.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: the answer is lost: %v", name, err)
		}
	}
}
