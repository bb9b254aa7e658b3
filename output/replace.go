package output

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// The names of files that are being written. Site generators skip names with a
// dot in front; what is left of them after a crash is removed by the next run.
const (
	tempPrefix = ".ingest-"
	tempSuffix = ".tmp"
)

func isTemp(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
}

// replace is the one way in which a file comes into the tree. The content goes
// to a temporary file in the same directory, is synced, and takes the place of
// what was there in one step; then the directory is synced. At every instant
// the path holds the old content or the new, whole, and an error leaves no
// temporary file.
//
// fill may be called again: another run that begins at this moment takes our
// temporary file for a left-over and removes it.
func (f file) replace(ctx context.Context, fill func(io.Writer) error) error {
	root, err := f.folder.open(true)
	if err != nil {
		return err
	}
	dir := filepath.FromSlash(path.Dir(f.path))
	if err := root.MkdirAll(dir, 0o777); err != nil {
		return f.folder.fail("create the folder of", f.path, err)
	}
	for attempt := 1; ; attempt++ {
		if err := context.Cause(ctx); err != nil {
			return f.folder.fail("write", f.path, err)
		}
		err := f.place(root, filepath.Join(dir, tempPrefix+rand.Text()+tempSuffix), fill)
		if err == nil {
			return nil
		}
		if !errors.Is(err, errVanished) || attempt == 3 {
			return f.folder.fail("write", f.path, err)
		}
	}
}

// errVanished is a temporary file that someone removed.
var errVanished = errors.New("the temporary file was removed by another process")

// place writes the temporary file and puts it into its place.
func (f file) place(root *os.Root, temp string, fill func(io.Writer) error) (err error) {
	w, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // the umask decides
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			return
		}
		if e := root.Remove(temp); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}()
	err = f.write(w, fill)
	if e := w.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := root.Rename(temp, filepath.FromSlash(f.path)); err != nil {
		if _, gone := root.Lstat(temp); errors.Is(gone, fs.ErrNotExist) {
			return errVanished
		}
		return err
	}
	return syncDir(root, filepath.Dir(temp))
}

// write fills the temporary file and gives it the permissions of the old.
func (f file) write(w *os.File, fill func(io.Writer) error) error {
	buffered := bufio.NewWriterSize(w, 64<<10)
	if err := fill(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if f.there {
		if err := w.Chmod(f.mode.Perm()); err != nil {
			return err
		}
	}
	return w.Sync()
}

// syncDir makes a rename last through a power cut. Windows has no such thing;
// some network file systems refuse it.
func syncDir(root *os.Root, dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
