package output

import (
	"context"
	"slices"
)

// LeftOvers names the temporary files of runs that were killed, for people, in
// order. The next run that writes removes them.
func (t *Tree) LeftOvers() ([]string, error) {
	var files []string
	for _, p := range t.temps {
		files = append(files, t.content.file(p))
	}
	names, err := t.assets.list()
	for _, name := range names {
		if isTemp(name) {
			files = append(files, t.assets.file(name))
		}
	}
	slices.Sort(files)
	return slices.Compact(files), err // one folder may lie in the other
}

// Orphans names the files of the assets folder, for people, in order, that have
// the UUIDv5 of a document that is gone in their names and that no document
// speaks of. Documents are read only if there is such a file at all.
func (t *Tree) Orphans(ctx context.Context) ([]string, error) {
	names, err := t.assets.list()
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var files []string
	for _, name := range names {
		const length = 36 // of a UUID
		if len(name) <= length || name[length] != '-' || !isMadeUUID(name[:length]) || t.names.owner(name[:length]) != 0 {
			continue
		}
		if info, err := t.assets.stat(name); err != nil || info == nil {
			continue // a folder or a link is no asset
		}
		users, err := t.users(ctx, name)
		if err != nil {
			return nil, err
		}
		if len(users) == 0 {
			files = append(files, t.assets.file(name))
		}
	}
	return files, nil
}
