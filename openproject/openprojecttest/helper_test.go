package openprojecttest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
)

func start(t *testing.T, tracker *openprojecttest.Tracker) *openprojecttest.Tracker {
	t.Helper()
	if err := tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tracker.Close)
	return tracker
}

// noon is the time of every clock here.
func noon() time.Time { return time.Date(2020, 12, 22, 12, 0, 0, 0, time.UTC) }

// reply is an answer with its body, decoded where it is JSON.
type reply struct {
	status int
	header http.Header
	text   string
	body   map[string]any
}

// ask sends a request with the key "secret", as basic authentication.
func ask(t *testing.T, tracker *openprojecttest.Tracker, method, path, body string, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, tracker.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("apikey", "secret")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	transport := http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(r) // redirects are for us to see
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{status: resp.StatusCode, header: resp.Header, text: string(text)}
	_ = json.Unmarshal(text, &got.body) // not every body is JSON
	return got
}

// dig follows keys into an answer.
func dig(v any, keys ...string) any {
	for _, key := range keys {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

func elements(r reply) []any {
	list, _ := dig(r.body, "_embedded", "elements").([]any)
	return list
}

// ids are those of a list's elements, sorted.
func ids(r reply) []int {
	all := []int{}
	for _, e := range elements(r) {
		id, _ := dig(e, "id").(float64)
		all = append(all, int(id))
	}
	slices.Sort(all)
	return all
}

// query is path?name=value&…
func query(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + values.Encode()
}

func payload(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil {
		t.Fatal(err)
	}
	return body
}

// curated is a tracker with the work package of the payloads and some others.
func curated(t *testing.T, o openprojecttest.Options) *openprojecttest.Tracker {
	o.APIKey, o.Now = "secret", noon
	tracker := openprojecttest.Curation(o)
	tracker.AddProject(openprojecttest.Project{ID: 43, Identifier: "medigy-curation-de", Name: "German", Parent: 41, Public: true,
		Versions: []openprojecttest.Version{{ID: 9, Name: "1.0"}}})
	tracker.AddField(openprojecttest.Field{ID: 19, Name: "Stars", Format: openprojecttest.Integer, Types: []int64{1}})
	at := time.Date(2020, 12, 15, 6, 41, 17, 902e6, time.UTC)
	tracker.Add(openprojecttest.WorkPackage{
		ID: 3960, Subject: "All About The Telemedicine Solutions", Description: "Body & soul", Status: 14, Author: 58, LockVersion: 7,
		CreatedAt: at, UpdatedAt: time.Date(2020, 12, 22, 3, 12, 41, 254e6, time.UTC),
		Fields: map[string]any{"Source URL": "https://www.mindbowser.com/a?utm_source=x", "Clean URL": "https://www.mindbowser.com/a?", "Medigy Topics": []string{"Telemedicine"}, "Via": " "},
	})
	tracker.Add(openprojecttest.WorkPackage{ID: 3961, Subject: "Untitled draft", CreatedAt: at.Add(time.Hour), Assignee: 12, Parent: 3960})
	tracker.Add(openprojecttest.WorkPackage{ID: 3962, Subject: "Telemedicine task", Type: 1, Status: 7, Project: 43, Version: 9,
		CreatedAt: at.AddDate(0, 0, 1), Fields: map[string]any{"Stars": 4}})
	tracker.Add(openprojecttest.WorkPackage{ID: 3963, Subject: "Offering", Type: 8, Project: 42, CreatedAt: at.AddDate(0, 0, 2),
		Fields: map[string]any{"Medigy Topics": []string{"Monitoring"}}})
	tracker.AddAttachment(3960, openprojecttest.Attachment{ID: 10312, FileName: "Curated_Featured_Image.jpg", ContentType: "image/jpeg", Content: []byte("jpeg"), Author: 58, CreatedAt: at})
	return start(t, tracker)
}
