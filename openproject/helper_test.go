package openproject_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// epoch is when the first work package of a test was made.
func epoch() time.Time { return time.Date(2020, 12, 15, 6, 0, 0, 0, time.UTC) }

// start serves a tracker for the time of a test.
func start(t testing.TB, tracker *openprojecttest.Tracker) *openprojecttest.Tracker {
	t.Helper()
	if err := tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tracker.Close)
	return tracker
}

// client makes a client that retries at once.
func client(t testing.TB, o openproject.Options) *openproject.Client {
	t.Helper()
	if o.Retry.Base == 0 {
		o.Retry.Base, o.Retry.Max = time.Millisecond, 2*time.Millisecond
	}
	c, err := openproject.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func of(t testing.TB, tracker *openprojecttest.Tracker) *openproject.Client {
	t.Helper()
	return client(t, openproject.Options{BaseURL: tracker.URL(), APIKey: "secret"})
}

// fill adds n work packages, made step apart, and returns their ids.
func fill(tracker *openprojecttest.Tracker, n int, step time.Duration) []int64 {
	ids := make([]int64, n)
	for i := range ids {
		ids[i] = tracker.Add(openprojecttest.WorkPackage{
			Subject:   fmt.Sprintf("Item %d", i),
			CreatedAt: epoch().Add(time.Duration(i) * step),
			Fields:    map[string]any{"Source URL": fmt.Sprintf("https://example.com/%d", i)},
		})
	}
	return ids
}

// list reads a whole listing, calls each per row, and fails on a row that comes
// twice.
func list(t testing.TB, c *openproject.Client, q openproject.Query, each func(n int)) (map[int64]*openproject.WorkPackage, error) {
	t.Helper()
	got := map[int64]*openproject.WorkPackage{}
	for wp, err := range c.WorkPackages(t.Context(), q) {
		if err != nil {
			return got, err
		}
		if got[wp.ID] != nil {
			t.Errorf("work package %d was yielded twice", wp.ID)
		}
		got[wp.ID] = wp
		if each != nil {
			each(len(got))
		}
	}
	return got, nil
}

// wantAll fails unless every id was listed.
func wantAll(t testing.TB, got map[int64]*openproject.WorkPackage, want []int64) {
	t.Helper()
	var missing []int64
	for _, id := range want {
		if got[id] == nil {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d of %d work packages are missing, from %d to %d", len(missing), len(want), missing[0], missing[len(missing)-1])
	}
}

// behind serves a tracker through a proxy that changes the query of each list
// request: a server with a will of its own.
func behind(t testing.TB, tracker *openprojecttest.Tracker, change func(url.Values)) *openproject.Client {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if query.Has("sortBy") {
			change(query)
			r.URL.RawQuery = query.Encode()
		}
		tracker.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	return client(t, openproject.Options{BaseURL: proxy.URL, APIKey: "secret"})
}
