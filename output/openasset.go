package output

import (
	"io/fs"
	"os"
)

// OpenAsset opens an asset that a document names: beside the document where
// that is a bundle, else in the assets folder. document is its place in the
// content folder. The error is a *NameError for a name that no asset can have,
// else a *FileError, which is fs.ErrNotExist where nothing has the name.
func (t *Tree) OpenAsset(document, name string) (*os.File, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	f := t.assetPlace(document, name)
	info, err := f.folder.stat(f.path)
	switch {
	case err != nil:
		return nil, err
	case info == nil:
		return nil, f.folder.fail("read", f.path, fs.ErrNotExist)
	}
	return f.folder.read(f.path)
}
