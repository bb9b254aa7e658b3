package state

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock of a file, or says that another has it. It is given
// back when the file is closed. What is locked is one byte far behind the end:
// Windows lets nobody read a locked one, and the owner is to be read.
func lockFile(f *os.File) (held bool, err error) {
	at := &windows.Overlapped{Offset: math.MaxUint32, OffsetHigh: math.MaxInt32}
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return true, nil
	}
	return false, err
}

// unlockFile gives the lock back; closing the file does it.
func unlockFile(*os.File) error { return nil }
