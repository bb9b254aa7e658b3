package openproject_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ingest/openproject"
)

func TestSmallCollections(t *testing.T) {
	element := func(id int) string { return fmt.Sprintf(`{"id":%d,"name":"S%d"}`, id, id) }
	for name, tc := range map[string]struct {
		answer func(offset string) string
		want   int // statuses; -1: an IncompleteError, -2: a PayloadError
	}{
		"not paged": {func(string) string {
			return `{"total":2,"count":2,"_embedded":{"elements":[` + element(1) + "," + element(2) + `]}}`
		}, 2},
		"empty": {func(string) string { return `{"total":0,"_embedded":{"elements":[]}}` }, 0},
		"paged, with an overlap": {func(offset string) string {
			rows := map[string]string{"1": element(1) + "," + element(2), "2": element(2) + "," + element(3)}
			return `{"total":4,"pageSize":2,"offset":` + offset + `,"_embedded":{"elements":[` + rows[offset] + `]}}`
		}, 3},
		"ignores paging, counts more": {func(string) string {
			return `{"total":9,"pageSize":1,"offset":1,"_embedded":{"elements":[` + element(1) + `]}}`
		}, -1},
		"an element without name": {func(string) string { return `{"total":1,"_embedded":{"elements":[{"id":1}]}}` }, -2},
		"an element that is none": {func(string) string { return `{"total":1,"_embedded":{"elements":[1]}}` }, -2},
		"no total":                {func(string) string { return `{"_embedded":{"elements":[]}}` }, -2},
		"negative total":          {func(string) string { return `{"total":-1,"_embedded":{"elements":[]}}` }, -2},
		"a total beyond reason":   {func(string) string { return `{"total":9999999999999,"_embedded":{"elements":[]}}` }, -2},
		"no elements":             {func(string) string { return `{"total":1,"_embedded":{}}` }, -2},
		"nothing embedded":        {func(string) string { return `{"total":1}` }, -2},
	} {
		t.Run(name, func(t *testing.T) {
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests++
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprint(w, tc.answer(r.URL.Query().Get("offset")))
			}))
			defer server.Close()
			got, err := client(t, openproject.Options{BaseURL: server.URL}).Statuses(t.Context())
			var incomplete *openproject.IncompleteError
			var broken *openproject.PayloadError
			switch {
			case tc.want == -1 && !errors.As(err, &incomplete), tc.want == -2 && !errors.As(err, &broken):
				t.Errorf("got %v and error %v", got, err)
			case tc.want >= 0 && (err != nil || len(got) != tc.want):
				t.Errorf("got %v and error %v, want %d", got, err, tc.want)
			case incomplete != nil && !strings.HasPrefix(incomplete.Error(), "list statuses:"), requests > 3:
				t.Errorf("%v after %d requests", err, requests)
			}
		})
	}
}
