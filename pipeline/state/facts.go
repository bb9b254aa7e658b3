package state

import (
	"context"
	"fmt"
)

// Fact returns a value of the run's own, "" when there is none.
func (d *DB) Fact(ctx context.Context, key string) (value string, err error) {
	rows, err := d.stmts.fact.QueryContext(ctx, key)
	if err == nil {
		err = each(rows, func() error { return rows.Scan(&value) })
	}
	return value, fail(ctx, d.path, fmt.Sprintf("read fact %q", key), err)
}

// SetFact remembers a value; "" forgets it.
func (d *DB) SetFact(ctx context.Context, key, value string) (err error) {
	if value == "" {
		_, err = d.write.ExecContext(ctx, "DELETE FROM fact WHERE key = ?", key)
	} else {
		_, err = d.write.ExecContext(ctx, "INSERT OR REPLACE INTO fact (key, value) VALUES (?, ?)", key, value)
	}
	return fail(ctx, d.path, fmt.Sprintf("remember fact %q", key), err)
}
