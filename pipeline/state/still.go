package state

import (
	"context"
	"errors"
	"os"
)

var errLog = errors.New("a log lies beside the file")

// openStill opens a file that cannot be written. SQLite is told that nobody else
// writes it either, so that it needs no locks and no log of its own
// (https://www.sqlite.org/uri.html, immutable). What stands in a log would be
// passed over, so there must be none.
func openStill(ctx context.Context, path string, o Options) (*DB, error) {
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil, errLog
	}
	return (&DB{path: path, options: o, still: true}).opened(ctx)
}

// asItStands is what SQLite is told of a file that cannot be written.
func (d *DB) asItStands() string {
	if !d.still {
		return ""
	}
	return "&mode=ro&immutable=1"
}
