package pipeline

import (
	"slices"
	"strings"

	"ingest/output/archetype"
)

// constant are the paths of values that the archetype makes of nothing but
// itself and the site's settings: no change in the tracker or of a page is ever a
// change of theirs.
func (p *Pipeline) constant() []string {
	if p.constants != nil {
		return p.constants
	}
	paths, varying := []string{}, map[string]bool{}
	for _, origin := range p.Template.Origins() {
		changes := slices.ContainsFunc(origin.Parts, func(part string) bool { return !ofSite(part) })
		for _, path := range outward(origin) {
			paths = append(paths, path)
			varying[path] = varying[path] || changes
		}
	}
	slices.Sort(paths)
	return slices.DeleteFunc(slices.Compact(paths), func(path string) bool { return varying[path] })
}

// ofSite tells a part that is a setting.
func ofSite(part string) bool { return part == "site" || strings.HasPrefix(part, "site.") }

// outward lists the path of a value, that of the list it stands in, and those of
// the mappings around: featuredImage.size and featuredImage.
func outward(o archetype.Origin) []string {
	path, _, _ := strings.Cut(o.Key, "[")
	paths := []string{path}
	for i := strings.LastIndexByte(path, '.'); i > 0; i = strings.LastIndexByte(path[:i], '.') {
		paths = append(paths, path[:i])
	}
	return paths
}
