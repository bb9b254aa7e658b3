package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"

	"ingest/pipeline"
)

// Entry returns what is remembered of a work package, nil when that is nothing.
// Values of it that cannot be read are a *pipeline.DamagedEntryError, which Put
// mends.
func (d *DB) Entry(ctx context.Context, id int64) (*pipeline.Entry, error) {
	return d.first(ctx, d.stmts.entry, id, fmt.Sprintf("read entry %d", id))
}

// Entries yields all entries by their ids. Each is read when its turn comes: no
// more than one is in memory, and one that is put meanwhile is seen if its id
// is still to come. One that cannot be read is a *pipeline.DamagedEntryError, and
// does not keep back those behind it.
func (d *DB) Entries(ctx context.Context) iter.Seq2[*pipeline.Entry, error] {
	return func(yield func(*pipeline.Entry, error) bool) {
		for last := int64(math.MinInt64); ; {
			e, err := d.first(ctx, d.stmts.next, last, "read entries")
			damaged, one := errors.AsType[*pipeline.DamagedEntryError](err)
			switch {
			case one && damaged.ID > last:
				last = damaged.ID
			case err != nil:
				yield(nil, err)
				return
			case e == nil:
				return
			default:
				last = e.ID
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// first returns the entry that a statement finds, nil when it finds none. One
// transaction reads the row and its assets: they belong together. Values that
// cannot be read are those of one entry; the file may well be sound.
func (d *DB) first(ctx context.Context, stmt *sql.Stmt, id int64, op string) (*pipeline.Entry, error) {
	e, found := &pipeline.Entry{ID: id}, false
	err := within(ctx, d.read, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		rows, err := tx.StmtContext(ctx, stmt).QueryContext(ctx, id)
		if err != nil {
			return err
		}
		err = each(rows, func() error {
			found = true
			return rows.Scan(d.packer.fields(e)...)
		})
		if err != nil || !found {
			return err
		}
		return d.assets(ctx, tx, e)
	})
	damaged := errors.Is(err, errDamaged) && ctx.Err() == nil
	switch err = fail(ctx, d.path, op, err); {
	case damaged:
		return nil, &pipeline.DamagedEntryError{ID: e.ID, Err: err}
	case err != nil || !found:
		return nil, err
	}
	return e, nil
}

func (d *DB) assets(ctx context.Context, tx *sql.Tx, e *pipeline.Entry) error {
	rows, err := tx.StmtContext(ctx, d.stmts.assets).QueryContext(ctx, e.ID)
	if err != nil {
		return err
	}
	return each(rows, func() error {
		var a pipeline.StoredAsset
		if err := rows.Scan(assetFields(&a)...); err != nil {
			return err
		}
		e.Assets = append(e.Assets, a)
		return nil
	})
}

// Put remembers an entry in place of the one with the same id. A blob of more
// than 64 MiB is refused.
func (d *DB) Put(ctx context.Context, e *pipeline.Entry) error {
	op := fmt.Sprintf("remember entry %d", e.ID)
	for _, b := range [][]byte{e.Tracker, e.Visit, e.Written, e.HTML} {
		if len(b) > maxBlob {
			return fmt.Errorf("%s: a part has %d bytes, want at most %d", op, len(b), maxBlob)
		}
	}
	return fail(ctx, d.path, op, within(ctx, d.write, nil, func(tx *sql.Tx) error { return d.put(ctx, tx, e) }))
}

func (d *DB) put(ctx context.Context, tx *sql.Tx, e *pipeline.Entry) error {
	if _, err := tx.StmtContext(ctx, d.stmts.put).ExecContext(ctx, d.packer.fields(e)...); err != nil {
		return err
	}
	if _, err := tx.StmtContext(ctx, d.stmts.clearAssets).ExecContext(ctx, e.ID); err != nil {
		return err
	}
	stmt := tx.StmtContext(ctx, d.stmts.putAsset)
	for n := range e.Assets {
		if _, err := stmt.ExecContext(ctx, append([]any{e.ID, n}, assetFields(&e.Assets[n])...)...); err != nil {
			return err
		}
	}
	return nil
}

// Forget drops an entry; one that is not there is no error.
func (d *DB) Forget(ctx context.Context, id int64) error {
	_, err := d.write.ExecContext(ctx, "DELETE FROM entry WHERE id = ?", id)
	return fail(ctx, d.path, fmt.Sprintf("forget entry %d", id), err)
}
