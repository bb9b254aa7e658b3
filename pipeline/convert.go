package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"ingest/enrich"
	"ingest/openproject"
)

// Names of custom fields that mean something to the pipeline itself, as keys
// of tracker.fields and offerings.fields.
const (
	FieldSourceURL = "source_url"
	FieldCleanURL  = "clean_url"
	FieldTopics    = "topics"
	FieldPermalink = "permalink"
)

// checkFields finds a configured label that the work package's own schema
// lacks: the field is not empty but unknown, and a value that was published must
// not be replaced by a gap.
func checkFields(wp *openproject.WorkPackage, fields map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if _, err := wp.Fields.Lookup(fields[key]); err != nil {
			return fmt.Errorf("tracker.fields.%s: %w", key, err)
		}
	}
	return nil
}

// toItem makes an item of a work package.
func toItem(r *record, fields map[string]string) *enrich.Item {
	it := &enrich.Item{ID: r.ID, Body: r.Description}
	it.Source = strings.Join(r.texts(fields[FieldSourceURL]), ", ")
	if label, ok := fields[FieldTopics]; ok {
		it.Topics = filled(r.texts(label))
	}
	return it
}

// filled drops texts of nothing but blanks.
func filled(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// attach gives the item its attachments; source streams their content when a
// step asks for it. One that the tracker has not finished taking in is left for
// the next run.
func attach(it *enrich.Item, listed []openproject.Attachment, source Source) {
	for _, a := range listed {
		if !a.Ready() {
			it.Lose(enrich.PartImage, enrich.PartPDF)
			it.Warnings = append(it.Warnings, enrich.Warning{Step: "attachments", Text: fmt.Sprintf("attachment %q is not ready in the tracker: %s", a.FileName, a.Status)})
			continue
		}
		it.Attachments = append(it.Attachments, enrich.Attachment{
			ID: a.ID, FileName: a.FileName, ContentType: a.ContentType, Link: a.Href,
			Download: func(ctx context.Context, w io.Writer) error {
				_, err := source.Download(ctx, a, w)
				return damaged(err)
			},
		})
	}
}

// damaged tells enrich which errors of a download are the file's own: bytes
// that are not what the listing says, or a file that is gone.
func damaged(err error) error {
	_, content := errors.AsType[*openproject.ContentError](err)
	api, answered := errors.AsType[*openproject.APIError](err)
	if content || answered && api.Status == http.StatusNotFound {
		return &enrich.DamagedError{Err: err}
	}
	return err
}

// Offerings makes the catalogue of the work packages that stand for product
// offerings. One without permalink or topics cannot be related and is left
// out; the number left out is returned, for a warning.
func Offerings(wps []*openproject.WorkPackage, fields map[string]string) (offerings []enrich.Offering, leftOut int) {
	for _, wp := range wps {
		permalink, _ := wp.Fields.Get(fields[FieldPermalink])
		topics, _ := wp.Fields.Get(fields[FieldTopics])
		offering := enrich.Offering{ID: wp.ID, Label: wp.Subject, Permalink: strings.TrimSpace(permalink.Text()), Topics: filled(topics.Texts())}
		if offering.Permalink == "" || len(offering.Topics) == 0 {
			leftOut++
			continue
		}
		offerings = append(offerings, offering)
	}
	return offerings, leftOut
}
