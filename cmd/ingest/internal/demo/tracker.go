package demo

import (
	"fmt"
	"strings"
	"time"

	"ingest/openproject/openprojecttest"
)

// Ids of the fake tracker's installation, as [openprojecttest.Curation] lays
// it out.
const (
	curation, offeringsProject = 41, 42
	curatedContent, offered    = 7, 8
	editor                     = 58
)

// fill puts the demo's work packages into a tracker. siteURL is what the paths
// of their source URLs stand under.
func fill(tracker *openprojecttest.Tracker, siteURL string) error {
	statuses := map[string]int64{"": 1, "New": 1, "In review": 7, "Published": 14}
	for _, e := range entries() {
		created, err := time.Parse(time.RFC3339, e.Created)
		if err != nil {
			return fmt.Errorf("work package %d: %w", e.ID, err)
		}
		updated := created.Add(time.Hour)
		if e.ID == 3960 {
			updated = time.Date(2020, 12, 22, 3, 12, 41, 254e6, time.UTC)
		}
		source := e.Source
		if strings.HasPrefix(source, "/") {
			source = siteURL + source
		}
		tracker.Add(openprojecttest.WorkPackage{ID: e.ID, Subject: e.Subject, Description: e.Body, Project: curation, Type: curatedContent,
			Status: statuses[e.Status], Author: editor, CreatedAt: created, UpdatedAt: updated,
			Fields: map[string]any{"Source URL": orNil(source), "Medigy Topics": e.Topics, "Via": orNil(e.Via)}})
		for _, f := range e.Files {
			tracker.AddAttachment(e.ID, openprojecttest.Attachment{ID: f.ID, FileName: f.Name, ContentType: f.Type, Content: f.Content, Author: editor, CreatedAt: created})
		}
	}
	created := time.Date(2020, 6, 1, 9, 0, 0, 0, time.UTC)
	for _, o := range offerings() {
		tracker.Add(openprojecttest.WorkPackage{ID: o.ID, Subject: o.Label, Project: offeringsProject, Type: offered, Author: editor, CreatedAt: created,
			Fields: map[string]any{"Permalink": o.permalink(), "Medigy Topics": o.Topics}})
	}
	return nil
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}
