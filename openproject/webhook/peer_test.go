package webhook_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/openproject/webhook"
)

// inbox verifies and parses what it is sent, as the service does.
type inbox struct {
	mu     sync.Mutex
	events []webhook.Event
	errs   []error
}

func (i *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = webhook.Verify(body, r.Header.Get(webhook.Header), []string{"new", vectorSecret})
	}
	e, parseErr := webhook.Parse(body)
	if err == nil {
		err = parseErr
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if err != nil {
		i.errs = append(i.errs, err)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	i.events = append(i.events, e)
	w.WriteHeader(http.StatusAccepted)
}

// TestFromTrackerToEvent: what happens in a tracker, by our hands and by others',
// arrives as events; ours can be told by the actor.
func TestFromTrackerToEvent(t *testing.T) {
	box := &inbox{}
	server := httptest.NewServer(box)
	defer server.Close()
	tracker := openprojecttest.Curation(openprojecttest.Options{CommentsTouch: true})
	if err := tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer tracker.Close()
	c, err := openproject.New(openproject.Options{BaseURL: tracker.URL(), APIKey: "any"})
	if err != nil {
		t.Fatal(err)
	}
	me, err := c.Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := tracker.Add(openprojecttest.WorkPackage{Subject: "Telemedicine & more"})
	tracker.Webhook(server.URL, vectorSecret)
	for name, tc := range map[string]struct {
		do   func() error
		ours bool
		want []webhook.Kind
	}{
		"an editor's change": {func() error { tracker.Update(id, func(*openprojecttest.WorkPackage) {}); return nil }, false, []webhook.Kind{webhook.WorkPackage}},
		"an editor's word":   {func() error { tracker.AddComment(id, openprojecttest.Activity{Comment: "/ingest"}); return nil }, false, []webhook.Kind{webhook.WorkPackage, webhook.Comment}},
		"an editor's file": {func() error {
			tracker.AddAttachment(id, openprojecttest.Attachment{FileName: "a.jpg", Author: 58})
			return nil
		}, false, []webhook.Kind{webhook.Attachment}},
		"our change":  {func() error { _, err := c.Change(t.Context(), id, openproject.Change{Status: "Published"}); return err }, true, []webhook.Kind{webhook.WorkPackage}},
		"our comment": {func() error { _, err := c.AddComment(t.Context(), id, "Done.", "Done."); return err }, true, []webhook.Kind{webhook.WorkPackage, webhook.Comment}},
	} {
		if err := tc.do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		tracker.WaitForHooks()
		kinds := map[webhook.Kind]bool{}
		for _, e := range box.events {
			kinds[e.Kind] = true
			if e.WorkPackage != id || (e.Actor == me.ID) != tc.ours || e.Actor == 0 {
				t.Errorf("%s: got %+v", name, e)
			}
		}
		if len(box.events) != len(tc.want) || len(box.errs) > 0 {
			t.Errorf("%s: got %+v, %v", name, box.events, box.errs)
		}
		for _, kind := range tc.want {
			if !kinds[kind] {
				t.Errorf("%s: no event about a %s", name, kind)
			}
		}
		box.events = nil
	}
}
