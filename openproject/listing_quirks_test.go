package openproject_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func half(*http.Request) *openprojecttest.Fault { return &openprojecttest.Fault{Half: true} }

// withoutBounds takes the time bounds out of the filters.
func withoutBounds(q url.Values) {
	var filters, kept []map[string]any
	if err := json.Unmarshal([]byte(q.Get("filters")), &filters); err != nil {
		panic(err)
	}
	for _, f := range filters {
		if f["createdAt"] == nil && f["updatedAt"] == nil {
			kept = append(kept, f)
		}
	}
	text, _ := json.Marshal(kept)
	q.Set("filters", strings.Replace(string(text), "null", "[]", 1))
}

func TestListingOfTrackersWithAWillOfTheirOwn(t *testing.T) {
	for name, change := range map[string]func(url.Values){
		"as documented":   func(url.Values) {},
		"ignores bounds":  withoutBounds,
		"ignores filters": func(q url.Values) { q.Set("filters", "[]") },
		"ignores paging":  func(q url.Values) { q.Set("offset", "1"); q.Set("pageSize", "1000") },
		"ignores sorting": func(q url.Values) { q.Del("sortBy") },
		"sorts the other way": func(q url.Values) {
			q.Set("sortBy", strings.ReplaceAll(q.Get("sortBy"), "asc", "desc"))
		},
		"ignores paging and filters": func(q url.Values) {
			q.Set("offset", "1")
			q.Set("pageSize", "1000")
			q.Set("filters", "[]")
		},
		"misreads the time zone of bounds": func(q url.Values) {
			q.Set("filters", strings.ReplaceAll(q.Get("filters"), "Z", "-00:10"))
		},
	} {
		for mode, q := range map[string]openproject.Query{
			"all":   {Types: []string{"Curated Content"}},
			"since": {Types: []string{"Curated Content"}, UpdatedSince: epoch().Add(10 * time.Minute)},
		} {
			if mode == "since" && strings.HasPrefix(name, "misreads") {
				continue // the wish itself is misread: nothing shows it
			}
			t.Run(name+", "+mode, func(t *testing.T) {
				tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", MaxPageSize: maxSize(name)}))
				ids := fill(tracker, 300, 5*time.Second) // by id the oldest first
				for i := range 300 {                     // by id the youngest first
					ids = append(ids, tracker.Add(openprojecttest.WorkPackage{CreatedAt: epoch().Add(time.Duration(3000-i) * time.Second)}))
				}
				other := tracker.Add(openprojecttest.WorkPackage{Type: 1, CreatedAt: epoch().Add(time.Hour)})
				got, err := list(t, behind(t, tracker, change), q, nil)
				if err != nil {
					t.Fatal(err)
				}
				var want []int64
				for _, id := range ids {
					if w, _ := tracker.Get(id); !w.UpdatedAt.Before(q.UpdatedSince) {
						want = append(want, id)
					}
				}
				wantAll(t, got, want)
				if got[other] != nil || len(got) != len(want) {
					t.Errorf("%d rows, want %d; of another type: %v", len(got), len(want), got[other] != nil)
				}
				if n := len(tracker.Requests()); n > 100 {
					t.Errorf("%d requests for 25 pages", n)
				}
			})
		}
	}
}

func maxSize(name string) int {
	if strings.Contains(name, "ignores paging") {
		return 1000
	}
	return 25
}

