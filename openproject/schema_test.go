package openproject_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// schemaRequests counts how often schemas were asked for.
func schemaRequests(tracker *openprojecttest.Tracker) int {
	n := 0
	for _, r := range tracker.Requests() {
		if strings.Contains(r.Path, "/schemas/") {
			n++
		}
	}
	return n
}

func TestSchemas(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	s, err := of(t, tracker).Schema(t.Context(), 42, 8)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Medigy Topics", "Permalink"}; !slices.Equal(s.Labels(), want) || s.Href != "/api/v3/work_packages/schemas/42-8" {
		t.Errorf("got %+v, want %q", s, want)
	}
	if f, err := s.Field("permalink"); err != nil || f.Key != "customField18" || f.Type != "String" {
		t.Errorf("got %+v, %v", f, err)
	}
	var none *openproject.Schema
	var wrong *openproject.NameError
	if _, err := none.Field("x"); !errors.As(err, &wrong) || none.Labels() != nil || !strings.Contains(wrong.Hint(), "sees no custom field") {
		t.Errorf("no schema has the field: %v", err)
	}
	if _, err := of(t, tracker).Schema(t.Context(), 99, 8); err == nil {
		t.Error("a schema that does not exist was read")
	}
}

func TestSchemasAreFetchedOnce(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", NoSchemas: true, MaxPageSize: 10}))
	ids := fill(tracker, 50, time.Minute)
	c := of(t, tracker)
	var group sync.WaitGroup
	for _, id := range ids {
		group.Go(func() {
			if _, err := c.WorkPackage(t.Context(), id); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if _, err := list(t, c, openproject.Query{}, nil); err != nil {
		t.Error(err)
	}
	if n := schemaRequests(tracker); n != 1 {
		t.Errorf("the schema was fetched %d times", n)
	}
}

func TestSchemasComeWithThePage(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	ids := fill(tracker, 3, time.Minute)
	c := of(t, tracker)
	if _, err := list(t, c, openproject.Query{}, nil); err != nil {
		t.Fatal(err)
	}
	tracker.AddField(openprojecttest.Field{ID: 40, Name: "Added since", Format: openprojecttest.Text})
	got, err := list(t, c, openproject.Query{}, nil)
	if err != nil || !slices.Contains(got[ids[0]].Fields.Labels(), "Added since") {
		t.Errorf("the labels are %q, %v", got[ids[0]].Fields.Labels(), err)
	}
	if n := schemaRequests(tracker); n != 0 {
		t.Errorf("schemas were fetched %d times", n)
	}
}

func TestSchemaErrorsAreNotKept(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	ids := fill(tracker, 1, 0)
	c := of(t, tracker)
	tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.Contains(r.URL.Path, "schemas") {
			return &openprojecttest.Fault{Half: true}
		}
		return nil
	})
	var broken *openproject.PayloadError
	if wp, err := c.WorkPackage(t.Context(), ids[0]); !errors.As(err, &broken) || wp != nil {
		t.Errorf("got %v, %v", wp, err)
	}
	tracker.SetFault(nil)
	if _, err := c.WorkPackage(t.Context(), ids[0]); err != nil {
		t.Error(err)
	}
}

func TestWaitingForASchemaCanBeCancelled(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	c := of(t, tracker)
	asked := make(chan struct{}, 1)
	tracker.SetFault(func(*http.Request) *openprojecttest.Fault {
		asked <- struct{}{}
		return &openprojecttest.Fault{Delay: time.Hour}
	})
	first, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := c.Schema(first, 41, 7)
		done <- err
	}()
	<-asked // the first caller holds the turn
	second, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Schema(second, 41, 7); !errors.Is(err, context.Canceled) {
		t.Errorf("the second caller got %v", err)
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the first caller got %v", err)
	}
}
