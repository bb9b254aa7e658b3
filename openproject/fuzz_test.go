package openproject_test

import (
	"testing"

	"ingest/openproject"
)

// FuzzWorkPackage: whatever the body, no panic; and either an error or a whole
// work package, all of whose fields can be read.
func FuzzWorkPackage(f *testing.F) {
	f.Add(file(f, "wp-3960.json"))
	f.Add([]byte(minimal(3960)))
	f.Add([]byte(`{"_links":{"a":[{"href":"x"},null]},"customField1":{"raw":null},"":"\\"}`))
	schema := file(f, "schema.json")
	f.Fuzz(func(t *testing.T, body []byte) {
		wp, err := from(t, canned{body: body, schemas: schema}).WorkPackage(t.Context(), 3960)
		if err != nil {
			if wp != nil {
				t.Errorf("a work package and the error %v", err)
			}
			return
		}
		whole(t, wp)
	})
}

// FuzzList: the same for a page of a listing and the schemas in it; the listing
// ends.
func FuzzList(f *testing.F) {
	f.Add(file(f, "collection-page.json"))
	f.Add([]byte(`{"total":1,"_embedded":{"elements":[` + minimal(1) + `]}}`))
	schema := file(f, "schema.json")
	f.Fuzz(func(t *testing.T, body []byte) {
		for wp, err := range from(t, canned{body: body, schemas: schema}).WorkPackages(t.Context(), openproject.Query{}) {
			if err != nil {
				if wp != nil {
					t.Errorf("a work package and the error %v", err)
				}
				return
			}
			whole(t, wp)
		}
	})
}

// FuzzSmall: the same for everything else that is read.
func FuzzSmall(f *testing.F) {
	f.Add(file(f, "attachments-3960.json"))
	f.Add(file(f, "schema.json"))
	f.Add(file(f, "comment-created.json"))
	f.Add(file(f, "error-422.json"))
	f.Fuzz(func(t *testing.T, body []byte) {
		c := from(t, canned{body: body, schemas: body})
		if s, err := c.Schema(t.Context(), 41, 7); err == nil && s.Href == "" {
			t.Errorf("half a schema: %+v", s)
		}
		if a, err := c.Attachment(t.Context(), 1); err == nil && a.Href == "" {
			t.Errorf("half an attachment: %+v", a)
		}
		if all, err := c.Attachments(t.Context(), 1); err != nil && all != nil {
			t.Errorf("attachments and the error %v", err)
		}
		if said, err := c.Comments(t.Context(), 1); err != nil && said != nil {
			t.Errorf("comments and the error %v", err)
		}
		if said, err := c.EditComment(t.Context(), 1, "x"); (err == nil) != (said.ID > 0) {
			t.Errorf("comment %+v and the error %v", said, err)
		}
		if all, err := c.Statuses(t.Context()); err != nil && all != nil {
			t.Errorf("statuses and the error %v", err)
		}
	})
}

func whole(t *testing.T, wp *openproject.WorkPackage) {
	t.Helper()
	if wp.ID <= 0 || wp.DisplayID == "" || wp.Schema.Href == "" {
		t.Errorf("half a work package: %+v", wp)
	}
	if year := wp.CreatedAt.Year(); year < 0 || year > 9999 {
		t.Errorf("made in the year %d", year)
	}
	for _, label := range wp.Fields.Labels() {
		if v, ok := wp.Fields.Get(label); ok {
			v.Text()
			v.Any()
			v.Date()
		}
	}
}

// FuzzChange: whatever the tracker answers, no panic, and either an error or a
// whole work package.
func FuzzChange(f *testing.F) {
	f.Add(file(f, "wp-3960.json"), file(f, "schema.json"), "Telemedicine")
	f.Add([]byte(minimal(3960)), []byte(`{"_links":{"self":{"href":"/s"}},"customField13":{"name":"Medigy Topics","type":"[]X","_links":{"allowedValues":[]}}}`), "")
	f.Fuzz(func(t *testing.T, body, schema []byte, want string) {
		change := openproject.Change{Status: want, Fields: map[string]any{"Medigy Topics": []string{want}, "Clean URL": want}}
		wp, err := from(t, canned{body: body, schemas: schema}).Change(t.Context(), 3960, change)
		if (err == nil) != (wp != nil) {
			t.Errorf("%+v and the error %v", wp, err)
		}
		if wp != nil {
			whole(t, wp)
		}
	})
}
