package openproject_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func TestObserverIsToldOfEachRequest(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"}))
	id := tracker.Add(openprojecttest.WorkPackage{Subject: "One"})
	tracker.AddAttachment(id, openprojecttest.Attachment{FileName: "a.txt", Content: []byte("text")})
	var mu sync.Mutex
	var told []string
	newClient := func(t *testing.T) *openproject.Client { // each with connections of its own
		return client(t, openproject.Options{BaseURL: tracker.URL(), APIKey: "secret", Observe: func(method string, status int, took time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			if told = append(told, fmt.Sprintf("%s %d", method, status)); took <= 0 {
				t.Errorf("%s took %s", told[len(told)-1], took)
			}
		}})
	}
	cases := []struct {
		name  string
		fault *openprojecttest.Fault // of the first request
		ask   func(context.Context, *openproject.Client)
		want  []string
	}{
		{"a read", nil, func(ctx context.Context, c *openproject.Client) { _, _ = c.Me(ctx) }, []string{"GET 200"}},
		{"a read that is tried again", &openprojecttest.Fault{Status: http.StatusServiceUnavailable}, func(ctx context.Context, c *openproject.Client) { _, _ = c.Me(ctx) }, []string{"GET 503", "GET 200"}},
		{"a broken connection", &openprojecttest.Fault{Drop: true}, func(ctx context.Context, c *openproject.Client) { _, _ = c.Me(ctx) }, []string{"GET 0", "GET 200"}},
		{"a change", nil, func(ctx context.Context, c *openproject.Client) { _, _ = c.AddComment(ctx, id, "hello", "") }, []string{"POST 201"}},
		{"a download", nil, func(ctx context.Context, c *openproject.Client) {
			files, err := c.Attachments(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = c.Download(ctx, files[0], io.Discard)
		}, []string{"GET 200", "GET 200"}},
		{"given up by the caller", &openprojecttest.Fault{Delay: time.Minute}, func(ctx context.Context, c *openproject.Client) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(20*time.Millisecond, cancel)
			_, _ = c.Me(ctx)
		}, nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			told = nil
			fault := tc.fault
			tracker.SetFault(func(*http.Request) *openprojecttest.Fault {
				mu.Lock()
				defer mu.Unlock()
				f := fault
				fault = nil
				return f
			})
			tc.ask(t.Context(), newClient(t))
			mu.Lock()
			defer mu.Unlock()
			if !slices.Equal(told, tc.want) {
				t.Errorf("told %q, want %q", told, tc.want)
			}
		})
	}
}
