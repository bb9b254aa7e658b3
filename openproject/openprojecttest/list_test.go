package openprojecttest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
)

const list = "/api/v3/work_packages"

func TestFilters(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	topic := fmt.Sprint(dig(elements(ask(t, tracker, "GET", query(list, "filters", `[{"id":{"operator":"=","values":["3960"]}}]`), ""))[0], "_links", "customField13"))
	topic = topic[strings.LastIndex(topic, "options/")+8 : strings.LastIndex(topic, " title")]
	for filters, want := range map[string][]int{
		`[]`: {3960, 3961, 3962, 3963},
		`[{"status":{"operator":"*","values":[]}}]`:                                                                               {3960, 3961, 3962, 3963},
		`[{"status":{"operator":"o","values":[]}}]`:                                                                               {3961, 3962, 3963},
		`[{"status":{"operator":"o","values":[""]}}]`:                                                                             {3961, 3962, 3963}, // as the command line sends it
		`[{"status":{"operator":"c","values":null}}]`:                                                                             {3960},
		`[{"status_id":{"operator":"=","values":["14","7"]}}]`:                                                                    {3960, 3962},
		`[{"status":{"operator":"!","values":[14]}}]`:                                                                             {3961, 3962, 3963},
		`[{"type":{"operator":"=","values":["7"]}}]`:                                                                              {3960, 3961},
		`[{"type_id":{"operator":"!","values":["7","8"]}}]`:                                                                       {3962},
		`[{"project":{"operator":"=","values":["41","42"]}}]`:                                                                     {3960, 3961, 3963},
		`[{"subprojectId":{"operator":"=","values":["43"]}}]`:                                                                     {3962},
		`[{"id":{"operator":"=","values":["3960","9"]}}]`:                                                                         {3960},
		`[{"parent":{"operator":"=","values":["3960"]}}]`:                                                                         {3961},
		`[{"assignee":{"operator":"=","values":["12"]}}]`:                                                                         {3961},
		`[{"assigned_to_id":{"operator":"!*","values":[]}}]`:                                                                      {3960, 3962, 3963},
		`[{"assignee":{"operator":"*","values":[]}}]`:                                                                             {3961},
		`[{"author":{"operator":"=","values":["me"]}}]`:                                                                           {3961, 3962, 3963},
		`[{"version":{"operator":"=","values":["9"]}}]`:                                                                           {3962},
		`[{"subject":{"operator":"~","values":["TELEMED"]}}]`:                                                                     {3960, 3962},
		`[{"subject":{"operator":"!~","values":["telemed"]}}]`:                                                                    {3961, 3963},
		`[{"subject":{"operator":"=","values":["Offering"]}}]`:                                                                    {3963},
		`[{"description":{"operator":"~","values":["& soul"]}}]`:                                                                  {3960},
		`[{"subjectOrId":{"operator":"**","values":["telemedicine all"]}}]`:                                                       {3960},
		`[{"subjectOrId":{"operator":"**","values":["3961"]}}]`:                                                                   {3961},
		`[{"typeahead":{"operator":"**","values":["german task"]}}]`:                                                              {3962},
		`[{"createdAt":{"operator":"<>d","values":["2020-12-16T06:41:17.902Z",""]}}]`:                                             {3962, 3963}, // inclusive
		`[{"created_at":{"operator":"<>d","values":["","2020-12-16"]}}]`:                                                          {3960, 3961},
		`[{"createdAt":{"operator":"=d","values":["2020-12-15"]}}]`:                                                               {3960, 3961},
		`[{"updatedAt":{"operator":">t-","values":["5"]}}]`:                                                                       {3960, 3963},
		`[{"updatedAt":{"operator":"<t-","values":["6"]}}]`:                                                                       {3961, 3962},
		`[{"updatedAt":{"operator":"t-","values":["6"]}}]`:                                                                        {3962},
		`[{"updatedAt":{"operator":"t","values":[]}}]`:                                                                            {3960},
		`[{"updatedAt":{"operator":"w","values":[]}}]`:                                                                            {3960},
		`[{"customField13":{"operator":"=","values":["` + topic + `"]}}]`:                                                         {3960},
		`[{"cf_13":{"operator":"!*","values":[]}}]`:                                                                               {3961, 3962},
		`[{"customField11":{"operator":"~","values":["mindbowser.com"]}}]`:                                                        {3960},
		`[{"customField19":{"operator":">=","values":["4"]}}]`:                                                                    {3962},
		`[{"customField19":{"operator":"<=","values":["3"]}}]`:                                                                    {},
		`[{"type":{"operator":"=","values":["7"]}},{"status":{"operator":"c","values":[]}}]`:                                      {3960},
		`[{"createdAt":{"operator":"<>d","values":["2020-12-15T06:00:00Z",""]}},{"subject":{"operator":"~","values":["draft"]}}]`: {3961},
	} {
		got := ask(t, tracker, "GET", query(list, "filters", filters), "")
		if !slices.Equal(ids(got), want) || dig(got.body, "total") != float64(len(want)) {
			t.Errorf("%s: got %v, want %v (%d %s)", filters, ids(got), want, got.status, got.body["message"])
		}
	}
	if got := ask(t, tracker, "GET", list, ""); !slices.Equal(ids(got), []int{3961, 3962, 3963}) {
		t.Errorf("without filters: got %v, want the open ones only", ids(got))
	}
	if got := ask(t, tracker, "GET", query(list, "filter", `[]`), ""); len(ids(got)) != 4 {
		t.Errorf("with filter for filters: got %v", ids(got))
	}
}

