package config

import (
	"fmt"
	"slices"
	"strings"
)

// feedback checks what is written back into the tracker.
func (d *decoder) feedback(c *Config) {
	f := c.Feedback
	if f.CleanURL && c.Tracker.Fields["clean_url"] == "" {
		d.reject("feedback.clean_url", "has no field to write into", "name the custom field in tracker.fields.clean_url")
	}
	if strings.ContainsAny(f.Keyword, " \t\n") {
		d.reject("feedback.keyword", "is more than one word", "for example /ingest")
	}
	same := func(status string) bool {
		return strings.EqualFold(strings.TrimSpace(status), strings.TrimSpace(f.Status))
	}
	if f.Status != "" && len(c.Tracker.Statuses) > 0 && !slices.ContainsFunc(c.Tracker.Statuses, same) {
		d.reject("feedback.status", fmt.Sprintf("%q is not one of tracker.statuses: what is published would no longer belong to the site", f.Status),
			"add it to tracker.statuses, or name one that stands there")
	}
	if s := c.Site.URL; s != "" && !isWeb(s) {
		d.reject("site.url", fmt.Sprintf("%q is not an http or https address", s), "for example https://www.example.org")
	}
}

// Speaks says whether anything is written into the tracker.
func (f Feedback) Speaks() bool { return f.Comment || f.CleanURL || f.Status != "" }
