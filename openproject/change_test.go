package openproject_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// patches counts how often a change was sent.
func patches(tracker *openprojecttest.Tracker) int { return len(sent(tracker, http.MethodPatch)) }

// formats adds a field of each format to curated content.
func formats(tracker *openprojecttest.Tracker) {
	tracker.AddField(
		openprojecttest.Field{ID: 30, Name: "Stars", Format: openprojecttest.Integer},
		openprojecttest.Field{ID: 31, Name: "Score", Format: openprojecttest.Float},
		openprojecttest.Field{ID: 32, Name: "Reviewed", Format: openprojecttest.Bool},
		openprojecttest.Field{ID: 33, Name: "Embargo", Format: openprojecttest.Date},
		openprojecttest.Field{ID: 34, Name: "Desk", Format: openprojecttest.List, Options: []string{"Cardiology", "Oncology", "oncology "}},
		openprojecttest.Field{ID: 35, Name: "Words", Format: openprojecttest.Calculated},
		openprojecttest.Field{ID: 36, Name: "Imported", Format: openprojecttest.Text, ReadOnly: true},
		openprojecttest.Field{ID: 37, Name: "Reviewer", Format: openprojecttest.UserField},
		openprojecttest.Field{ID: 38, Name: "via ", Format: openprojecttest.Text, Types: []int64{1}},
	)
}

