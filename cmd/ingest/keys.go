package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ingest/cmd/ingest/internal/suggest"
	"ingest/output"
	"ingest/output/archetype"
)

// unknownKeyError is a key of front matter that nothing has.
type unknownKeyError struct {
	where string // what should have it
	asked string
	known []string // body among them
}

func (e *unknownKeyError) Error() string { return fmt.Sprintf("%s has no key %s", e.where, e.asked) }

// Names are for "did you mean". Where nothing is near, the outermost keys tell
// enough.
func (e *unknownKeyError) Names() (asked string, known []string) {
	if suggest.Nearest(e.asked, e.known) != "" {
		return e.asked, e.known
	}
	return e.asked, slices.DeleteFunc(slices.Clone(e.known), func(key string) bool { return strings.ContainsAny(key, ".[(") })
}

// outward adds to paths of keys the mappings and lists that they stand in, and
// body and assets, which are keys on the command line.
func outward(paths []string) []string {
	var all []string
	for _, path := range paths {
		for ; path != ""; path = path[:max(0, strings.LastIndexAny(path, ".["))] {
			all = append(all, path)
		}
	}
	all = append(all, "body", output.BodyKey, "assets", output.AssetsKey)
	slices.Sort(all)
	return slices.Compact(all)
}

// checkOwned finds the keys that are given to the tracker, or to the hand, and
// that the archetype does not have. Below the value of an expression there may be
// any.
func checkOwned(template *archetype.Archetype, owner map[string]string, taken []string) error {
	var paths, open []string
	for _, o := range template.Origins() {
		path, _, list := strings.Cut(o.Key, "[")
		if paths = append(paths, path); o.Expression != "" && !list {
			open = append(open, path+".")
		}
	}
	known := outward(paths)
	unknown := func(key string) bool {
		return !slices.Contains(known, key) && !slices.ContainsFunc(open, func(path string) bool { return strings.HasPrefix(key, path) })
	}
	for _, key := range taken {
		if unknown(key) {
			return &unknownKeyError{"--take-tracker: the archetype", key, known}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(owner)) {
		if unknown(key) {
			return &settingError{"output.owner", &unknownKeyError{"the archetype", key, known}}
		}
	}
	return nil
}
