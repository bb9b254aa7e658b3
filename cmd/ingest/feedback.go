package main

import (
	"log/slog"

	"ingest/cmd/ingest/internal/config"
	"ingest/pipeline"
	"ingest/pipeline/feedback"
)

// newTeller makes what answers in the tracker; nil when the configuration wants no
// answers.
func newTeller(c *config.Config, tracker feedback.Client, store pipeline.Store, logger *slog.Logger) pipeline.Teller {
	if !c.Feedback.Speaks() {
		return nil
	}
	return &feedback.Tracker{Client: tracker, Store: store, Comment: c.Feedback.Comment,
		CleanURL: c.Feedback.CleanURL, CleanURLLabel: c.Tracker.Fields[pipeline.FieldCleanURL],
		Status: c.Feedback.Status, SiteURL: c.Site.URL, Logger: logger}
}
