package main

import (
	"fmt"
	"strings"

	"ingest/cmd/ingest/internal/console"
)

// card lays a page out for a person: what is there, and where it came from.
func (r *reading) card() []console.Row {
	rows := []console.Row{{Label: "URL", Text: redacted(r.URL)}}
	if r.Clean != "" && r.Clean != r.URL {
		rows = append(rows, console.Row{Label: "Clean", Text: redacted(r.Clean), Source: r.removed()})
	}
	for i, hop := range r.Hops {
		if i > 0 {
			rows = append(rows, console.Row{Label: "Hop", Text: hop.URL, Source: string(hop.Reason)})
		}
	}
	field := func(label, text, name string) {
		if text != "" {
			rows = append(rows, console.Row{Label: label, Text: text, Source: r.source(name)})
		}
	}
	field("Title", r.Title, "title")
	field("Description", r.Description, "description")
	field("Authors", strings.Join(r.Authors, "; "), "author")
	field("Published", r.Published.String(), "published")
	field("Modified", r.Modified.String(), "modified")
	field("Site name", r.SiteName, "site_name")
	field("Language", r.Lang, "lang")
	field("Image", r.Image, "image")
	field("Icon", r.Icon, "icon")
	field("Canonical", r.Canonical, "canonical")
	field("Keywords", strings.Join(r.Keywords, ", "), "keywords")
	field("PDF", r.PDF, "pdf")
	for _, feed := range r.Feeds {
		field("Feed", feed.Href, "")
	}
	for _, note := range r.Notes {
		field("Note", note, "")
	}
	return rows
}

// source names the place that a field's value came from.
func (r *reading) source(name string) string {
	candidates := r.Sources[name]
	if len(candidates) == 0 {
		return ""
	}
	return candidates[0].Source
}

// removed counts what cleaning took out.
func (r *reading) removed() string {
	names := make([]string, 0, len(r.Removed))
	for _, removal := range r.Removed {
		names = append(names, removal.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("without %s", strings.Join(names, ", "))
}
