package output

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// AssetsKey stands for the assets among the keys of front matter.
const AssetsKey = "(assets)"

// keepEdited tells whether a file that is not as the asset is a person's, who may
// have made it smaller or cut it: then it stays. What was written is compared by
// its digest, and only where the bytes differ.
func (p *plan) keepEdited(ctx context.Context, d Document, a Asset, f file) (bool, error) {
	if !f.there || d.TrackerOwns != nil && d.TrackerOwns(AssetsKey) {
		return false, nil
	}
	if a.Last == "" {
		if a.Open != nil && !d.Forgetful {
			p.result.Warnings = append(p.result.Warnings, &AssetReplacedError{f.folder.file(f.path), f.oldLen, f.newLen})
		}
		return false, nil
	}
	hand, err := f.digest(ctx)
	if err != nil || hand == a.Last {
		return false, err
	}
	ours := a.Last // an asset without content is as it was
	if a.Open != nil {
		if ours, err = a.digest(ctx); err != nil {
			return false, err
		}
	}
	edit := HandEdit{Path: AssetsKey + "." + a.Name, Hand: hand, Ours: ours, Conflict: ours != a.Last}
	p.result.HandEdits = append(p.result.HandEdits, edit)
	if edit.Conflict {
		p.result.Warnings = append(p.result.Warnings, &AssetConflictError{f.folder.file(f.path), d.ID, f.oldLen, f.newLen})
	}
	return true, nil
}

// editedAssets are the assets of a document that are not as they were written.
func (t *Tree) editedAssets(ctx context.Context, r Removal) (edits []HandEdit, err error) {
	for _, name := range slices.Sorted(maps.Keys(r.Digests)) {
		if checkName(name) != nil || r.Digests[name] == "" {
			continue
		}
		f := t.assetPlace(r.Path, name)
		info, err := f.folder.stat(f.path)
		if err != nil {
			return nil, err
		}
		if info == nil {
			continue
		}
		hand, err := f.digest(ctx)
		if err != nil {
			return nil, f.folder.fail("compare", f.path, err)
		}
		if hand != r.Digests[name] {
			edits = append(edits, HandEdit{Path: AssetsKey + "." + name, Hand: hand, Ours: r.Digests[name]})
		}
	}
	return edits, nil
}

// AssetConflictError is the warning that a person has edited an asset and that
// another one has come since. The person's stayed.
type AssetConflictError struct {
	File string
	ID   int64
	// Hand and Ours are the bytes of the two.
	Hand, Ours int64
}

func (e *AssetConflictError) Error() string {
	return fmt.Sprintf("%s was edited by hand, and another has come; the file of %d bytes stays, the new one has %d", e.File, e.Hand, e.Ours)
}

// Hint says how to decide otherwise.
func (e *AssetConflictError) Hint() string {
	return fmt.Sprintf("to take the new one, remove the file and run ingest --wp %d, or run it with --take-tracker assets", e.ID)
}

// AssetReplacedError is the warning that a file gave way to an asset and that
// nobody remembers whether it was an older one of ours or a person's.
type AssetReplacedError struct {
	File string
	// Old and New are the bytes of the two.
	Old, New int64
}

func (e *AssetReplacedError) Error() string {
	return fmt.Sprintf("%s was another file of %d bytes and is now the one of %d; nobody remembers whether it was edited by hand", e.File, e.Old, e.New)
}

// Hint says how to get the old file back.
func (e *AssetReplacedError) Hint() string {
	return "if it was edited by hand, put the old file back from the history of your site; from then on it stays"
}
