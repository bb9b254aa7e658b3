package enrich

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A run's folder is named ingest-run-<process>-<start in Unix seconds>-<random>,
// so that a later run can tell whose it was.
const spoolPrefix = "ingest-run-"

// spoolAge is how long a folder must have lain untouched before it is taken for
// a dead run's. The process alone does not tell: containers that share a folder
// do not see each other's. A run that works touches its folder every few
// seconds.
const spoolAge = 12 * time.Hour

// OpenSpool makes a folder for the temporary files of one run under dir, ""
// being the system's. [Spool.Close] removes it with whatever is in it.
func OpenSpool(dir string, now time.Time) (Spool, error) {
	if dir == "" {
		dir = os.TempDir()
	}
	made, err := os.MkdirTemp(dir, fmt.Sprintf("%s%d-%d-*", spoolPrefix, os.Getpid(), now.Unix()))
	if err != nil {
		return Spool{}, fmt.Errorf("make a folder for temporary files: %w", err)
	}
	return Spool{Dir: made}, nil
}

// Close removes the folder that OpenSpool made. A Spool made in another way is
// left alone: its folder is somebody else's.
func (s Spool) Close() error {
	if _, ok := spoolProcess(filepath.Base(s.Dir)); !ok {
		return nil
	}
	if err := os.RemoveAll(s.Dir); err != nil {
		return fmt.Errorf("remove the folder for temporary files: %w", err)
	}
	return nil
}

// SweepSpools removes from dir, "" being the system's, the folders of runs that
// were killed: named as ours, of a process that is gone, and untouched for half
// a day. Errors, of which a run need not stop, are joined.
func SweepSpools(dir string, now time.Time) error {
	if dir == "" {
		dir = os.TempDir()
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look for temporary files of dead runs: %w", err)
	}
	var errs []error
	for _, entry := range entries {
		process, ok := spoolProcess(entry.Name())
		if !ok || !entry.IsDir() || alive(process) {
			continue
		}
		if err := sweep(filepath.Join(dir, entry.Name()), entry, now); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func sweep(path string, entry fs.DirEntry, now time.Time) error {
	info, err := entry.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another run swept it
	}
	if err != nil {
		return fmt.Errorf("look at temporary files of a dead run: %w", err)
	}
	if now.Sub(info.ModTime()) < spoolAge {
		return nil
	}
	if err := os.RemoveAll(path); err != nil && !errors.Is(err, fs.ErrPermission) { // else another user's, who will sweep it
		return fmt.Errorf("remove temporary files of a dead run: %w", err)
	}
	return nil
}

// spoolProcess reads the process out of the name of a run's folder.
func spoolProcess(name string) (int, bool) {
	rest, ok := strings.CutPrefix(name, spoolPrefix)
	parts := strings.Split(rest, "-")
	if !ok || len(parts) != 3 {
		return 0, false
	}
	process, err := strconv.Atoi(parts[0])
	if _, startErr := strconv.ParseInt(parts[1], 10, 64); err != nil || startErr != nil || process <= 0 {
		return 0, false
	}
	return process, true
}

// alive says whether a process runs. One that we may not signal does, and so
// does one of which the system tells nothing.
func alive(process int) bool {
	p, err := os.FindProcess(process)
	if err != nil {
		return false // only Windows fails, and does where there is none
	}
	defer p.Release() //nolint:errcheck // nothing was changed
	return !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
