package main

import (
	"time"

	"ingest/cmd/ingest/internal/monitor/metrics"
	"ingest/enrich/fetch"
	"ingest/pipeline/feedback"
)

// counts are where a run of the service counts what it asks for. Those of a run from
// the command line are empty.
type counts struct {
	metrics *metrics.Metrics
	tracker []func(method string, status int, took time.Duration)
	web     []func(kind fetch.Kind, status int, took time.Duration)
}

func (f *runFlags) counts() counts {
	if f.metrics == nil {
		return counts{}
	}
	c := counts{metrics: f.metrics}
	c.tracker = append(c.tracker, f.metrics.TrackerAsked)
	c.web = append(c.web, f.metrics.Fetched)
	return c
}

// feedback counts what is written into the tracker.
func (c counts) feedback(client feedback.Client) feedback.Client {
	if c.metrics == nil {
		return client
	}
	return c.metrics.Feedback(client)
}
