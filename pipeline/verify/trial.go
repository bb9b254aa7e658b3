package verify

import (
	"slices"
	"strings"
	"time"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// The names of a trial: what they are found in is made of them.
const (
	trialImage    = "ingest-trial-image.jpeg"
	trialPDF      = "ingest-trial-document.pdf"
	trialIcon     = "ingest-trial-icon.png"
	trialOffering = "/ingest-trial-offering"
)

// place is where an archetype writes the name of an asset, or the permalink of
// an offering.
type place struct {
	path           []string // keys; element for each element of a list
	prefix, suffix string   // what stands around it
	offering       bool
}

// element stands for every element of a list in a path.
const element = "[]"

// trial renders an item that has everything and looks where the names come out.
func trial(a *archetype.Archetype, site archetype.Site) ([]place, error) {
	now := time.Date(2020, 2, 2, 0, 0, 0, 0, time.UTC)
	file := func(name, format string) *archetype.Asset {
		return &archetype.Asset{Name: name, Format: format, Width: 640, Height: 480, Valid: true, Source: "page", WorkPackage: 1}
	}
	matter, err := a.Render(archetype.Env{
		WP:    archetype.WorkPackage{ID: 1, Subject: "Trial", CreatedAt: now, UpdatedAt: now},
		Title: "Trial", Name: "trial", Bundle: a.Document().Bundle, Topics: []string{"Trial"}, Site: site,
		Link:  &archetype.Link{Href: "https://trial.invalid/", Original: "https://trial.invalid/", Brand: "trial.invalid", Domain: "trial"},
		Page:  archetype.Page{Title: "Trial", Published: &now, Modified: &now},
		Image: file(trialImage, "JPEG"), PDF: file(trialPDF, "PDF"), Icon: file(trialIcon, "PNG"),
		Offerings: []archetype.Offering{{ID: 2, Label: "Trial", Permalink: trialOffering, Topics: []string{"Trial"}}},
	})
	if err != nil {
		return nil, err
	}
	return search(matter, nil), nil
}

// search finds the names of the trial in a value.
func search(value any, path []string) []place {
	var found []place
	switch v := value.(type) {
	case frontmatter.Map:
		for _, e := range v {
			found = append(found, search(e.Value, append(slices.Clip(path), e.Key))...)
		}
	case frontmatter.List:
		for _, e := range v {
			found = append(found, search(e, append(slices.Clip(path), element))...)
		}
	case string:
		for _, name := range []string{trialImage, trialPDF, trialIcon, trialOffering} {
			if before, after, ok := strings.Cut(v, name); ok {
				found = append(found, place{path, before, after, name == trialOffering})
			}
		}
	}
	return found
}

// values returns the texts of a document at the place, without what stands
// around the name.
func (p place) values(value any) []string {
	var names []string
	for _, text := range texts(value, p.path) {
		inner, ok := strings.CutPrefix(text, p.prefix)
		inner, closed := strings.CutSuffix(inner, p.suffix)
		if ok && closed && strings.TrimSpace(inner) != "" {
			names = append(names, inner)
		}
	}
	return names
}

// texts returns the texts at a path.
func texts(value any, path []string) []string {
	if len(path) == 0 {
		text, ok := value.(string)
		if !ok {
			return nil
		}
		return []string{text}
	}
	var all []string
	switch v := value.(type) {
	case frontmatter.Map:
		if inner, ok := v.Get(path[0]); ok {
			return texts(inner, path[1:])
		}
	case frontmatter.List:
		for _, e := range v {
			if path[0] == element {
				all = append(all, texts(e, path[1:])...)
			}
		}
	}
	return all
}
