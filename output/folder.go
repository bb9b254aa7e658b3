package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// folder is one of the two directories. Everything in it is reached through an
// os.Root, so that no name and no link leads out. A folder that is not there
// is created when the first file is written, not before.
type folder struct {
	kind Root
	dir  string // as given to Open

	mu   sync.Mutex
	root *os.Root // nil while the directory is not there
}

// file names a file of the folder for people.
func (f *folder) file(path string) string {
	return filepath.ToSlash(filepath.Join(f.dir, filepath.FromSlash(path)))
}

// fail wraps an error of the file system.
func (f *folder) fail(op, path string, err error) error {
	return &FileError{Op: op, File: f.file(path), Err: err}
}

// open returns the root; without create it is nil while the directory is not
// there.
func (f *folder) open(create bool) (*os.Root, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root != nil {
		return f.root, nil
	}
	if create {
		if err := os.MkdirAll(f.dir, 0o777); err != nil { // the umask decides
			return nil, f.fail("create", ".", err)
		}
	}
	root, err := os.OpenRoot(f.dir)
	if errors.Is(err, fs.ErrNotExist) && !create {
		return nil, nil
	}
	if err != nil {
		return nil, f.fail("open", ".", err)
	}
	f.root = root
	return root, nil
}

func (f *folder) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root == nil {
		return nil
	}
	err := f.root.Close()
	f.root = nil
	return err
}

// stat returns what stands at path: nil when nothing does, an error when it is
// no plain file. Links are not followed, not even those that stay inside,
// because writing would replace the link.
func (f *folder) stat(path string) (fs.FileInfo, error) {
	root, err := f.open(false)
	if root == nil {
		return nil, err
	}
	info, err := root.Lstat(filepath.FromSlash(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, f.fail("read", path, err)
	case !info.Mode().IsRegular():
		return nil, f.fail("read", path, errNotRegular)
	}
	return info, nil
}

// read opens a file that stat has found.
func (f *folder) read(path string) (*os.File, error) {
	root, err := f.open(false)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, f.fail("read", path, fs.ErrNotExist)
	}
	file, err := root.Open(filepath.FromSlash(path))
	if err != nil {
		return nil, f.fail("read", path, err)
	}
	return file, nil
}

// list returns the names of the files directly in the folder.
func (f *folder) list() ([]string, error) { return f.listIn(".") }

// listIn returns the names of the files directly in a folder below it.
func (f *folder) listIn(path string) ([]string, error) {
	root, err := f.open(false)
	if root == nil {
		return nil, err
	}
	dir, err := root.Open(filepath.FromSlash(path))
	if err != nil {
		return nil, f.fail("read", path, err)
	}
	names, err := dir.Readdirnames(-1)
	return names, errors.Join(err, dir.Close())
}

func (f *folder) remove(path string) error {
	root, err := f.open(false)
	if root == nil {
		return err
	}
	if err := root.Remove(filepath.FromSlash(path)); err != nil {
		return f.fail("remove", path, err)
	}
	return nil
}