func TestFiltersThatFailTheWholeList(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	for _, filters := range []string{
		`[`, `{}`, `[{"type":{"operator":"=","values":["99"]}}]`, `[{"type":{"operator":"=","values":["Task"]}}]`,
		`[{"type":{"operator":"=","values":[]}}]`, `[{"type":{"operator":"~","values":["7"]}}]`,
		`[{"status":{"operator":"=","values":["99"]}}]`, `[{"status":{"operator":"x","values":[]}}]`,
		`[{"nonsense":{"operator":"=","values":["1"]}}]`, `[{"createdAt":{"operator":">=","values":["2020-12-15"]}}]`,
		`[{"createdAt":{"operator":"<>d","values":["2020-12-15"]}}]`, `[{"createdAt":{"operator":"<>d","values":["soon",""]}}]`,
		`[{"createdAt":{"operator":">t-","values":["x"]}}]`, `[{"customField99":{"operator":"*","values":[]}}]`,
		`[{"customField13":{"operator":"=","values":["1"]}}]`, `[{"customField11":{"operator":">=","values":["1"]}}]`,
		`[{"subjectOrId":{"operator":"=","values":["1"]}}]`, `[{"subject":{"operator":"~","values":[]}}]`,
	} {
		got := ask(t, tracker, "GET", query(list, "filters", filters), "")
		if got.status != 400 || got.body["errorIdentifier"] != "urn:openproject-org:api:v3:errors:InvalidQuery" || got.body["message"] == "" {
			t.Errorf("%s: got %d %s", filters, got.status, got.text)
		}
	}
	if got := ask(t, tracker, "GET", query(list, "sortBy", `[["colour","asc"]]`), ""); got.status != 400 {
		t.Errorf("an unknown sort key: %d", got.status)
	}
}

func TestPages(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{MaxPageSize: 3, DefaultPageSize: 2})
	for pairs, want := range map[string]struct {
		size, offset, count int
		next, previous      bool
	}{
		"":                    {2, 1, 2, true, false},
		"pageSize=1":          {1, 1, 1, true, false},
		"pageSize=-1":         {3, 1, 3, true, false},
		"pageSize=500":        {3, 1, 3, true, false},
		"pageSize=3,offset=2": {3, 2, 1, false, true},
		"pageSize=2,offset=9": {2, 9, 0, false, true},
		"offset=0":            {2, 1, 2, true, false},
		"pageSize=0":          {0, 1, 0, true, false},
		"pageSize=x":          {2, 1, 2, true, false},
	} {
		arguments := []string{"filters", "[]"}
		for pair := range strings.SplitSeq(pairs, ",") {
			name, value, _ := strings.Cut(pair, "=")
			arguments = append(arguments, name, value)
		}
		got := ask(t, tracker, "GET", query(list, arguments...), "")
		next, previous := dig(got.body, "_links", "nextByOffset"), dig(got.body, "_links", "previousByOffset")
		if dig(got.body, "pageSize") != float64(want.size) || dig(got.body, "offset") != float64(want.offset) ||
			dig(got.body, "count") != float64(want.count) || len(elements(got)) != want.count || dig(got.body, "total") != 4.0 ||
			(next != nil) != want.next || (previous != nil) != want.previous {
			t.Errorf("%q: got %s", pairs, got.text)
		}
	}
	next := dig(ask(t, tracker, "GET", query(list, "filters", "[]", "pageSize", "2"), "").body, "_links", "nextByOffset", "href")
	if got := ask(t, tracker, "GET", next.(string), ""); !slices.Equal(ids(got), []int{3962, 3963}) {
		t.Errorf("behind nextByOffset %s: %v", next, ids(got))
	}
}

func TestSorting(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	for sortBy, want := range map[string]string{
		``:                                   "3960 3961 3962 3963",
		`[["id","desc"]]`:                    "3963 3962 3961 3960",
		`["id:desc"]`:                        "3963 3962 3961 3960",
		`[["updated_at","asc"]]`:             "3961 3962 3963 3960",
		`[["status","asc"],["id","desc"]]`:   "3963 3961 3962 3960",
		`[["createdAt","desc"]]`:             "3963 3962 3961 3960",
		`[["subject","asc"]]`:                "3960 3963 3962 3961",
		`[["type","asc"],["project","asc"]]`: "3962 3960 3961 3963",
	} {
		var got []string
		for _, e := range elements(ask(t, tracker, "GET", query(list, "filters", "[]", "sortBy", sortBy), "")) {
			got = append(got, fmt.Sprint(dig(e, "id")))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", sortBy, got, want)
		}
	}
}

func TestListsOfAProject(t *testing.T) {
	tracker := curated(t, openprojecttest.Options{})
	for path, want := range map[string][]int{
		"/api/v3/projects/41/work_packages?filters=[]":                                       {3960, 3961, 3962},
		"/api/v3/projects/medigy-curation/work_packages?filters=[]&includeSubprojects=true":  {3960, 3961, 3962},
		"/api/v3/projects/medigy-curation/work_packages?filters=[]&includeSubprojects=false": {3960, 3961},
		"/api/v3/workspaces/medigy-offerings/work_packages?filters=[]":                       {3963},
		"/api/v3/projects/medigy-curation-de/work_packages":                                  {3962},
	} {
		if got := ask(t, tracker, "GET", path, ""); !slices.Equal(ids(got), want) {
			t.Errorf("%s: got %v, want %v", path, ids(got), want)
		}
	}
}
