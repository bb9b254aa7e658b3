package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ingest/openproject"
)

// record is a work package as the pipeline uses it: plain values that can be
// remembered, so that a document can be made again without the tracker.
type record struct {
	ID          int64          `json:"id"`
	Subject     string         `json:"subject"`
	Description string         `json:"description"`
	Type        string         `json:"type"`
	Status      string         `json:"status"`
	Project     string         `json:"project"`
	ProjectID   int64          `json:"project_id"` // 0 where an older ingest remembered it
	Author      string         `json:"author"`
	URL         string         `json:"url"` // where a person opens it
	CreatedAt   time.Time      `json:"created_at"`
	UpdatedAt   time.Time      `json:"updated_at"`
	Fields      map[string]any `json:"fields"` // by label; nil without a value
}

// toRecord takes over what a work package says. Of labels that two fields
// share none is taken: no one can tell which is meant.
func toRecord(wp *openproject.WorkPackage, webURL string) *record {
	r := &record{ID: wp.ID, Subject: wp.Subject, Description: wp.Description, Type: wp.Type.Title, Status: wp.Status.Title,
		Project: wp.Project.Title, ProjectID: wp.Project.ID, Author: wp.Author.Title, URL: webURL, CreatedAt: wp.CreatedAt, UpdatedAt: wp.UpdatedAt,
		Fields: map[string]any{}}
	for _, label := range wp.Fields.Labels() {
		if value, ok := wp.Fields.Get(label); ok {
			r.Fields[label] = value.Any()
		}
	}
	return r
}

// field finds a value by its label, matched as the tracker's client matches it.
func (r *record) field(label string) any {
	if value, known := r.Fields[label]; known {
		return value
	}
	for other, value := range r.Fields {
		if strings.EqualFold(strings.TrimSpace(other), strings.TrimSpace(label)) {
			return value
		}
	}
	return nil
}

// texts are the single values of a field as texts; no value has none.
func (r *record) texts(label string) []string {
	switch v := r.field(label).(type) {
	case nil:
		return nil
	case []string:
		return v
	default:
		return []string{fmt.Sprint(v)}
	}
}

// recordOf is the work package of an entry. The error is a *DamagedEntryError.
func recordOf(e *Entry) (*record, error) {
	r, err := decodeRecord(e.Tracker)
	if err != nil {
		return nil, &DamagedEntryError{e.ID, err}
	}
	return r, nil
}

// decodeRecord reads what was remembered. Lists become []string and numbers
// int64 or float64 again, as the tracker's client gives them.
func decodeRecord(encoded []byte) (*record, error) {
	r := &record{}
	d := json.NewDecoder(bytes.NewReader(encoded))
	d.UseNumber()
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("the work package: %w", err)
	}
	for label, value := range r.Fields {
		r.Fields[label] = plain(value)
	}
	return r, nil
}

func plain(value any) any {
	switch v := value.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	case []any:
		made := make([]string, 0, len(v))
		for _, element := range v {
			made = append(made, fmt.Sprint(element))
		}
		return made
	}
	return value
}
