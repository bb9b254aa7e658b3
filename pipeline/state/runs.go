package state

import (
	"context"
	"database/sql"
	"fmt"

	"ingest/pipeline"
)

// SaveRun keeps a report, as its JSON, and drops those beyond
// [Options.KeepRuns]. Of more than 64 MiB a part is kept, see encode.
func (d *DB) SaveRun(ctx context.Context, r *pipeline.Report) error {
	report, err := encode(r, maxBlob)
	if err != nil {
		return fmt.Errorf("remember run: %w", err)
	}
	err = within(ctx, d.write, nil, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO run (report) VALUES (?)", blob{&report, d.packer}); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - ?", d.options.KeepRuns)
		return err
	})
	return fail(ctx, d.path, "remember run", err)
}

// Runs returns the last n reports, the newest first.
func (d *DB) Runs(ctx context.Context, n int) ([]*pipeline.Report, error) {
	reports, err := collect(d.reports(ctx), d.torn, n, whole)
	return reports, fail(ctx, d.path, "read runs", err)
}