func TestChange(t *testing.T) {
	type fields = map[string]any
	for name, tc := range map[string]struct {
		had    fields
		change openproject.Change
		want   fields // afterwards
		status int64  // afterwards
		none   bool   // nothing is sent
	}{
		"a link":                    {nil, openproject.Change{Fields: fields{"clean url ": "https://example.com/a?b=1&c"}}, fields{"Clean URL": "https://example.com/a?b=1&c"}, 1, false},
		"a text":                    {fields{"Via": " "}, openproject.Change{Fields: fields{"Via": "LinkedIn"}}, fields{"Via": "LinkedIn"}, 1, false},
		"a blank made nothing":      {fields{"Via": " "}, openproject.Change{Fields: fields{"Via": ""}}, fields{"Via": nil}, 1, false},
		"a long text":               {nil, openproject.Change{Fields: fields{"Insights Description": "# A\r\n"}}, fields{"Insights Description": "# A\r\n"}, 1, false},
		"no long text":              {fields{"Insights Description": "x"}, openproject.Change{Fields: fields{"Insights Description": nil}}, fields{"Insights Description": ""}, 1, false},
		"a number":                  {nil, openproject.Change{Fields: fields{"Stars": int64(5)}}, fields{"Stars": json.Number("5")}, 1, false},
		"a fraction":                {nil, openproject.Change{Fields: fields{"Score": 2.5}}, fields{"Score": json.Number("2.5")}, 1, false},
		"a whole fraction":          {nil, openproject.Change{Fields: fields{"Score": int64(2)}}, fields{"Score": json.Number("2")}, 1, false},
		"yes":                       {nil, openproject.Change{Fields: fields{"Reviewed": true}}, fields{"Reviewed": true}, 1, false},
		"a day":                     {nil, openproject.Change{Fields: fields{"Embargo": "2021-01-31"}}, fields{"Embargo": "2021-01-31"}, 1, false},
		"an entry":                  {nil, openproject.Change{Fields: fields{"Desk": " cardiology"}}, fields{"Desk": []string{"Cardiology"}}, 1, false},
		"no entry":                  {fields{"Desk": "Cardiology"}, openproject.Change{Fields: fields{"Desk": ""}}, fields{"Desk": []string{}}, 1, false},
		"entries":                   {fields{"Medigy Topics": []string{"A", "B"}}, openproject.Change{Fields: fields{"Medigy Topics": []string{"b"}}}, fields{"Medigy Topics": []string{"B"}}, 1, false},
		"no entries":                {fields{"Medigy Topics": []string{"A"}}, openproject.Change{Fields: fields{"Medigy Topics": nil}}, fields{"Medigy Topics": []string{}}, 1, false},
		"a status":                  {nil, openproject.Change{Status: " published"}, nil, 14, false},
		"both":                      {nil, openproject.Change{Status: "Published", Fields: fields{"Clean URL": "https://e.org", "Via": "x"}}, fields{"Clean URL": "https://e.org", "Via": "x"}, 14, false},
		"one of two":                {fields{"Via": "x"}, openproject.Change{Status: "New", Fields: fields{"Clean URL": "https://e.org", "Via": "x"}}, fields{"Clean URL": "https://e.org", "Via": "x"}, 1, false},
		"nothing":                   {nil, openproject.Change{}, nil, 1, true},
		"the link it has":           {fields{"Clean URL": "https://e.org"}, openproject.Change{Fields: fields{"Clean URL": "https://e.org"}}, fields{"Clean URL": "https://e.org"}, 1, true},
		"no link where none is":     {nil, openproject.Change{Fields: fields{"Clean URL": ""}}, nil, 1, true},
		"the long text it has":      {fields{"Insights Description": "x"}, openproject.Change{Fields: fields{"Insights Description": "x"}}, fields{"Insights Description": "x"}, 1, true},
		"the entries, turned":       {fields{"Medigy Topics": []string{"A", "B"}}, openproject.Change{Fields: fields{"Medigy Topics": []string{"B", "a"}}}, fields{"Medigy Topics": []string{"A", "B"}}, 1, true},
		"the numbers it has":        {fields{"Stars": 5, "Score": 2.0, "Reviewed": false}, openproject.Change{Fields: fields{"Stars": int64(5), "Score": 2.0, "Reviewed": false}}, fields{"Stars": 5, "Score": 2.0, "Reviewed": false}, 1, true},
		"the whole fraction it has": {fields{"Score": json.Number("2.0")}, openproject.Change{Fields: fields{"Score": int64(2)}}, fields{"Score": json.Number("2.0")}, 1, true},
		"the status it has":         {nil, openproject.Change{Status: "new "}, nil, 1, true},
		"what cannot be, but is":    {fields{"Imported": "x"}, openproject.Change{Fields: fields{"Imported": "x"}}, fields{"Imported": "x"}, 1, true},
		"no is not nothing":         {nil, openproject.Change{Fields: fields{"Reviewed": false}}, fields{"Reviewed": false}, 1, false},
		"zero is not nothing":       {nil, openproject.Change{Fields: fields{"Stars": int64(0)}}, fields{"Stars": json.Number("0")}, 1, false},
		"a label of another type":   {nil, openproject.Change{Fields: fields{"VIA": "x"}}, fields{"Via": "x"}, 1, false},
		"an ampersand and a quote":  {nil, openproject.Change{Fields: fields{"Via": "a \"b\" & <c>"}}, fields{"Via": "a \"b\" & <c>"}, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret"})
			formats(tracker)
			tracker.Add(openprojecttest.WorkPackage{ID: 3960, CreatedAt: epoch(), Fields: tc.had, LockVersion: 3})
			start(t, tracker)
			got, err := of(t, tracker).Change(t.Context(), 3960, tc.change)
			if err != nil {
				t.Fatal(err)
			}
			now, _ := tracker.Get(3960)
			if len(tc.want)+len(now.Fields) > 0 && !reflect.DeepEqual(now.Fields, tc.want) || now.Status != tc.status {
				t.Errorf("got %#v and status %d, want %#v and %d", now.Fields, now.Status, tc.want, tc.status)
			}
			if n := patches(tracker); n > 1 || (n == 0) != tc.none {
				t.Errorf("%d changes were sent", n)
			}
			if n := len(tracker.Requests()); tc.none && n != 2 { // the work package and its schema
				t.Errorf("%d requests were sent", n)
			}
			if got.ID != 3960 || got.LockVersion != now.LockVersion || got.Status.ID != now.Status || len(got.Fields.Labels()) == 0 {
				t.Errorf("it returned %+v", got)
			}
			quiet(t, tracker)
		})
	}
}

