package main

import (
	"context"
	"errors"
	"net/http"

	"ingest/cmd/ingest/internal/config"
	"ingest/enrich"
	"ingest/openproject"
	"ingest/pipeline"
)

// checkFields makes sure that the configured custom fields exist. Without a
// project there is no schema to ask beforehand; each work package is then held
// against its own.
func checkFields(ctx context.Context, tracker *openproject.Client, t config.Tracker) error {
	if t.Project == "" {
		return nil
	}
	schemas, err := schemas(ctx, tracker, t.Project, t.Types)
	if err != nil {
		return err
	}
	return errors.Join(pipeline.CheckLabels("tracker.fields", t.Fields, schemas)...)
}

// schemas reads the schema of each type in a project, all named by a person.
func schemas(ctx context.Context, tracker *openproject.Client, project string, types []string) ([]*openproject.Schema, error) {
	p, err := tracker.FindProject(ctx, project)
	if err != nil {
		return nil, err
	}
	found, err := tracker.FindTypes(ctx, project, types)
	if err != nil {
		return nil, err
	}
	var schemas []*openproject.Schema
	for _, t := range found {
		schema, err := tracker.Schema(ctx, p.ID, t.ID)
		if api, ok := errors.AsType[*openproject.APIError](err); ok && api.Status == http.StatusNotFound {
			continue // enabled in a subproject only: each work package is held against its own schema
		}
		if err != nil {
			return nil, err
		}
		schemas = append(schemas, schema)
	}
	return schemas, nil
}

// loadOfferings reads the catalogue from where the configuration says.
func loadOfferings(ctx context.Context, tracker *openproject.Client, o config.Offerings) (offerings []enrich.Offering, leftOut int, err error) {
	switch o.From {
	case config.FromFile:
		offerings, err = listedOfferings(o)
		return offerings, 0, err
	case config.FromTracker:
		return offeringsOf(ctx, tracker, o)
	}
	return nil, 0, nil
}

// listedOfferings reads the catalogue of a file. The error is config.Mistakes.
func listedOfferings(o config.Offerings) (offerings []enrich.Offering, err error) {
	listed, err := o.Read()
	for _, l := range listed {
		offerings = append(offerings, enrich.Offering(l))
	}
	return offerings, err
}

func offeringsOf(ctx context.Context, tracker *openproject.Client, o config.Offerings) ([]enrich.Offering, int, error) {
	if o.Project != "" {
		schemas, err := schemas(ctx, tracker, o.Project, o.Types)
		if err != nil {
			return nil, 0, err
		}
		if err := errors.Join(pipeline.CheckLabels("offerings.fields", o.Fields, schemas)...); err != nil {
			return nil, 0, err
		}
	}
	var listed []*openproject.WorkPackage
	for wp, err := range tracker.WorkPackages(ctx, openproject.Query{Project: o.Project, Types: o.Types}) {
		if err != nil {
			return nil, 0, err
		}
		listed = append(listed, wp)
	}
	offerings, leftOut := pipeline.Offerings(listed, o.Fields)
	return offerings, leftOut, nil
}
