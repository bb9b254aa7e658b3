package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// makeFolder makes a folder that only its owner may enter, and that git does
// not see: what is remembered does not belong into a site's repository.
func makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return unusable(dir, syscall.ENOTDIR)
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unusable(dir, err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o600); err != nil {
		return unusable(dir, err)
	}
	return nil
}

// makeFile makes an empty file, unless there is one. An existing one is not
// opened: to close it again would take away the locks that this process may
// hold on it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
func makeFile(path string) error {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		err = f.Close()
	}
	if errors.Is(err, fs.ErrExist) {
		err = nil
		if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
			err = syscall.EISDIR
		}
	}
	if err != nil {
		return unusable(path, err)
	}
	return nil
}

// moveAside gives a damaged file another name, and its log with it: a log that
// stays would be played into the new file. The log goes first, for the case that
// nothing more happens.
func moveAside(path string, now time.Time) (aside string, err error) {
	aside = path + ".broken-" + now.UTC().Format("20060102T150405Z")
	for n := 2; exists(aside); n++ {
		aside = fmt.Sprintf("%s.broken-%s-%d", path, now.UTC().Format("20060102T150405Z"), n)
	}
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", unusable(path+suffix, err)
		}
	}
	return aside, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
