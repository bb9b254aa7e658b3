package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Owner says who holds a lock.
type Owner struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Started time.Time `json:"started"`
	Command string    `json:"command,omitempty"`
}

// LockedError says that another run is active.
type LockedError struct {
	Path string
	// Owner holds the lock; its zero value when that could not be read.
	Owner Owner
	// Age is how long ago the owner started, by the clock of the one that asked.
	Age time.Duration
}

func (e *LockedError) Error() string {
	if e.Owner == (Owner{}) {
		return "another run is active"
	}
	since := e.Owner.Started.Format(time.TimeOnly[:len("15:04")])
	if e.Age >= 24*time.Hour {
		since = e.Owner.Started.Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("another run is active since %s (pid %d on host %s, %s)", since, e.Owner.PID, e.Owner.Host, about(e.Age))
}

// Hint says what to do about it.
func (e *LockedError) Hint() string {
	return "wait until it has ended, or stop it; the lock goes with its process, " + e.Path + " need not be removed"
}

// Lock makes sure of one run at a time. The lock is the operating system's, on
// a file that also says who holds it; it ends with the process, however that
// ends, so one that a dead process left is taken over without asking (what
// [LastOwner] tells before says that it was). When another process holds it,
// the error is a [LockedError].
//
// The file stays when the lock is released, and is empty then: to remove it
// would let two processes lock two files of one name. On a file system without
// locks, Lock fails, as SQLite would beside it: owner and process id alone
// cannot tell a dead process from one on another host or in another container.
// Where a network file system passes locks on (NFS 4, SMB), a run of another
// host is seen as well.
func Lock(path string, o Owner) (release func() error, err error) {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	f, err := openWithin(path, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, unusable(path, err)
	}
	if err := take(f, path, o); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return sync.OnceValue(func() error {
		err := errors.Join(f.Truncate(0), unlockFile(f), f.Close())
		if err != nil {
			return fmt.Errorf("release lock: %w", err)
		}
		return nil
	}), nil
}

func take(f *os.File, path string, o Owner) error {
	switch held, err := lockFile(f); {
	case err != nil:
		return unusable(path, fmt.Errorf("%w: %w", errNoLocks, err))
	case held:
		e := &LockedError{Path: path}
		if other := readOwner(f); other != nil {
			e.Owner, e.Age = *other, o.Started.Sub(other.Started)
			e.Owner.Started = other.Started.In(o.Started.Location())
		}
		return e
	}
	line, err := json.Marshal(o)
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(append(line, '\n'), 0)
	}
	if err != nil {
		return unusable(path, err)
	}
	return nil
}

// LastOwner returns who took a lock and has not released it: a run that is
// active, or one that died. Nil says that there is none.
func LastOwner(path string) (*Owner, error) {
	f, err := openWithin(path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unusable(path, err)
	}
	return readOwner(f), f.Close()
}

// maxOwner bounds what is read of a lock file.
const maxOwner = 1 << 16

// readOwner returns nil for what is not an owner: a file that is empty, or
// being written.
func readOwner(f *os.File) *Owner {
	line, err := io.ReadAll(io.NewSectionReader(f, 0, maxOwner))
	o := new(Owner)
	if err != nil || json.Unmarshal(line, o) != nil {
		return nil
	}
	return o
}

// openWithin opens a file that may not be a link out of its folder: who can put
// a link into a repository must not choose what is written over.
func openWithin(path string, flag int) (*os.File, error) {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	f, err := root.OpenFile(filepath.Base(path), flag, 0o600)
	return f, errors.Join(err, root.Close())
}

// about writes a duration as a person says it.
func about(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d seconds", max(int(d.Seconds()), 0))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}