func TestChangesThatCannotBe(t *testing.T) {
	type fields = map[string]any
	for name, tc := range map[string]struct {
		change openproject.Change
		want   any    // a pointer to the error's type
		says   string // part of error and hint
	}{
		"no such label":           {openproject.Change{Fields: fields{"Nothing": "x"}}, new(*openproject.NameError), "there are: Source URL"},
		"no such status":          {openproject.Change{Status: "Done"}, new(*openproject.NameError), "there are: New, In progress"},
		"no such entry":           {openproject.Change{Fields: fields{"Desk": "Sports"}}, new(*openproject.NameError), `no value of "Desk" named "Sports" in the tracker there are: Cardiology`},
		"two such entries":        {openproject.Change{Fields: fields{"Desk": "oncology"}}, new(*openproject.NameError), "ambiguous"},
		"a computed field":        {openproject.Change{Fields: fields{"Words": int64(5)}}, new(*openproject.FieldError), "cannot be written"},
		"a closed field":          {openproject.Change{Fields: fields{"Imported": "x"}}, new(*openproject.FieldError), `"Imported" (String) cannot be written`},
		"letters for a number":    {openproject.Change{Fields: fields{"Stars": "five"}}, new(*openproject.FieldError), `"Stars" (Integer): "five" does not fit compare the value`},
		"a fraction for a number": {openproject.Change{Fields: fields{"Stars": 2.5}}, new(*openproject.FieldError), "does not fit"},
		"a number for a text":     {openproject.Change{Fields: fields{"Via": int64(5)}}, new(*openproject.FieldError), "does not fit"},
		"a number for a long one": {openproject.Change{Fields: fields{"Insights Description": int64(5)}}, new(*openproject.FieldError), "does not fit"},
		"two for one":             {openproject.Change{Fields: fields{"Desk": []string{"Cardiology", "Oncology"}}}, new(*openproject.FieldError), "does not fit"},
		"several texts":           {openproject.Change{Fields: fields{"Via": []string{"a"}}}, new(*openproject.FieldError), "does not fit"},
		"a number for an entry":   {openproject.Change{Fields: fields{"Desk": int64(5)}}, new(*openproject.FieldError), "does not fit"},
		"no list to choose from":  {openproject.Change{Fields: fields{"Reviewer": "Radhika Narayanan"}}, new(*openproject.FieldError), "does not tell its values"},
		"a workflow's no":         {openproject.Change{Status: "Archived"}, new(*openproject.StatusError), `from "New" to "Archived": Status is invalid because no valid transition exists`},
		"a no beside a yes":       {openproject.Change{Status: "Archived", Fields: fields{"Via": "x"}}, new(*openproject.StatusError), "Status transitions"},
		"the second is wrong":     {openproject.Change{Fields: fields{"Clean URL": "x", "Nothing": "x"}}, new(*openproject.NameError), "Nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, c := desk(t, openprojecttest.Options{}, nil)
			formats(tracker)
			tracker.AddStatus(openprojecttest.Status{ID: 21, Name: "Archived", From: []int64{15}})
			before, _ := tracker.Get(3960)
			got, err := c.Change(t.Context(), 3960, tc.change)
			if !errors.As(err, tc.want) || got != nil {
				t.Fatalf("got %+v, %T %v", got, err, err)
			}
			if text := err.Error() + " " + hint(err); hint(err) == "" || !strings.Contains(text, tc.says) || !strings.Contains(text, "work package 3960") {
				t.Errorf("it says %q, want %q", text, tc.says)
			}
			if after, _ := tracker.Get(3960); !reflect.DeepEqual(after, before) {
				t.Errorf("it became %+v", after)
			}
			var refused *openproject.StatusError
			if n := patches(tracker); errors.As(err, &refused) != (n == 1) {
				t.Errorf("%d changes were sent", n)
			}
		})
	}
}

