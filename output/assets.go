package output

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
)

// AssetFile is a file of the assets folder.
type AssetFile struct {
	// Name is its name in the assets folder.
	Name string
	// ID is the work package whose document has the name that the file's begins
	// with, Document that document's place; 0 and "" if there is none.
	ID       int64
	Document string
	// Ours says that the file is named as our assets are: by a document that is
	// there or by a UUIDv5, then "-" and a role (Options.Roles).
	Ours bool
	// Users are the places of the documents that speak of it.
	Users []string
}

// Orphan tells an asset of ours whose document is gone and that no other speaks
// of.
func (a AssetFile) Orphan() bool { return a.Ours && a.ID == 0 && len(a.Users) == 0 }

// Assets lists the files of the assets folder by name. It reads every document.
// Assets beside documents are not listed: they are their documents' own.
func (t *Tree) Assets(ctx context.Context) ([]AssetFile, error) {
	names, err := t.prepareMentions(ctx)
	if err != nil {
		return nil, err
	}
	var all []AssetFile
	for _, name := range names {
		info, err := t.assets.stat(name)
		if err != nil || info == nil || strings.HasPrefix(name, ".") {
			continue // a folder or a link is no asset
		}
		stem := assetStem(name)
		a := AssetFile{Name: name, ID: t.names.owner(stem)}
		if a.Users, err = t.users(ctx, name); err != nil {
			return nil, err
		}
		if e, known, err := t.names.place(a.ID); err == nil && known {
			a.Document = e.path
		}
		a.Ours = t.ourRole(name) && (a.ID != 0 || isMadeUUID(stem))
		all = append(all, a)
	}
	return all, nil
}

// assetStem is the name of the document in that of its asset,
// <name>-<role>.<ext>; "" where there is none.
func assetStem(name string) string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	return stem[:max(strings.LastIndexByte(stem, '-'), 0)]
}

// ourRole tells whether the role in the name of an asset is one that we write.
func (t *Tree) ourRole(name string) bool {
	role := strings.TrimSuffix(name, path.Ext(name))
	role = role[strings.LastIndexByte(role, '-')+1:]
	return t.options.Roles == nil || slices.Contains(t.options.Roles, role)
}

// Entry is a work package with a document.
type Entry struct {
	ID int64
	// Path is the document's place in the content folder, with slashes.
	Path string
	// Name is the stem of its assets' names.
	Name string
}

// Entries lists the work packages that have a document, by id. One whose file
// cannot be told from others with its id is not among them.
func (t *Tree) Entries() []Entry {
	r := &t.names
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Entry, 0, len(r.documents))
	for id, e := range r.documents {
		all = append(all, Entry{ID: id, Path: e.path, Name: e.name})
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return all
}
