package config

import (
	"errors"
	"fmt"
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

const offeringsHelp = "the file is a YAML or JSON list of {id, label, permalink, topics}"

// Read returns the offerings of the file that o names, a YAML or JSON list.
// Every entry wants id, label, permalink and at least one topic. The error is
// of type [Mistakes].
func (o Offerings) Read() ([]ListedOffering, error) {
	wrong := func(text string) Mistakes {
		return Mistakes{{File: o.File, Key: "offerings.file", Text: text, Help: offeringsHelp}}
	}
	src, err := readUpTo(maxOfferings, o.File)
	if errors.Is(err, errTooLarge) {
		return nil, wrong(fmt.Sprintf("is larger than %d MiB", maxOfferings>>20))
	}
	if err != nil {
		return nil, wrong(err.Error())
	}
	var listed []ListedOffering
	if err := yaml.Load(src, &listed, yaml.WithKnownFields()); err != nil {
		return nil, wrong(err.Error())
	}
	var mistakes Mistakes
	for i, offering := range listed {
		if offering.ID < 1 || strings.TrimSpace(offering.Label) == "" || strings.TrimSpace(offering.Permalink) == "" || len(offering.Topics) == 0 {
			mistakes = append(mistakes, wrong(fmt.Sprintf("entry %d wants id, label, permalink and topics", i+1))...)
		}
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return listed, nil
}
