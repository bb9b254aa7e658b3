package state

import (
	"context"
	"time"
)

// Due lists the work packages whose next try has come at now, by id.
func (d *DB) Due(ctx context.Context, now time.Time) ([]int64, error) {
	const q = "SELECT id FROM entry WHERE next_try <= ? ORDER BY +id" // the plus keeps SQLite from walking all entries by id
	ids, err := d.ids(ctx, q, instant{&now})
	return ids, fail(ctx, d.path, "list entries that are due", err)
}

// Stale lists the work packages whose page was last read before the given
// time, longest ago first, at most limit. A page that was never read is not
// stale.
func (d *DB) Stale(ctx context.Context, before time.Time, limit int) ([]int64, error) {
	ids, err := d.ids(ctx, "SELECT id FROM entry WHERE read_at < ? ORDER BY read_at, id LIMIT ?", instant{&before}, max(limit, 0))
	return ids, fail(ctx, d.path, "list entries that are stale", err)
}

// Published lists the work packages that have a document, by id. An index alone
// tells.
func (d *DB) Published(ctx context.Context) ([]int64, error) {
	ids, err := d.ids(ctx, "SELECT id FROM entry WHERE standing IN (?, ?) ORDER BY +id", Published, Attention)
	return ids, fail(ctx, d.path, "list entries that are published", err)
}

// WithURL lists the work packages whose clean or canonical URL is the given
// one, by id. Nothing has the URL "".
func (d *DB) WithURL(ctx context.Context, url string) ([]int64, error) {
	const q = "SELECT id FROM entry WHERE clean = ?1 AND clean <> '' UNION SELECT id FROM entry WHERE canonical = ?1 AND canonical <> '' ORDER BY id"
	ids, err := d.ids(ctx, q, url)
	return ids, fail(ctx, d.path, "list entries by URL", err)
}

func (d *DB) ids(ctx context.Context, query string, args ...any) (ids []int64, err error) {
	rows, err := d.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	err = each(rows, func() error {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	})
	return ids, err
}