// hint is what every error of a change must have.
func hint(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

// recorded serves a tracker and keeps what is sent to it; change may replace its
// answers.
func recorded(t *testing.T, tracker *openprojecttest.Tracker, change func(path string, body []byte) []byte) (*openproject.Client, *[]string) {
	t.Helper()
	var bodies []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch {
			body, _ := io.ReadAll(r.Body)
			bodies = append(bodies, string(body))
			r.Body = io.NopCloser(strings.NewReader(string(body)))
		}
		answer := httptest.NewRecorder()
		tracker.Handler().ServeHTTP(answer, r)
		body := answer.Body.Bytes()
		if change != nil {
			body = change(r.URL.Path, body)
		}
		w.Header().Set("Content-Type", "application/hal+json")
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	return client(t, openproject.Options{BaseURL: server.URL + "/tracker", APIKey: "secret"}), &bodies
}

func TestWhatIsSent(t *testing.T) {
	type fields = map[string]any
	for name, tc := range map[string]struct {
		bare   bool
		change openproject.Change
		want   string
	}{
		"properties": {false, openproject.Change{Fields: fields{"Clean URL": "https://e.org/?a&b", "Via": "", "Insights Description": "x"}},
			`{"customField12":"https://e.org/?a\u0026b","customField14":null,"customField17":{"raw":"x"},"lockVersion":3}`},
		"entries": {false, openproject.Change{Fields: fields{"Medigy Topics": []string{"B"}}},
			`{"_links":{"customField13":[{"href":"/tracker/api/v3/custom_options/ID"}]},"lockVersion":3}`},
		"no entries":           {false, openproject.Change{Fields: fields{"Medigy Topics": nil}}, `{"_links":{"customField13":[]},"lockVersion":3}`},
		"no entry":             {false, openproject.Change{Fields: fields{"Desk": nil}}, `{"_links":{"customField34":{"href":null}},"lockVersion":3}`},
		"a status":             {false, openproject.Change{Status: "Published"}, `{"_links":{"status":{"href":"/tracker/api/v3/statuses/14"}},"lockVersion":3}`},
		"a status, bare hrefs": {true, openproject.Change{Status: "Published"}, `{"_links":{"status":{"href":"/api/v3/statuses/14"}},"lockVersion":3}`},
		"both": {false, openproject.Change{Status: "Published", Fields: fields{"Via": "x"}},
			`{"_links":{"status":{"href":"/tracker/api/v3/statuses/14"}},"customField14":"x","lockVersion":3}`},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", Prefix: "/tracker", BareHrefs: tc.bare})
			formats(tracker)
			tracker.Add(openprojecttest.WorkPackage{ID: 3960, CreatedAt: epoch(), LockVersion: 3,
				Fields: fields{"Via": " ", "Medigy Topics": []string{"A", "B"}, "Desk": "Cardiology"}})
			c, bodies := recorded(t, tracker, nil)
			if _, err := c.Change(t.Context(), 3960, tc.change); err != nil {
				t.Fatal(err)
			}
			got := regexp.MustCompile(`custom_options/\d+`).ReplaceAllString(strings.Join(*bodies, "\n"), "custom_options/ID")
			if got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// TestFieldsAreWritableUnlessToldOtherwise: the schema may say nothing of it
// (API.md 6).
func TestFieldsAreWritableUnlessToldOtherwise(t *testing.T) {
	tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", Prefix: "/tracker"})
	tracker.Add(openprojecttest.WorkPackage{ID: 3960, CreatedAt: epoch()})
	c, bodies := recorded(t, tracker, func(path string, body []byte) []byte {
		if strings.Contains(path, "/schemas/") {
			return []byte(strings.ReplaceAll(string(body), `,"writable":true`, ""))
		}
		return body
	})
	if _, err := c.Change(t.Context(), 3960, openproject.Change{Fields: map[string]any{"Via": "x"}}); err != nil || len(*bodies) != 1 {
		t.Errorf("%d changes were sent, %v", len(*bodies), err)
	}
}

// TestAllowedValuesElsewhere: the schema may link to a collection instead of
// listing what may be chosen (API.md 6).
func TestAllowedValuesElsewhere(t *testing.T) {
	for name, tc := range map[string]struct {
		href, elements string
		want           string // of what is sent, or of the error
	}{
		"people":            {"/tracker/api/v3/priorities?x=1", `{"id":58,"name":"Radhika Narayanan","_links":{"self":{"href":"/tracker/api/v3/users/58"}}}`, `"customField37":{"href":"/tracker/api/v3/users/58"}`},
		"entries":           {"/api/v3/priorities", `{"id":5,"value":"radhika narayanan","_links":{"self":{"href":"/x/5"}}}`, `"customField37":{"href":"/x/5"}`},
		"none of that name": {"/api/v3/priorities", `{"id":5,"value":"Ann","_links":{"self":{"href":"/x/5"}}}`, "there are: Ann"},
		"one without link":  {"/api/v3/priorities", `{"id":5,"value":"Ann"}`, "no link to itself"},
		"another host":      {"https://elsewhere.example/api", ``, "names another host"},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := openprojecttest.Curation(openprojecttest.Options{APIKey: "secret", Prefix: "/tracker"})
			formats(tracker)
			tracker.Add(openprojecttest.WorkPackage{ID: 3960, CreatedAt: epoch()})
			c, bodies := recorded(t, tracker, func(path string, body []byte) []byte {
				switch {
				case strings.HasSuffix(path, "/priorities"):
					return []byte(`{"total":1,"_embedded":{"elements":[` + tc.elements + `]}}`)
				case strings.Contains(path, "/schemas/"):
					return []byte(strings.Replace(string(body), `"customField37":{`, `"customField37":{"_links":{"allowedValues":{"href":"`+tc.href+`"}},`, 1))
				}
				return body
			})
			_, err := c.Change(t.Context(), 3960, openproject.Change{Fields: map[string]any{"Reviewer": "Radhika Narayanan"}})
			got := strings.Join(*bodies, "")
			if err != nil {
				got = err.Error() + hint(err)
			}
			if !strings.Contains(got, tc.want) {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}
