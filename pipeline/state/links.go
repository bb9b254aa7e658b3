package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"ingest/pipeline"
)

var _ pipeline.LinkStore = (*DB)(nil)

// LinkHealth returns what is known of the link of a work package, nil when that
// is nothing. What cannot be read is a *pipeline.DamagedLinkError, which
// PutLinkHealth mends.
func (d *DB) LinkHealth(ctx context.Context, id int64) (h *pipeline.LinkHealth, err error) {
	rows, err := d.read.QueryContext(ctx, "SELECT health FROM link WHERE entry = ?", id)
	if err == nil {
		err = each(rows, func() error {
			var text []byte
			if err := rows.Scan(blob{&text, d.packer}); err != nil {
				return err
			}
			h = new(pipeline.LinkHealth)
			return json.Unmarshal(text, h)
		})
	}
	if err == nil {
		return h, nil
	}
	damaged := errors.Is(err, errDamaged) && ctx.Err() == nil
	if err = fail(ctx, d.path, fmt.Sprintf("read the link of entry %d", id), err); damaged {
		err = &pipeline.DamagedLinkError{ID: id, Err: err}
	}
	return nil, err
}

// PutLinkHealth remembers what is known of links, all of them or none.
func (d *DB) PutLinkHealth(ctx context.Context, all ...*pipeline.LinkHealth) error {
	const q = "INSERT OR REPLACE INTO link (entry, state, health) SELECT id, ?2, ?3 FROM entry WHERE id = ?1"
	return fail(ctx, d.path, "remember links", within(ctx, d.write, nil, func(tx *sql.Tx) error {
		for _, h := range all {
			text, err := json.Marshal(h)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, q, h.ID, string(h.Verdict.State), blob{&text, d.packer}); err != nil {
				return err
			}
		}
		return nil
	}))
}
