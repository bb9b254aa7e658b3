package state

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// fail gives an error the type that a caller can decide by, and says what was
// tried. A context that has ended is its own reason.
func fail(ctx context.Context, path, op string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", op, context.Cause(ctx))
	}
	return fmt.Errorf("%s: %w", op, classify(path, err))
}

// classify goes by https://www.sqlite.org/rescode.html; the low byte of a code
// is its class.
func classify(path string, err error) error {
	if errors.Is(err, errDamaged) {
		return &CorruptError{Path: path, Err: err}
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the log's index
		return &FullError{Path: path, Err: err}
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return &CorruptError{Path: path, Err: err}
	case sqlite3.SQLITE_FULL:
		return &FullError{Path: path, Err: err}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return &BusyError{Path: path, Err: err}
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR:
		return &AccessError{Path: path, Err: err}
	}
	return fmt.Errorf("state file %s: %w", path, err)
}
