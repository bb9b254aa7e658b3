package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// within runs do in one transaction: all of it is kept, or nothing.
func within(ctx context.Context, db *sql.DB, o *sql.TxOptions, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		if undo := tx.Rollback(); !errors.Is(undo, sql.ErrTxDone) { // done when the context has ended
			err = errors.Join(err, undo)
		}
		return err
	}
	return tx.Commit()
}

// errDamaged is a value that cannot have been written by this package.
var errDamaged = errors.New("damaged value")

// each calls read on every row, and closes what it was given. A row that cannot
// be read is damaged: where a page is gone, SQLite gives NULL and nothing.
func each(rows *sql.Rows, read func() error) error {
	for rows.Next() {
		if err := read(); err != nil {
			return errors.Join(fmt.Errorf("%w: %w", errDamaged, err), rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
