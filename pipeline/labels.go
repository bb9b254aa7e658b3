package pipeline

import (
	"fmt"
	"maps"
	"slices"

	"ingest/openproject"
)

// CheckLabels finds the configured labels that none of the schemas has, or that
// one has twice. prefix is the configuration key of the map. A run asks before
// it writes anything: a field that was renamed in the tracker would otherwise
// empty its value in every document.
func CheckLabels(prefix string, fields map[string]string, schemas []*openproject.Schema) []error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if err := findLabel(fields[key], schemas); err != nil {
			errs = append(errs, fmt.Errorf("%s.%s: %w", prefix, key, err))
		}
	}
	return errs
}

// findLabel returns nil when one of the schemas has the label, else the error
// of the last that has not. Without a schema nothing can be said.
func findLabel(label string, schemas []*openproject.Schema) (err error) {
	for _, schema := range schemas {
		if _, err = schema.Field(label); err == nil {
			return nil
		}
	}
	return err
}