func TestListingSaysWhenItCannotBeComplete(t *testing.T) {
	page := func(total, offset int, ids ...int) string {
		var rows []string
		for _, id := range ids {
			rows = append(rows, minimal(id))
		}
		return fmt.Sprintf(`{"total":%d,"count":%d,"pageSize":2,"offset":%d,"_embedded":{"elements":[%s]}}`,
			total, len(ids), offset, strings.Join(rows, ","))
	}
	for name, answer := range map[string]func(offset int) string{
		"always the first page":            func(int) string { return page(100, 1, 1, 2) },
		"always the same, as if it moved":  func(offset int) string { return page(100, offset, 1, 2) },
		"fewer rows than it counts":        func(offset int) string { return page(100, offset, []int{1, 2}[:max(0, 2-offset)]...) },
		"a total that grows with the page": func(offset int) string { return page(100*offset, offset, 1, 2) },
	} {
		t.Run(name, func(t *testing.T) {
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/hal+json")
				if strings.Contains(r.URL.Path, "schemas") {
					fmt.Fprint(w, `{"_links":{"self":{"href":"/api/v3/work_packages/schemas/1-1"}}}`)
					return
				}
				requests++
				offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
				fmt.Fprint(w, answer(offset))
			}))
			defer server.Close()
			got, err := list(t, client(t, openproject.Options{BaseURL: server.URL}), openproject.Query{}, nil)
			var incomplete *openproject.IncompleteError
			if !errors.As(err, &incomplete) {
				t.Errorf("got error %v, want an IncompleteError", err)
			}
			if len(got) == 0 || requests > 1000 {
				t.Errorf("%d rows after %d requests", len(got), requests)
			}
		})
	}
}

func TestListingByPageNumbersWhileRowsComeAndGo(t *testing.T) {
	for name, leave := range map[string]bool{"come": false, "come and go": true} {
		t.Run(name, func(t *testing.T) {
			tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", MaxPageSize: 50}))
			ids := fill(tracker, 1000, time.Second)
			gone := map[int64]bool{}
			got, err := list(t, behind(t, tracker, withoutBounds), openproject.Query{}, func(n int) {
				if n%10 != 0 || n > len(ids) {
					return
				}
				if id := ids[n-10]; leave && tracker.Delete(id) {
					gone[id] = true
				}
				if n%30 == 0 { // it comes before all that was read
					tracker.Add(openprojecttest.WorkPackage{Subject: "imported", CreatedAt: epoch().Add(-time.Hour)})
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			wantAll(t, got, slices.DeleteFunc(ids, func(id int64) bool { return gone[id] }))
		})
	}
}

// parrot answers every page with the same row and the offset it was asked for.
type parrot struct{ requests *int }

func (p parrot) RoundTrip(r *http.Request) (*http.Response, error) {
	*p.requests++
	offset := r.URL.Query().Get("offset")
	body := fmt.Sprintf(`{"total":1000000000,"pageSize":1,"offset":%s,"_embedded":{"elements":[%s]}}`, offset, minimal(1))
	return canned{body: []byte(body), schemas: []byte(`{"_links":{"self":{"href":"x"}}}`)}.RoundTrip(r)
}

func TestListingEndsWhateverTheTotal(t *testing.T) {
	requests := 0
	got, err := list(t, from(t, parrot{&requests}), openproject.Query{}, nil)
	var incomplete *openproject.IncompleteError
	if !errors.As(err, &incomplete) || len(got) != 1 || requests > 10_000 {
		t.Errorf("%d rows after %d requests, %v", len(got), requests, err)
	}
}

func TestListingYieldsWhatComesToMatch(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", MaxPageSize: 10}))
	ids := fill(tracker, 100, time.Minute)
	// The tracker ignores bounds, so the first rows are met although they are too old.
	query := openproject.Query{UpdatedSince: epoch().Add(50 * time.Minute)}
	got, err := list(t, behind(t, tracker, withoutBounds), query, func(n int) {
		if n == 1 {
			tracker.Update(ids[0], func(*openprojecttest.WorkPackage) {})
		}
	})
	if err != nil || len(got) != 51 || got[ids[0]] == nil {
		t.Errorf("%d rows, %v; want 51 with the one that changed", len(got), err)
	}
}

// minimal is the least that is a work package.
func minimal(id int) string {
	return fmt.Sprintf(`{"id":%d,"lockVersion":0,"subject":"s","createdAt":"2020-12-15T06:41:17Z","updatedAt":"2020-12-15T06:41:17Z",`+
		`"_links":{"schema":{"href":"/api/v3/work_packages/schemas/1-1"}}}`, id)
}
