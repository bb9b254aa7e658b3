package config_test

import (
	"strings"
	"testing"

	"ingest/cmd/ingest/internal/config"
)

func TestFeedbackMistakes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                    {"", ""},
		"everything":                 {"feedback: {comment: true, clean_url: true, status: Published}\n", ""},
		"a status of the query":      {"feedback: {status: \"published \"}\n# statuses: [New, Published]\n", ""},
		"a status outside the query": {"feedback: {status: Done}\n# statuses: [New, Published]\n", `feedback.status: "Done" is not one of tracker.statuses: what is published would no longer belong to the site`},
		"no field for the clean URL": {"feedback: {clean_url: true}\n# no field\n", "feedback.clean_url: has no field to write into"},
		"a keyword of two words":     {"feedback: {keyword: please ingest}\n", "feedback.keyword: is more than one word"},
		"a site without scheme":      {"site: {url: www.example.org}\n", `site.url: "www.example.org" is not an http or https address`},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := "tracker: {url: https://x.example, api_key: k, fields: {source_url: S, clean_url: C}}\n"
			if strings.Contains(c.text, "# statuses: ") {
				tracker = strings.Replace(tracker, "api_key: k", "api_key: k, statuses: [New, Published]", 1)
			}
			if strings.Contains(c.text, "# no field") {
				tracker = strings.Replace(tracker, ", clean_url: C", "", 1)
			}
			_, _, err := load(t, tracker+c.text, env())
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestNothingIsWrittenIntoTheTrackerUnasked(t *testing.T) {
	if config.Default().Feedback.Speaks() {
		t.Error("feedback is on by default")
	}
	for _, f := range []config.Feedback{{Comment: true}, {CleanURL: true}, {Status: "Published"}} {
		if !f.Speaks() {
			t.Errorf("%+v says nothing", f)
		}
	}
}
