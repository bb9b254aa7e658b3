package config

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxOfferings bounds the size of a file of offerings, in bytes.
const maxOfferings = 64 << 20

// ListedOffering is one entry of an offerings file.
type ListedOffering struct {
	ID        int64    `yaml:"id"`
	Label     string   `yaml:"label"`
	Permalink string   `yaml:"permalink"`
	Topics    []string `yaml:"topics"`
}

// Read returns the offerings of the file that o names, a YAML or JSON list.
// Every entry wants id, label, permalink and at least one topic.
func (o Offerings) Read() ([]ListedOffering, error) {
	info, err := os.Stat(o.File)
	if err != nil {
		return nil, fmt.Errorf("offerings.file: %w", err)
	}
	if info.Size() > maxOfferings {
		return nil, fmt.Errorf("offerings.file: %s is larger than %d MiB", o.File, maxOfferings>>20)
	}
	src, err := os.ReadFile(o.File)
	if err != nil {
		return nil, fmt.Errorf("offerings.file: %w", err)
	}
	var listed []ListedOffering
	if err := yaml.Load(src, &listed, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("offerings.file: %s: %w", o.File, err)
	}
	var errs []error
	for i, offering := range listed {
		if offering.ID < 1 || strings.TrimSpace(offering.Label) == "" || strings.TrimSpace(offering.Permalink) == "" || len(offering.Topics) == 0 {
			errs = append(errs, fmt.Errorf("offerings.file: %s: entry %d wants id, label, permalink and topics", o.File, i+1))
		}
	}
	return listed, errors.Join(errs...)
}
